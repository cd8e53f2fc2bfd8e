"""Which images somebody may see or looks for, and which look the same."""
