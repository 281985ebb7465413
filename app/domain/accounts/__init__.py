"""People, the organisations they act for, their roles there, and their signing in."""
