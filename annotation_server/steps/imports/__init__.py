"""Sources come in: announced, received, looked at, read row by row."""
