"""The captioner as modules and as files: decoder, mapping network, adapters, shards of it, checkpoints, model cards."""
