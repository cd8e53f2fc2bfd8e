"""Pictures of the screens for the documentation: `python -m bench.screenshots`."""
