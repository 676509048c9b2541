"""Words that everything shares: addresses, problems, units, measures, records, files."""
