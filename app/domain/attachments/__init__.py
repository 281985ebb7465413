"""Files that people add: kept by content, described per upload."""
