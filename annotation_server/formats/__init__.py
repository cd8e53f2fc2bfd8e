"""Texts, pictures and files as the world has them."""
