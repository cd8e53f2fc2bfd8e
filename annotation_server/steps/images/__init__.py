"""Images: their phrases, embeddings and renditions, and taking one down."""
