"""The outside world, as far as this server may reach it: addresses that are checked, downloads, webhooks, buckets."""
