"""Working days, promised dates and how they are reckoned."""
