"""The captioner of Altogether: image and alt-text in, re-aligned caption out.

Plain PyTorch that works from files; it knows nothing of the web side. Importing this package loads no torch:
each module imports what it needs.
"""
