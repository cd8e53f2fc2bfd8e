"""What the benchmark of imports and exports measures apart."""
