"""Requests for help: drafts, filing, the way through the process, withdrawal."""
