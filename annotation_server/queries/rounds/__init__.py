"""A round before and while it goes on: its plan, its progress."""
