"""Whether every stored byte is still what was received."""

from __future__ import annotations

from collections.abc import Iterator

from archive.captures import store
from archive.models import Capture
from archive.text.hashing import sha256_hex


def faults() -> Iterator[str]:
    """One sentence for each capture whose bytes are gone or changed; a shared file is read once.

    Memory: one stored file at a time.
    """
    blob, body, missing = "", b"", ""
    for capture in Capture.objects.order_by("blob", "offset").iterator(chunk_size=2000):
        if capture.blob != blob:
            blob = capture.blob
            try:
                body, missing = store.read(blob), ""
            except store.BlobMissing as error:
                body, missing = b"", str(error)
        if missing:
            yield f"Capture {capture.public_id}: {missing}"
        elif sha256_hex(body[capture.offset : capture.offset + capture.size]) != capture.sha256:
            yield f"Capture {capture.public_id}: its bytes are not those received. Restore blob {blob} from a backup."
