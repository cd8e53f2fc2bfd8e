"""What several steps share, inside their transactions: locks, lots, what stands, who comes next."""
