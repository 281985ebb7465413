"""The council: ballots on an anonymous question, conflicts of interest, votes, and the opinion they end in."""
