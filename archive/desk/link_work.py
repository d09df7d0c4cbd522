"""The worker's part of looking whether addresses still answer: a few in each round, and each server once in it.

Each answer is written when it comes, so a worker that is stopped goes on where it was. The rounds are the pause
between two questions to one server.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from itertools import chain, zip_longest

from django.utils import timezone

from archive.fetch import client
from archive.models import Article, LinkCheck, Source
from archive.models.vocabulary import LinkOutcome
from archive.records import addresses
from archive.text.addresses import NotAnAddress, parsed_address

# Each may take ten seconds, and the worker does nothing else meanwhile.
IN_A_ROUND = 5
SOURCES_LOOKED_AT = 200
Ask = Callable[[str], int]
Carrier = Article | Source

# Not for machines, not without an account, not now, not here: the page may be there all the same.
_UNCLEAR = frozenset({401, 402, 403, 405, 406, 407, 408, 425, 429, 451})


def check_some(
    *,
    today: date | None = None,
    most: int = IN_A_ROUND,
    ask: Ask = client.status,
    is_wanted_elsewhere: Callable[[], bool] = lambda: False,
) -> list[LinkCheck]:
    """Ask a round of addresses that are due, and note what came of it. Gives what was written, in order.

    today: the day to write (the archive's). is_wanted_elsewhere: asked before each; the rest then waits for a round.
    """
    day = today or timezone.localdate()
    done = []
    for record in _of_a_round(day, most):
        if is_wanted_elsewhere():
            break
        done.append(_noted(record, day, *asked(record.address or "", ask)))
    return done


def _of_a_round(day: date, most: int) -> Iterator[Carrier]:
    """Articles and sources in turn, no two on one server."""
    articles = LinkCheck.objects.due_articles(day)
    sources = LinkCheck.objects.due_sources(day, SOURCES_LOOKED_AT)
    hosts: set[str] = set()
    for record in _in_turn(articles, sources):
        host = host_of(record.address or "")
        if host not in hosts and len(hosts) < most:
            hosts.add(host)
            yield record


def _in_turn(articles: Iterable[Article], sources: Iterable[Source]) -> Iterator[Carrier]:
    pairs = zip_longest(articles, sources)
    return (record for record in chain.from_iterable(pairs) if record is not None)


def host_of(address: str) -> str:
    """The server of an address; what cannot be asked is a server of its own."""
    try:
        return parsed_address(address).host
    except NotAnAddress:
        return address


def asked(address: str, ask: Ask) -> tuple[LinkOutcome, int | None]:
    """What came of asking, and the HTTP status if there was one."""
    try:
        status = ask(address)
    except (client.NotAsked, client.LedOn):
        return LinkOutcome.UNCLEAR, None
    except client.Refused:
        return LinkOutcome.NO_ANSWER, None
    return outcome_of(status), status


def outcome_of(status: int) -> LinkOutcome:
    """What an HTTP status says of the page. Source: RFC 9110, section 15; RFC 6585; RFC 7725."""
    if 200 <= status < 300:
        return LinkOutcome.ANSWERED
    if status >= 500:
        return LinkOutcome.NO_ANSWER
    return LinkOutcome.NOT_THERE if status >= 400 and status not in _UNCLEAR else LinkOutcome.UNCLEAR


def _noted(record: Carrier, day: date, outcome: LinkOutcome, status: int | None) -> LinkCheck:
    before = LinkCheck.objects.of(record).values_list("checked_on", "outcome")
    found = addresses.state([*before, (day, outcome)])
    return LinkCheck.objects.note(
        record,
        day,
        outcome=outcome,
        status=status,
        is_gone=found is not None and found.is_gone,
        again_on=day + (found.again_after if found else addresses.MONTH),
    )
