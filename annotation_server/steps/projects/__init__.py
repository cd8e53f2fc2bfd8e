"""A project comes to be and is changed: settings, guidelines, practice, webhooks."""
