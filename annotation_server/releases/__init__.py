"""What goes out whole and can be verified: exports and archives as files."""
