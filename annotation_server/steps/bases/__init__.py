"""Pre-trained captioners of the site: registered, looked into, removed."""
