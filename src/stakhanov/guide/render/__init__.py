"""Guides as pages: HTML that reads without scripts, from the file system and offline."""
