"""The outlet of each row: one that is held, or a new draft."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from urllib.parse import urlsplit

from archive.ingest.rows import Row
from archive.models import Outlet, Redirect
from archive.models.vocabulary import RecordKind
from archive.text import slugs
from archive.text.identifiers import random_public_id

# What a row says of its outlet: name, and host of its address. Either may be empty.
Named = tuple[str, str]


def name_of(row: Row) -> Named:
    return row.outlet, row.host if _goes_by_host(row) else ""


def _goes_by_host(row: Row) -> bool:
    """Many outlets publish at one host, such as a messenger's: it counts only where the row has no other name."""
    return not row.outlet or row.outlet.casefold().removeprefix("www.") == row.host


def found(rows: Iterable[Row]) -> dict[Named, Outlet]:
    """The outlets that are held, by name first, then by host. Three queries at most."""
    wanted = {name_of(row) for row in rows}
    names = {name for name, _ in wanted if name}
    hosts = {host for _, host in wanted if host}
    by_name: dict[str, Outlet] = {}
    for outlet in Outlet.objects.named(names | hosts):
        by_name.setdefault(outlet.name, outlet)
    by_host: dict[str, Outlet] = {}
    for outlet in Outlet.objects.at_hosts(hosts) if hosts else ():
        for host in _hosts(outlet):
            by_host.setdefault(host, outlet)
    held = {(name, host): by_name.get(name) or by_host.get(host) or by_name.get(host) for name, host in wanted}
    return _as_merged({named: outlet for named, outlet in held.items() if outlet})


def _as_merged(held: dict[Named, Outlet]) -> dict[Named, Outlet]:
    """The same with the outlets that stand for those which were merged into them. Two queries where there is one."""
    gone = {outlet.slug for outlet in held.values() if outlet.is_merged}
    if not gone:
        return held
    led = Redirect.objects.led(RecordKind.OUTLET, gone)
    standing = {outlet.slug: outlet for outlet in Outlet.objects.with_slugs(led.values()).prefetch_related("domains")}
    return {named: standing.get(led.get(outlet.slug, ""), outlet) for named, outlet in held.items()}


def _hosts(outlet: Outlet) -> set[str]:
    names = {urlsplit(outlet.website).hostname or "", *(domain.domain for domain in outlet.domains.all())}
    return {name.removeprefix("www.") for name in names if name}


def new(wanted: Sequence[Named], rows: Sequence[Row], *, status: str) -> dict[Named, Outlet]:
    """Outlets for names that are not held, not yet saved, with slugs that nobody has."""
    made: dict[str, Outlet] = {}
    bases = {name or host: slugs.slug_of(name or host) or slugs.slug_of(host) for name, host in wanted}
    taken = set(Outlet.objects.with_slugs(bases.values()).values_list("slug", flat=True))
    for base in set(taken):
        taken |= Outlet.objects.slugs_from(base[: slugs.LONGEST - 6])
    website = {name_of(row): "{0.scheme}://{0.netloc}/".format(urlsplit(row.address)) for row in rows if row.address}
    for named in wanted:
        label = named[0] or named[1]
        if label in made:
            continue
        slug = slugs.numbered(bases[label] or f"outlet-{random_public_id()}", taken)
        taken.add(slug)
        made[label] = Outlet(
            name=label[:200], slug=slug, status=status, website=website.get(named, "") if named[1] else ""
        )
    return {named: made[named[0] or named[1]] for named in wanted}
