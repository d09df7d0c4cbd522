"""Starting the child, giving it a job and its bytes, and ending it when it takes too long."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from archive.extract.results import Refusal

_ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True, slots=True)
class Limits:
    """Of one child. memory, output: octets."""

    cpu_seconds: int = 20
    seconds: int = 40
    memory: int = 1024 * 1024 * 1024
    output: int = 64 * 1024 * 1024


class Stopped(Exception):
    """The child did not answer: it met a limit, or broke."""


def run(job: dict[str, Any], body: bytes, limits: Limits) -> tuple[dict[str, Any], bytes]:
    """Have a job done in a process of its own. job["do"]: which, of those that `child` knows.

    Gives its answer and the bytes that follow it. Raises Refusal with the child's word, Stopped where it met a limit.
    """
    allowed = asdict(limits)
    seconds = allowed.pop("seconds")
    # Files and not pipes: nobody waits for anybody, and the kernel holds the size of the output.
    with tempfile.TemporaryFile() as given, tempfile.TemporaryFile() as got:
        given.write(json.dumps(job).encode("ascii") + b"\n" + body)
        given.seek(0)
        # -B: compiled modules are never written under these limits, where they could be cut and stay so.
        command = [sys.executable, "-B", "-E", "-s", "-m", "archive.extract.child", json.dumps(allowed), job["do"]]
        try:
            # Our own interpreter and module; nothing of the command comes from outside.
            ended = subprocess.run(  # noqa: S603
                command, stdin=given, stdout=got, stderr=subprocess.DEVNULL, cwd=_ROOT, env=_ENVIRONMENT,
                timeout=seconds, check=False, start_new_session=True,
            )  # fmt: skip
        except subprocess.TimeoutExpired:
            raise Stopped(f"no answer within {seconds} seconds") from None
        got.seek(0)
        line, rest = got.readline(limits.output), got.read(limits.output)
    if ended.returncode != 0 or not line.endswith(b"\n"):
        raise Stopped(f"ended with {ended.returncode}")
    try:
        answer = json.loads(line)
    except ValueError:
        raise Stopped("its answer cannot be read") from None
    if "refused" in answer:
        raise Refusal(answer["refused"])
    return answer, rest


# Nothing of ours goes to the child: no secret, no proxy, no database. One thread for numpy, whose
# threads would each ask for memory.
_ENVIRONMENT = {"LC_ALL": "C.UTF-8", "OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}
