#!/usr/bin/env python3
"""Read real pages as the archive reads them, and say how often headline, authors, day and body were right.

python benchmarks/extraction.py --data FOLDER [--set NAME …] [--limit N] [--show FIELD]

FOLDER holds sets of pages, each with truth.jsonl and html/. Headline: equal after NFKC, case-folding and white space.
Authors: the set of names is equal. Day: equal; a page without an answer counts as wrong. Body: the mean over pages of
the F1 of word 4-grams, of the paragraphs in the zones standfirst and body. Segments: wanted and unwanted ones, F1.
Pages are read as the child reads them, with its doors closed.
"""

import argparse
import gzip
import json
import re
import sys
import time
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from archive.extract import articles, confinement, results  # noqa: E402  # found once the root is on the path
from archive.text.normalise import folded  # noqa: E402

SETS = ("fundus", "trafilatura-eval", "article-extraction-benchmark", "htmldate", "mediacloud")
READ = {"standfirst", "body"}


def main() -> int:
    wishes = arguments()
    sets = {name: rows_of(wishes.data / name, wishes.limit) for name in wishes.set or SETS}
    if missing := [name for name, rows in sets.items() if not rows]:
        print(f"NOT MEASURED: there is no {missing[0]} in the folder given with --data.", file=sys.stderr)
        return 2
    articles.make_ready()
    confinement.close_doors()
    for name, rows in sets.items():
        measure(name, rows, wishes)
    return 0


def rows_of(folder: Path, limit: int | None) -> list[tuple[dict, bytes]]:
    """What is true of each page of a set, and the page."""
    truth = folder / "truth.jsonl"
    if not truth.is_file():
        return []
    rows = [json.loads(line) for line in truth.read_text(encoding="utf-8").splitlines()[:limit]]
    places = [(row, (folder / row["html"], folder.parent / row["html"])) for row in rows]
    found = [(row, next(filter(Path.is_file, paths), None)) for row, paths in places]
    return [(row, gzip.decompress(path.read_bytes())) for row, path in found if path]


def measure(name: str, rows: list[tuple[dict, bytes]], wishes: argparse.Namespace) -> None:
    sums: dict[str, list[float]] = {}
    segments: Counter[str] = Counter()
    started, slowest, failed, zones = time.monotonic(), 0.0, 0, Counter()
    for row, page in rows:
        turn = time.monotonic()
        try:
            job = {"media_type": "text/html", "charset": "", "address": row.get("url") or "", "thorough": True}
            got = results.Extracted.from_json(articles.page(job, page)[0])
        except results.Refusal as refusal:
            failed += 1
            print(f"{name} {row['id']}: {refusal.kind}")
            got = results.Extracted("", (), (), (), "")
        slowest = max(slowest, time.monotonic() - turn)
        zones.update(got.zones)
        for field, score in scores(row, got, segments).items():
            sums.setdefault(field, []).append(score)
            if wishes.show == field and score < 1:
                show(row, got, field)
    figures = ", ".join(f"{field} {sum(all_) / len(all_):.3f} of {len(all_)}" for field, all_ in sums.items())
    if segments:
        right, extra, missed = segments["right"], segments["extra"], segments["missed"]
        figures += f", segments F {2 * right / (2 * right + extra + missed):.3f}"
    seconds = time.monotonic() - started
    print(f"{name}: {figures}; {failed} refused; {seconds:.0f} s, slowest {slowest:.1f} s; {dict(zones.most_common())}")


def scores(row: dict, got: results.Extracted, segments: Counter[str]) -> dict[str, float]:
    found = {}
    if row.get("title"):
        found["title"] = float(folded(first(got, results.HEADLINE)) == folded(row["title"]))
    authors = row["authors"] if row.get("authors") else [row["author"]] if row.get("author") else []
    if authors:
        wanted = {folded(name) for text in authors for name in re.split(r"[;,]", text) if name.strip()}
        byline = first(got, results.BYLINE)
        found["author"] = float({folded(name) for name in byline.split(",") if name.strip()} == wanted)
    day = str(row.get("published_at") or row.get("date") or "")[:10]
    if day and day not in {"NONE", "nan"}:
        found["date"] = float(first_day(got) == day)
    places = (
        [text for text, zone in zip(got.text.split("\n\n"), got.zones, strict=True) if zone in READ] if got.text else []
    )
    body = "\n".join(places)
    if row.get("articleBody"):
        found["body"] = overlap(words(body), words(row["articleBody"]))
    if row.get("with") is not None:
        shown = folded(body)
        segments["right"] += sum(folded(text) in shown for text in row["with"])
        segments["missed"] += sum(folded(text) not in shown for text in row["with"])
        segments["extra"] += sum(folded(text) in shown for text in row["without"] or ())
    return found


def first(got: results.Extracted, what: str) -> str:
    return next((one.value for one in got.proposed(what)), "")


def first_day(got: results.Extracted) -> str:
    return next(
        (one.value for one in got.proposed(results.PUBLISHED) if not one.only_bounds and one.value[:4].isdigit()), ""
    )


def words(text: str) -> list[str]:
    return re.findall(r"\w+", text)


def overlap(got: list[str], wanted: list[str]) -> float:
    """F1 of the two bags of word 4-grams."""
    ours, theirs = (Counter(zip(*(text[at:] for at in range(4)), strict=False)) for text in (got, wanted))
    common = (ours & theirs).total()
    return 2 * common / (ours.total() + theirs.total()) if ours.total() + theirs.total() else float(got == wanted)


def show(row: dict, got: results.Extracted, field: str) -> None:
    what = {"title": results.HEADLINE, "author": results.BYLINE, "date": results.PUBLISHED}.get(field)
    wanted = {key: row.get(key) for key in ("title", "authors", "author", "published_at", "date") if row.get(key)}
    print(row["id"], json.dumps(wanted, ensure_ascii=False)[:200])
    for one in got.proposed(what) if what else ():
        print("   ", one.where, "|", one.value[:120], "|", one.basis, one.words[:60])


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--set", action="append", choices=SETS)
    parser.add_argument("--limit", type=int)
    parser.add_argument("--show", choices=("title", "author", "date", "body"))
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
