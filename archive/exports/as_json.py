"""Records as one JSON object, written a record at a time.

{"query": …, "list": address, "exported_on": day, "records": [one a line], "count": number}. The count stands last,
where it is known: it is the number of records in the file.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

from archive.exports.files import Origin, Row
from archive.records.plain import as_data, at

ENDING = "json"
MEDIA_TYPE = "application/json"


def written(records: Iterable[Row], origin: Origin) -> Iterator[str]:
    """Write the file line by line."""
    head = {"query": origin.query, "list": origin.list_address, "exported_on": origin.exported_on.isoformat()}
    yield json.dumps(head, ensure_ascii=False).removesuffix("}") + ', "records": ['
    count = 0
    for count, record in enumerate(records, start=1):
        yield ("," if count > 1 else "") + "\n" + json.dumps(at(origin.site, as_data(record)), ensure_ascii=False)
    yield f'\n], "count": {count}}}\n'
