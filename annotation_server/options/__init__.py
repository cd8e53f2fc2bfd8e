"""Each set of options of the server, declared once: names, types, bounds, defaults and what they mean."""
