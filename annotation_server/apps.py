"""The app's name for Django."""

from django.apps import AppConfig


class AnnotationServerConfig(AppConfig):
    """One app holds the whole server; its parts are packages, not apps."""

    name = "annotation_server"
    verbose_name = "Altogether"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Have the audit log told of what happens to accounts."""
        from annotation_server.api.account.journal import listen

        listen()
