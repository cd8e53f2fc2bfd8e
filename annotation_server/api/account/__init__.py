"""Accounts: passwords, second factors, passkeys, another site's sign-in. django-allauth does the work; this is its set-up."""
