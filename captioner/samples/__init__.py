"""Images with texts as files: manifests, WebDataset shards, at home or in object storage."""
