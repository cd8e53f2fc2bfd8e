"""From a sample to what the model learns from: token sequences, names that are exchanged, batches."""
