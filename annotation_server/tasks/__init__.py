"""Celery's doors. cpu.py calls steps; gpu.py alone imports the captioner."""
