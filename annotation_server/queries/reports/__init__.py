"""What came of a round, in figures with their intervals."""
