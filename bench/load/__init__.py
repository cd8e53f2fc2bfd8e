"""People at work on a server, as bench.soak has them: one connection each, annotators, reviewers and an admin."""
