#!/usr/bin/env python3
"""Look for reused text where it is known to be, and say how much was found, how exactly and how fast.

python benchmarks/text_reuse.py --data FOLDER [--samples FOLDER] [--set NAME …] [--every N] [--limit N]
                                [--database NAME]

passages: pairs of shared-passages (every Nth); a passage of 20 words and more is right if both its spans are those
of the list. The list leaves out what stands in more than thirty items of the corpus, so precision is given without and
with the engine's own rule for it; "true" is the share of what is reported that reads the same in both, by other means.
graded: clough-stevenson, answers by kind of reuse that would be suggested with their source. samples: pairs of the
sample articles that would be suggested. scale: the corpus, imported into a temporary archive and compared as the
worker does; pairs that the list has are looked for among the suggestions; then one new article.
"""

import argparse
import gzip
import itertools
import json
import os
import re
import resource
import subprocess
import sys
import time
import unicodedata
from array import array
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from archive.text import reuse  # noqa: E402  # found once the root is on the path
from archive.text.paragraphs import FURNITURE_ZONES, paragraphs  # noqa: E402
from tests import databases  # noqa: E402

FEWEST, MOST_HOLDERS, MOST_LISTED = 20, 30, 20
TOKEN = re.compile(r"\w+")


def main() -> int:
    wishes = arguments()
    for name in wishes.set or SETS:
        if not SETS[name](wishes):
            print(f"NOT MEASURED: {name}: its data is not in the folder given.", file=sys.stderr)
            return 2
    return 0


def passages(wishes: argparse.Namespace) -> bool:
    listed, corpus = wishes.data / "shared-passages/pairs.jsonl.gz", wishes.data / "news-corpus/corpus.jsonl.gz"
    if not (listed.is_file() and corpus.is_file()):
        return False
    pairs = list(rows(listed))[:: wishes.every]
    needed = {pair[side] for pair in pairs for side in "ab"}
    texts, held, words_read, started = {}, Counter[int](), 0, time.process_time()
    prints, every = [], []
    for item in rows(corpus):
        words = reuse.words_of(item["text"])
        words_read += len(words)
        prints.append(array("q", sorted(reuse.fingerprints(words))))
        every.append(words)
        held.update(prints[-1])
        if item["id"] in needed:
            texts[item["id"]] = (item["text"], words)
    busy = time.process_time() - started
    print(f"passages: {words_read} words read in {busy:.0f} s busy, {held.total()} fingerprints; {len(pairs)} pairs")
    holders: dict[int, set[int]] = {value: set() for value, count in held.items() if count > MOST_HOLDERS}
    held.clear()
    for at, values in enumerate(prints):
        for value in values:
            if value in holders:
                holders[value].add(at)
    prints.clear()
    known: dict[tuple[int, ...], bool] = {}

    def is_common(run: Sequence[int], values: tuple[int, ...]) -> bool:
        stretch = tuple(run)
        if stretch not in known:
            both = set.intersection(*(holders.get(value, set()) for value in values)) if values else set()
            known[stretch] = len(both) > MOST_HOLDERS and sum(every[at].has(run) for at in both) > MOST_HOLDERS
        return known[stretch]

    aligned(pairs, texts, "all", None)
    aligned(pairs, texts, "without furniture", is_common)
    return True


def aligned(pairs: list[dict[str, Any]], texts: dict[str, Any], label: str, rule: reuse.IsCommon | None) -> None:
    right = extra = missed = true = reported = 0
    started = time.process_time()
    for pair in pairs:
        (one, words), (other, others) = texts[pair["a"]], texts[pair["b"]]
        got = {(each.left, each.right) for each in reuse.shared(words, others, fewest=FEWEST, is_common=rule)}
        wanted = {(tuple(run["a"]), tuple(run["b"])) for run in pair["runs"]}
        right, missed = right + len(got & wanted), missed + len(wanted - got)
        # A pair with more runs than are listed says nothing of those beyond.
        extra += len(got - wanted) if len(wanted) < MOST_LISTED else 0
        reported += len(got)
        true += sum(folded(one[slice(*left)]) == folded(other[slice(*there)]) for left, there in got)
    busy = time.process_time() - started
    print(
        f"passages, {label}: precision {right / (right + extra):.4f}, recall {right / (right + missed):.4f},"
        f" true {true / reported:.4f} of {reported}; {busy:.0f} s busy"
    )


def folded(text: str) -> list[str]:
    return TOKEN.findall(unicodedata.normalize("NFC", text).casefold().replace("ё", "е"))


def graded(wishes: argparse.Namespace) -> bool:
    folder = wishes.data / "clough-stevenson"
    if not (folder / "answers.jsonl.gz").is_file():
        return False
    sources = {row["task"]: reuse.words_of(row["text"]) for row in rows(folder / "sources.jsonl.gz")}
    found: dict[str, list[bool]] = {}
    for answer in rows(folder / "answers.jsonl.gz"):
        words = reuse.words_of(answer["text"])
        sign = reuse.is_sign(reuse.shared(words, sources[answer["task"]]), words, sources[answer["task"]])
        found.setdefault(answer["category"], []).append(sign)
    told = ", ".join(f"{kind} {sum(signs)} of {len(signs)}" for kind, signs in sorted(found.items()))
    print(f"graded: suggested {told}")
    return True


def samples(wishes: argparse.Namespace) -> bool:
    files = sorted(wishes.samples.glob("*.txt")) if wishes.samples else []
    if not files:
        return False
    read = {path.stem: reported(unicodedata.normalize("NFC", path.read_text(encoding="utf-8"))) for path in files}
    for one, other in itertools.combinations(read, 2):
        shared = reuse.shared(read[one], read[other])
        in_common = len(reuse.fingerprints(read[one]) & reuse.fingerprints(read[other]))
        verdict = "suggested" if reuse.is_sign(shared, read[one], read[other]) else "not"
        words = sum(each.words for each in shared)
        print(f"samples: {one} ~ {other}: {verdict}; {words} words in {len(shared)} runs, {in_common} fingerprints")
    return True


def reported(text: str) -> reuse.Words:
    return reuse.words_of(
        text, [(part.start, part.end) for part in paragraphs(text) if part.zone not in FURNITURE_ZONES]
    )


def scale(wishes: argparse.Namespace) -> bool:
    corpus = wishes.data / "news-corpus/corpus.jsonl.gz"
    if not corpus.is_file():
        return False
    environment = os.environ | {
        "DATABASE_URL": databases.address(wishes.database),
        "ARCHIVE_DATA": str(databases.temporary_folder("benchmark")),
    }
    manage(environment, "migrate", "-v0")
    chosen = part_of(corpus, wishes.limit)
    started = time.monotonic()
    manage(environment, "import_articles", str(chosen), "--batch", "500")
    print(f"scale, {wishes.database}: imported in {time.monotonic() - started:.0f} s", flush=True)
    started = time.monotonic()
    used = measured(environment, "suggest_reuse", "-v0")
    seconds, busy = time.monotonic() - started, used.ru_utime + used.ru_stime
    print(f"scale, {wishes.database}: compared in {seconds:.0f} s, {busy:.0f} s busy, load {os.getloadavg()[0]:.1f};")
    print(f"the process that compared held {used.ru_maxrss / 1024:.0f} MB at most", flush=True)
    found = {frozenset(pair) for pair in json.loads(manage(environment, "shell", "-v0", "-c", SUGGESTED))}
    held = {item["id"] for item in rows(chosen)}
    pairs = rows(wishes.data / "shared-passages/pairs.jsonl.gz")
    listed = {frozenset((pair["a"], pair["b"])) for pair in pairs if pair["a"] in held and pair["b"] in held}
    print(f"scale: {len(found)} pairs suggested; {len(found & listed)} of the {len(listed)} listed are among them")
    print(manage(environment, "shell", "-v0", "-c", ONE_MORE).strip())
    return True


SUGGESTED = """
import json
from archive.models import ImportRow, Suggestion
keys = dict(ImportRow.objects.values_list("article", "row_key"))
print(json.dumps([(keys[a], keys[b]) for a, b in Suggestion.objects.values_list("left", "right")]))
"""
ONE_MORE = """
import time, statistics
from archive.desk import reuse_work
from archive.models import CaptureText, Suggestion
from tests.factories import ArticleFactory, captured
long_ones = [text.text for text in CaptureText.objects.order_by("pk")[::2500]]
times = []
for words in long_ones:
    captured(ArticleFactory(outlet=Suggestion.objects.first().left.outlet), "One more", words)
    started = time.monotonic()
    assert reuse_work.look() == 1
    times.append(time.monotonic() - started)
print(f"scale: one new article, of {len(times)}: median {statistics.median(times):.2f} s, slowest {max(times):.2f} s")
"""
SETS = {"passages": passages, "graded": graded, "samples": samples, "scale": scale}


def rows(path: Path) -> Iterator[dict[str, Any]]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def manage(environment: dict[str, str], *command: str) -> str:
    done = subprocess.run(
        [sys.executable, ROOT / "manage.py", *command], env=environment, stdout=subprocess.PIPE, text=True, check=True
    )
    return done.stdout


def measured(environment: dict[str, str], *command: str) -> resource.struct_rusage:
    """Run a command and give what this one process used, whatever others did before."""
    # Not subprocess: what it gives of children is the most of all that ever ran.
    pid = os.posix_spawn(sys.executable, [sys.executable, str(ROOT / "manage.py"), *command], environment)
    _pid, status, used = os.wait4(pid, 0)
    if status:
        raise SystemExit(f"{command[0]} failed: {status}")
    return used


def part_of(corpus: Path, limit: int | None) -> Path:
    """The corpus, or its first so many items in a file that goes at the end."""
    if limit is None:
        return corpus
    first = databases.temporary_folder("corpus") / corpus.name
    with gzip.open(corpus, "rb") as lines, gzip.open(first, "wb") as taken:
        taken.writelines(itertools.islice(lines, limit))
    return first


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, default=os.environ.get("ARCHIVE_SHARED_DATA"))
    parser.add_argument("--samples", type=Path, help="the sample articles; beside FOLDER where none is given")
    parser.add_argument("--set", action="append", choices=sorted(SETS))
    parser.add_argument("--every", type=int, default=1)
    parser.add_argument("--limit", type=int, help="scale: only the first so many items of the corpus")
    parser.add_argument("--database", choices=sorted(databases.NAMES), default="sqlite")
    wishes = parser.parse_args()
    if wishes.data is None:
        parser.error("--data FOLDER is needed, or the environment variable ARCHIVE_SHARED_DATA")
    wishes.data = Path(wishes.data)
    wishes.samples = wishes.samples or wishes.data.parent / "sample-articles"
    return wishes


if __name__ == "__main__":
    raise SystemExit(main())
