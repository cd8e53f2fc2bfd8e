"""A round is launched, closed and measured."""
