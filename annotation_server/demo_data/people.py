"""The demo's people and their roles, and its projects. Nobody has a password: they come in by one-time links."""

from annotation_server.choices import Role

DEMO_PEOPLE = {
    "admin": Role.ADMIN,
    "reviewer": Role.REVIEWER,
    "annotator-1": Role.ANNOTATOR,
    "annotator-2": Role.ANNOTATOR,
}

DEMO_PROJECTS = ("photographs", "scenes")
