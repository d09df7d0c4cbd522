"""Records of the demo by the keys of its fixtures."""

from archive.models import Actor, Claim, ImportRow, Source


def claim(key: str) -> Claim:
    return Claim.objects.get(pk=_pk("claim", key))


def actor(key: str) -> Actor:
    return Actor.objects.get(pk=_pk("actor", key))


def source(key: str) -> Source:
    return Source.objects.get(pk=_pk("source", key))


def _pk(kind: str, key: str) -> int:
    found = ImportRow.objects.get(row_key=f"{kind}:{key}").record_id
    assert found is not None
    return found
