"""What holds for every file of a stranger: what it may cost, where it may lie, what its reader may know, how it is hashed."""
