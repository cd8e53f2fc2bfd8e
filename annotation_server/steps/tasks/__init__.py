"""What an annotator does with a task: claim, keep, submit, skip, undo."""
