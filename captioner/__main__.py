"""`python -m captioner COMMAND`: each command is a file in commands/."""

import sys

from captioner.commands import main

sys.exit(main(sys.argv[1:]))
