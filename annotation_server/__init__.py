"""The web side of Altogether: one Django app that serves images and stores every round. No torch here."""

from annotation_server.celery import app as celery_app

__all__ = ["celery_app"]
