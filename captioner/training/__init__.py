"""Learning from examples: sources, optimizer, steps over several processes, what is kept of a run."""
