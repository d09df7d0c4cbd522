"""Files to be imported in tests, and the command that imports them."""

import io
import json
from pathlib import Path
from typing import Any

from django.core.management import call_command


def written(folder: Path, *rows: Any, name: str = "herald.jsonl") -> Path:
    """A file of rows: dicts as JSON, bytes as they are."""
    path = folder / name
    path.write_bytes(b"".join((row if isinstance(row, bytes) else json.dumps(row).encode()) + b"\n" for row in rows))
    return path


def run(path: Path, *options: str) -> str:
    out = io.StringIO()
    call_command("import_articles", str(path), *options, stdout=out)
    return out.getvalue()


def item(number: int, **values: Any) -> dict[str, Any]:
    return {
        "id": f"h{number}",
        "url": f"https://herald.example/{number}",
        "outlet": "The Herald",
        "title": f"Headline {number}",
        "published_at": "2024-07-02",
        "language": "en",
        "text": f"A paragraph that was written for item {number}.",
        **values,
    }
