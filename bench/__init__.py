"""What the documentation claims, measured. `python -m bench.NAME --json` prints a table and, last, a line of JSON."""
