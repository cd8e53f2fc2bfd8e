"""What a captioner run leaves: training set, checkpoint, evaluation, drafts, captions in bulk."""
