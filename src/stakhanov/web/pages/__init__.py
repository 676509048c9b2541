"""Pages for people, one file a place of the site."""
