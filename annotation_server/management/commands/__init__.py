"""manage.py's commands: thin doors to steps."""
