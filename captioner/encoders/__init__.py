"""Image encoders, and the store of what they made of images."""
