"""Figures as worded: a comparator and the bounds that fit it.

"More than 16,000" has a low and no high; "nearly 70" a high and no low; "thousands" has neither.
A bare number has the comparator none, and is never said to be exact.
"""

from decimal import Decimal
from typing import TypeAlias

Number: TypeAlias = int | Decimal

# What a comparator asks for, and how it is written. {0} is the number, {1} the second of two.
_ONE_NUMBER = {"none": "{0}", "about": "about {0}"}
_LOW_ONLY = {"more-than": "more than {0}", "at-least": "at least {0}"}
_HIGH_ONLY = {"nearly": "nearly {0}", "up-to": "up to {0}", "fewer-than": "fewer than {0}"}
_TWO_NUMBERS = {"between": "between {0} and {1}"}
_NO_NUMBER = {"words": "no number (words only)"}
_WRITTEN = _ONE_NUMBER | _LOW_ONLY | _HIGH_ONLY | _TWO_NUMBERS | _NO_NUMBER

COMPARATORS = tuple(_WRITTEN)

# A number of people below this may single somebody out.
SMALL = 10


def check_bounds(comparator: str, low: Number | None, high: Number | None) -> str | None:
    """Say what is wrong with a comparator and its bounds, for the person who filled them in.

    Returns a sentence that says what to do, or None where they fit.
    """
    if comparator not in _WRITTEN:
        return f"“{comparator:.40}” is not a comparator. Choose one of: {', '.join(COMPARATORS)}."
    if any(bound is not None and (not _is_finite(bound) or bound < 0) for bound in (low, high)):
        return "A number of people or cases cannot be below zero. Write it without a sign."
    if comparator in _NO_NUMBER and (low is not None or high is not None):
        return "“words” stands for wording without a number. Leave low and high empty, or choose another comparator."
    if comparator in _ONE_NUMBER and (low is None or low != high):
        return f"“{comparator}” needs one number. Write the same number in low and high."
    if comparator in _LOW_ONLY and (low is None or high is not None):
        return f"“{comparator}” gives a lower bound. Fill in low and leave high empty."
    if comparator in _HIGH_ONLY and (high is None or low is not None):
        return f"“{comparator}” gives an upper bound. Fill in high and leave low empty."
    if comparator in _TWO_NUMBERS and (low is None or high is None or low >= high):
        return "“between” needs two numbers. Write the smaller one in low and the larger one in high."
    return None


def is_small(comparator: str, low: Number | None, high: Number | None) -> bool:
    """Whether a figure counts fewer than ten, as far as its bounds tell."""
    if high is not None:
        return high < SMALL + (comparator == "fewer-than")
    return low is not None and low < SMALL


def written_figure(comparator: str, low: Number | None, high: Number | None) -> str:
    """Write a figure for a reader, as in "more than 16,000".

    Raises ValueError, with the sentence of check_bounds, where comparator and bounds don't fit.
    """
    problem = check_bounds(comparator, low, high)
    if problem is not None:
        raise ValueError(problem)
    bounds = [_grouped(bound) for bound in (low, high) if bound is not None]
    return _WRITTEN[comparator].format(*bounds)


def _grouped(number: Number) -> str:
    """Write a number with commas between thousands and no idle zeros after the point."""
    written = f"{number:,f}" if isinstance(number, Decimal) else f"{number:,}"
    return written.rstrip("0").rstrip(".") if "." in written else written


def _is_finite(number: Number) -> bool:
    """Tell a number from Decimal's NaN and infinities, which cannot be compared or written."""
    return not isinstance(number, Decimal) or number.is_finite()
