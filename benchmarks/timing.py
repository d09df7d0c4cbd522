"""What the benchmarks share: asking a server, the time that it took and the processor time, medians, tables."""

from __future__ import annotations

import http.client
import statistics
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

Cell = tuple[str, str]  # row and column


class Answer(NamedTuple):
    """status, and seconds to the first byte of the body and to its end; body as received."""

    status: int
    first: float
    whole: float
    body: bytes


class Times(NamedTuple):
    """Medians in milliseconds. busy: of processors, as far as the processes can be seen."""

    wall: float
    busy: float


def ask(port: int, address: str, most: float = 120) -> Answer:
    """Ask a server on this machine, as a reader without scripts would: one page, nothing kept from before.

    most: seconds after which no more of a long answer is read.
    """
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
    started = time.perf_counter()
    connection.request("GET", address)
    answer = connection.getresponse()
    body = answer.read(1)
    first = time.perf_counter() - started
    while (piece := answer.read1(65_536)) and time.perf_counter() - started < most:
        body += piece
    whole = time.perf_counter() - started
    connection.close()
    return Answer(answer.status, first, whole, body)


def busy_seconds(pids: Iterable[int]) -> float:
    """Processor time that these processes and those below them have taken so far. Linux alone tells it; elsewhere 0."""
    total = 0
    for pid in with_children(pids):
        for path in Path(f"/proc/{pid}/task").glob("*/schedstat"):
            try:
                total += int(path.read_text().split()[0])
            except (OSError, IndexError):
                continue  # A thread that has ended meanwhile.
    return total / 1e9


def with_children(pids: Iterable[int]) -> set[int]:
    found, waiting = set[int](), list(pids)
    while waiting:
        pid = waiting.pop()
        found.add(pid)
        for path in Path(f"/proc/{pid}/task").glob("*/children"):
            waiting += [child for child in map(int, path.read_text().split()) if child not in found]
    return found


def interleaved(
    asked: Mapping[Cell, Callable[[], float]], busy: Callable[[str], float], rounds: int
) -> dict[Cell, Times]:
    """Medians of each question after one round that is not counted.

    All questions are asked in turn, round by round, so that a busy moment of the machine meets them all alike.
    busy: processor time so far of what stands in a column.
    """
    walls: dict[Cell, list[float]] = {cell: [] for cell in asked}
    taken: dict[Cell, list[float]] = {cell: [] for cell in asked}
    for turn in range(rounds + 1):
        for cell, question in asked.items():
            before = busy(cell[1])
            wall = question()
            if turn:
                walls[cell].append(wall * 1000)
                taken[cell].append((busy(cell[1]) - before) * 1000)
    return {cell: Times(statistics.median(walls[cell]), statistics.median(taken[cell])) for cell in asked}


def table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """A table as Markdown writes it; numbers with at most one decimal."""
    lines = [f"| {' | '.join(head)} |", f"| --- |{' ---: |' * (len(head) - 1)}"]
    lines += [f"| {' | '.join(map(written, row))} |" for row in rows]
    return "\n".join(lines)


def written(cell: object) -> str:
    if isinstance(cell, float):
        return f"{cell:,.1f}" if cell < 10 else f"{cell:,.0f}"
    return f"{cell:,}" if isinstance(cell, int) else str(cell)
