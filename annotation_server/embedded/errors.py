"""Why the embedded servers are not running, in one line that says what to do."""


class CannotStart(Exception):
    """A server did not start."""


class AlreadyRunning(CannotStart):
    """Another process started the servers of this folder."""
