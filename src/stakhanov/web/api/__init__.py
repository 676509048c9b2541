"""The JSON interface, versioned: the twin of pages and commands."""
