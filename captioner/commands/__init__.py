"""The command line, one file a command."""

from captioner.commands.command_line import COMMANDS, main

__all__ = ["COMMANDS", "main"]
