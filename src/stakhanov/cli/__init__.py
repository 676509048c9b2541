"""What a terminal says: one file for each noun, and `output` as the only place that prints."""
