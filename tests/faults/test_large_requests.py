"""What is too large, or of a kind that nobody wants, is refused by its head: no byte of its body is waited for, stored or
unpacked, whoever sends it. Asked of a running web server, over sockets of our own."""

import json
import zlib

import pytest

from tests.faults.test_slow_connections import BusySite, busy

__all__ = ["busy"]

HUGE = 599_000_000
# The web server looks at its limit of 64 KiB after each read, which may bring as much again.
FAR_TOO_LONG = 200_000
JSON = "Content-Type: application/json"
FORM = "Content-Type: multipart/form-data; boundary=x"
FIELDS = "Content-Type: application/x-www-form-urlencoded"
LOGIN = "POST /_allauth/browser/v1/auth/login"
# The head, without a body that it promises, and how it is answered: several ways where the web server's depends on how much
# of the head had come when it looked.
HEADS: list[tuple[str, list[str], int | set[int]]] = [
    (LOGIN, [FORM, f"Content-Length: {HUGE}"], 415),
    (LOGIN, [FIELDS, f"Content-Length: {HUGE}"], 415),
    (LOGIN, [FIELDS, "Content-Length: 10"], 415),
    (LOGIN, [f"Content-Length: {HUGE}"], 415),
    (LOGIN, [JSON, f"Content-Length: {HUGE}"], 413),
    (LOGIN, [JSON, "Content-Length: 65537"], 413),
    (LOGIN, [JSON, "Content-Length: 10", "Content-Encoding: gzip"], 415),
    (LOGIN, [JSON, "Content-Length: 10", "Content-Encoding: deflate"], 415),
    (LOGIN, [f"{JSON}; charset=zlib_codec", "Content-Length: 10"], 415),
    (LOGIN, [f"{JSON}; charset=utf-16", "Content-Length: 10"], 415),
    (LOGIN, [JSON, "Transfer-Encoding: chunked"], 411),
    ("POST /_allauth/oidc/oidc/callback/", [FORM, f"Content-Length: {HUGE}"], 415),
    ("POST /", [FORM, f"Content-Length: {HUGE}"], 415),
    ("POST /projects/iguanas", [FIELDS, f"Content-Length: {HUGE}"], 415),
    ("POST /healthz/", [JSON, f"Content-Length: {HUGE}"], 415),
    ("POST /static/nothing.js", [FORM, f"Content-Length: {HUGE}"], 404),
    ("POST /_allauth/nothing", [FORM, f"Content-Length: {HUGE}"], 404),
    ("POST /api/v1/nothing/", [FORM, f"Content-Length: {HUGE}"], 415),
    ("POST /api/v1/session/", [FORM, f"Content-Length: {HUGE}"], 415),
    ("POST /api/v1/session/", [JSON, f"Content-Length: {HUGE}"], 413),
    ("POST /api/v1/session/", [JSON, "Transfer-Encoding: chunked"], 411),
    ("POST /api/v1/projects/iguanas/guidelines/pictures/", [FORM, f"Content-Length: {HUGE}"], 413),
    (
        "PUT /api/v1/imports/1/content/",
        ["Content-Type: application/octet-stream", f"Content-Length: {HUGE}"],
        413,
    ),
    (
        "PUT /api/v1/imports/1/content/",
        ["Content-Type: application/octet-stream", "Content-Length: 9999999"],
        401,
    ),
    ("PUT /api/v1/imports/1/content/", [FORM, "Content-Length: 9999999"], 415),
    ("GET /api/v1/session/", [JSON, f"Content-Length: {HUGE}"], 400),
    ("GET /", [FORM, f"Content-Length: {HUGE}"], 400),
    ("HEAD /healthz/", [FORM, f"Content-Length: {HUGE}"], 400),
    (f"GET /api/v1/session/?{'x' * 9_000}", [], 414),
    (f"GET /projects/{'x' * 9_000}", [], 414),
    (f"GET /api/v1/images/?{'&'.join(['a=1'] * 101)}", [], 400),
    (f"GET /api/v1/session/?{'x' * FAR_TOO_LONG}", [], {414, 431}),
    ("GET /api/v1/session/", [f"X-Long: {'x' * FAR_TOO_LONG}"], 431),
    ("GET /api/v1/session/", [f"X-{n}: x" for n in range(200)], 431),
    (LOGIN, [JSON, "Content-Length: 10", "Content-Length: 20"], 400),
    (LOGIN, [JSON, "Content-Length: -1"], 400),
    (LOGIN, [JSON, "Content-Length: 99999999999999999999999"], 400),
]


def answered(busy: BusySite, first: str, headers: list[str], body: bytes = b"") -> tuple[int, bytes]:
    """The status and the body."""
    head = "\r\n".join([f"{first} HTTP/1.1", "Host: 127.0.0.1", *headers, "", ""])
    with busy.connect() as connection:
        connection.settimeout(20)
        connection.sendall(head.encode() + body)
        answer = connection.makefile("rb")
        status = int(answer.readline().split()[1])
        length = 0
        while (line := answer.readline().lower()).strip():
            length = int(line.partition(b":")[2]) if line.startswith(b"content-length:") else length
        return status, b"" if first.startswith("HEAD") else answer.read(length)


@pytest.mark.faults
def test_large_and_unwanted_requests_are_refused_by_their_heads(busy: BusySite) -> None:
    answers = [(first[:60], headers[-1:], answered(busy, first, headers)) for first, headers, _ in HEADS]
    wrong = [
        (first, last, status, expected)
        for (first, last, (status, _)), (_, _, expected) in zip(answers, HEADS, strict=True)
        if status not in (expected if isinstance(expected, set) else {expected})
    ]
    assert not wrong
    for (first, headers, (status, rest)), (_, _, expected) in zip(answers, HEADS, strict=True):
        if expected in (411, 413, 414, 415) and not first.startswith("HEAD"):
            assert json.loads(rest)["status"] == status, (first, headers)
    assert busy.claim() == 1


@pytest.mark.faults
def test_a_body_that_unpacks_itself_is_not_unpacked(busy: BusySite) -> None:
    packed = zlib.compress(b" " * 100_000_000)
    for headers in (
        [f"{JSON}; charset=zlib_codec", f"Content-Length: {len(packed)}"],
        [JSON, "Content-Encoding: deflate", f"Content-Length: {len(packed)}"],
    ):
        headers.append(f"Authorization: {busy.authorization}")
        status, rest = answered(busy, f"POST {busy.path}", headers, packed)
        assert (status, json.loads(rest)["code"]) == (415, "unsupported-media-type")
    assert busy.claim() == 1
