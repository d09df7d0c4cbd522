"""Stored bytes: written once, whole, by their own digest, and looked at again."""

import hashlib

import pytest
from django.core.management import CommandError, call_command
from hypothesis import given
from hypothesis import strategies as st

from archive.captures import store
from tests.factories import CaptureFactory


@pytest.fixture(autouse=True)
def _own_folder(settings, tmp_path):
    settings.ARCHIVE_CAPTURES = tmp_path / "captures"


@given(st.binary(max_size=500))
def test_what_is_kept_comes_back_byte_for_byte_under_its_digest(body):
    blob = store.keep(body)

    assert blob == hashlib.sha256(body).hexdigest()
    assert store.read(blob) == body


def test_keeping_the_same_bytes_again_writes_nothing():
    path = store.path_of(store.keep(b"once"))
    before = path.stat().st_mtime_ns

    store.keep(b"once")

    assert path.stat().st_mtime_ns == before
    assert list(store.blobs()) == [path.name]


def test_a_part_of_a_blob_is_read_by_offset_and_size():
    assert store.read(store.keep(b"one two three"), offset=4, size=3) == b"two"


def test_a_missing_blob_says_what_to_do():
    with pytest.raises(store.BlobMissing, match="Restore it from a backup"):
        store.read("0" * 64)


@pytest.mark.parametrize("name", ["", "../../etc/passwd", "A" * 64, "0" * 63, "0" * 65, "\0" * 64])
def test_a_name_that_is_no_digest_reaches_no_file(name):
    with pytest.raises(ValueError, match="64 hexadecimal digits"):
        store.path_of(name)


def test_a_write_that_fails_leaves_no_file(monkeypatch):
    def broken(descriptor):
        raise OSError("disk full")

    monkeypatch.setattr(store.os, "fsync", broken)

    with pytest.raises(OSError, match="disk full"):
        store.keep(b"lost")
    assert not [path for path in store.path_of("0" * 64).parents[2].rglob("*") if path.is_file()]


@pytest.mark.django_db
def test_verify_names_the_capture_whose_byte_was_flipped(capsys):
    sound, broken = CaptureFactory(body=b"a page", kept=True), CaptureFactory(body=b"another page", kept=True)
    call_command("verify_captures")
    path = store.path_of(broken.blob)
    path.write_bytes(b"Another page")

    with pytest.raises(CommandError, match="1 of 2 captures"):
        call_command("verify_captures")
    said = capsys.readouterr().err
    assert broken.public_id in said
    assert sound.public_id not in said
