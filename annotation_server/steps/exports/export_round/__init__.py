"""A round goes out as a dataset."""

from annotation_server.steps.exports.export_round.exporting import (
    FORMATS,
    export_round,
    pseudonym,
    request_export,
    write_export,
)

__all__ = [
    "FORMATS",
    "export_round",
    "pseudonym",
    "request_export",
    "write_export",
]
