"""Verdicts on captions, and the choice among several."""
