"""The web server's door (WSGI, served by granian)."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "annotation_server.settings")

application = get_wsgi_application()
