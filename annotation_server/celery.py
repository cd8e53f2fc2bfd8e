"""The Celery application. The queue only wakes workers up: what is to be done, and how far it got, is in Postgres."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "annotation_server.settings")

app = Celery("annotation_server")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.conf.imports = ["annotation_server.tasks.cpu"]
