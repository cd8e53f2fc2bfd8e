"""Captioning whole collections, block by block: on this machine, or over a Ray cluster."""
