"""The business of a support unit, one package per part of it; knows nothing of Flask or of pages."""
