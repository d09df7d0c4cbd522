"""Texts for properties: letters of any script, mixed with what the searches of a text look for."""

import time
from collections.abc import Callable

from hypothesis import strategies as st

_WORDS = (
    "30,000 two hundred and тридцать п’ять тыс. млн thousands of 1.5 30–40 [1] [7] 2. Sources: 27 June 2024 ст. 328 № 5"
    " aged 23, 23-year-old Anna Test said according to «по словам» “quoted words here” www.a.example/b_c-and-d @name"
    " x@y.example +380 44 123-45-67 passport AB 123456 his brother Ivan Test, a resident of war-and-peace local-news"
    " topics {{ }} … ."
)
_PIECES = _WORDS.split()
_spaced = st.lists(
    st.one_of(st.sampled_from([*_PIECES, "\n", "\n\n", " ", ". ", "\u00a0"]), st.text(max_size=6)), max_size=40
).map(" ".join)
_run_together = st.lists(st.one_of(st.sampled_from(_PIECES), st.text(max_size=3)), max_size=30).map("".join)
any_text = st.one_of(_spaced, _run_together, st.text())

# What makes a search go back and forth.
_UNITS = (
    [".", "1 ", "a", "-1", "\n", "[1]", "million ", "“", "A. ", "9", "Anna ", "(0", "x@", "1.111,"]
    + ["x@y.example ", "Anna, 23, ", "4000000000000002 ", "a-and-bcd ", ".bb.bb"]
)  # fmt: skip
SLOW = tuple(unit * 20_000 for unit in _UNITS)


def seconds(read: Callable[[str], object], text: str) -> float:
    """Time of this process that reading a text takes; squares of such lengths take minutes."""
    start = time.process_time()
    read(text)
    return time.process_time() - start
