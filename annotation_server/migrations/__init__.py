"""The schema, step by step. Schema and data apart."""
