"""The process that parses cannot reach network, files, secrets or more memory and time than it is given."""

import subprocess
import sys
import time

import pytest

from archive.extract import jail
from archive.extract.reading import CannotExtract, extract
from tests.extract.pages import PAGE

# What code in the child would try if a parser were made to run it.
ATTEMPT = """
import socket
from archive.extract import confinement
confinement.limit(cpu_seconds=5, memory=500_000_000, output=1000)
confinement.close_doors()
try:
    {attempt}
except BaseException as error:
    print(type(error).__name__, *filter(None, [getattr(error, "errno", None)]))
else:
    print("done")
"""


def tried(attempt: str) -> str:
    command = [sys.executable, "-c", ATTEMPT.format(attempt=attempt)]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()


@pytest.mark.parametrize(
    ("attempt", "outcome"),
    [
        ("1 + 1", "done"),
        ("socket.socket()", "OSError 24"),
        ("socket.socketpair()", "OSError 24"),
        ("open('/etc/passwd')", "OSError 24"),
        ("open('/tmp/written', 'w')", "OSError 24"),
        ("bytearray(600_000_000)", "MemoryError"),
    ],
)
def test_what_a_parser_could_be_made_to_do_fails(attempt: str, outcome: str):
    assert tried(attempt) == outcome


def test_processor_time_is_limited():
    command = [
        sys.executable,
        "-c",
        ATTEMPT.format(attempt="while True: pass").replace("cpu_seconds=5", "cpu_seconds=1"),
    ]
    started = time.monotonic()

    assert subprocess.run(command, capture_output=True, check=False).returncode < 0
    assert time.monotonic() - started < 30


@pytest.mark.parametrize(
    "limits",
    [jail.Limits(seconds=0), jail.Limits(cpu_seconds=0), jail.Limits(memory=20_000_000), jail.Limits(output=100)],
    ids=["clock", "processor", "memory", "output"],
)
def test_a_child_that_meets_a_limit_is_a_sentence_to_the_editor(limits: jail.Limits):
    with pytest.raises(CannotExtract, match="more time or memory"):
        extract(PAGE.encode(), "text/html", "", limits=limits)


def test_a_child_gets_no_variable_of_ours(monkeypatch):
    monkeypatch.setenv("SECRET_KEY", "k" * 50)
    monkeypatch.setenv("https_proxy", "http://127.0.0.1:9/")
    seen: list[dict[str, str]] = []
    run = subprocess.run

    def watched(*arguments, **options):
        seen.append(options["env"])
        return run(*arguments, **options)

    monkeypatch.setattr(jail.subprocess, "run", watched)
    extract(PAGE.encode(), "text/html", "")

    assert all(set(env) == {"LC_ALL", "OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS"} for env in seen)
    assert seen
