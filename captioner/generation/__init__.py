"""From a checkpoint and images to captions: decoding, its caches and its memory."""
