"""The criteria library: what can be asked for, how strictly, where in the documents, and how it is proved."""
