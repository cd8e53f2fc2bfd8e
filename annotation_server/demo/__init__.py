"""`make demo`: the whole server on one machine, as one command that stops everything it started.

checks.py      what would make it fail later is said first, in one line
programs.py    what runs: the web server and the workers
supervisor.py  starts programs, starts them again when they end, stops them
ending.py      the signals that end it
__main__.py    the order of it all
"""
