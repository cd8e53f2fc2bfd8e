"""What bench.captioner compares: made-up rows of the paper's lengths, a scaled-down captioner, and the released way."""
