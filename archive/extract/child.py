"""The process that looks into foreign bytes: limited first, then told what to do, then gone.

Run as `python -m archive.extract.child`, told its limits and the kind of its job. Standard input is one line of JSON,
the job, and after it the bytes; standard output is one line of JSON, the answer, and after it bytes if there are any.
Nothing here knows Django or a database.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable
from typing import Any

from archive.extract import confinement
from archive.extract.results import Refusal

Answer = tuple[dict[str, Any], bytes]


def job_of(kind: str) -> Callable[[dict[str, Any], bytes], Answer]:
    """What does jobs of a kind. Imported here: whatever its module needs from disk is read before the doors close."""
    if kind == "page":
        # trafilatura would load numpy with this, for a guess at the language that our own process makes (`language`).
        sys.modules["py3langid"] = None  # type: ignore[assignment]  # how Python says that there is no such module
        from archive.extract import articles

        articles.make_ready()
        return articles.page
    from archive.extract import records

    records.make_ready()
    return {"list": records.listed, "record": records.record}[kind]


def main() -> int:
    """Do one job. Gives 0 where an answer was written, a refusal among them."""
    limits = json.loads(sys.argv[1])
    confinement.limit(**limits)
    do = job_of(sys.argv[2])
    confinement.close_doors()
    job = json.loads(sys.stdin.buffer.readline())
    try:
        answer, body = do(job, sys.stdin.buffer.read())
    except Refusal as refusal:
        answer, body = {"refused": refusal.kind}, b""
    except RecursionError:
        answer, body = {"refused": "too-deep"}, b""
    except MemoryError:
        answer, body = {"refused": "too-much-work"}, b""
    line = json.dumps(answer).encode("ascii") + b"\n"
    sys.stdout.buffer.write(line + body)
    sys.stdout.buffer.flush()
    return 0


if __name__ == "__main__":
    # No clean-up that foreign data could have a part in.
    os._exit(main())
