"""Files come in piece by piece: announced, received, removed, forgotten when they are left."""
