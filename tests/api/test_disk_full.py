"""A full disk under the database is told as such."""

from django.db import OperationalError
from psycopg.errors import DiskFull

from annotation_server.api.problems import as_problem_document


def test_the_problem_names_the_disk() -> None:
    error = OperationalError("could not extend file")
    error.__cause__ = DiskFull("could not extend file")
    response = as_problem_document(error, {})
    assert response is not None
    assert (response.status_code, response.data["code"], response["Retry-After"]) == (503, "disk-full", "5")
