"""Who computes: machine code, or the same rules on whole arrays."""
