"""What waits for a reviewer, and which verdicts count."""
