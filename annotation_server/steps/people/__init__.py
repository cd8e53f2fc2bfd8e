"""Accounts and members: who comes, who may do what, who goes."""
