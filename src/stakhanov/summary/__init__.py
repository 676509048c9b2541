"""What a result says: tables, sentences and reports from runs; what history says beside them."""
