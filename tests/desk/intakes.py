"""Adding articles as an editor does, and the worker's turn with a fetcher that reaches nobody."""

from collections.abc import Callable
from datetime import UTC, datetime

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from archive.desk import intake_work
from archive.fetch.client import Fetched
from archive.models import Intake

ADD = "/desk/add/"
FETCHED_AT = datetime(2024, 7, 3, 12, tzinfo=UTC)

Fetch = Callable[[str], Fetched]


def add_address(desk: Client, address: str):
    return desk.post(ADD, {"way": "address", "address": address})


def add_file(desk: Client, name: str, body: bytes, **more: str):
    return desk.post(ADD, {"way": "file", "file": SimpleUploadedFile(name, body), **more})


def add_text(desk: Client, text: str, **more: str):
    return desk.post(ADD, {"way": "text", "text": text, **more})


def answer(desk: Client, intake: Intake, what: str, **more: object):
    return desk.post(f"{intake.get_absolute_url()}answer/", {"answer": what, **more})


def serving(body: bytes, *, status: int = 200, media_type: str = "text/html", led_to: str = "") -> Fetch:
    """A fetcher that gives this page for any address."""

    def fetch(address: str) -> Fetched:
        found = led_to or address
        return Fetched(address, found, status, media_type, "utf-8", body, FETCHED_AT)

    return fetch


def nothing(address: str) -> Fetched:
    raise AssertionError(f"{address} was fetched, and nothing was to be.")


def worked(fetch: Fetch = nothing) -> Intake:
    """Let the worker have its turn; the newest intake then."""
    assert intake_work.take_in_waiting(fetch) == []
    return Intake.objects.latest("pk")
