"""Metrics of captions against held-out human captions, images and alt-texts. None needs a download."""
