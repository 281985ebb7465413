"""Process definitions of a unit and their versions: upload, check, publish."""
