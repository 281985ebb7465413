"""What is read out of a request as a whole: the dossier."""
