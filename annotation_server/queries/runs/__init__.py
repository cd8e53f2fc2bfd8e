"""What a captioner learns from and is judged on."""
