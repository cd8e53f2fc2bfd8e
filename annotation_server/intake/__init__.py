"""A source on its way in: fetched, unpacked, read row by row, told apart from what was left out."""
