"""Dates as far as they are known."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.text import dates

DAYS = st.dates(date(1000, 1, 1), date(2100, 12, 31))
SINGLES = st.one_of(
    DAYS.map(date.isoformat),
    DAYS.map(lambda day: day.isoformat()[:7]),
    DAYS.map(lambda day: day.isoformat()[:4]),
    st.builds("{:04}-{}".format, st.integers(1000, 2100), st.integers(21, 24)),
)
FORMS = st.one_of(
    SINGLES,
    DAYS.map(lambda day: f"{day}~"),
    DAYS.map(lambda day: f"XXXX{day.isoformat()[4:]}"),
    DAYS.map(lambda day: f"XXXX{day.isoformat()[4:7]}"),
    SINGLES.map(lambda single: f"{single}/.."),
    SINGLES.map(lambda single: f"../{single}"),
)
ALMOST_DATES = st.text("0123456789-/.~XTZ: +", max_size=24)


@pytest.mark.parametrize(
    ("text", "earliest", "latest", "precision", "expected"),
    [
        ("2022-12-08", date(2022, 12, 8), date(2022, 12, 8), "day", "8 December 2022"),
        ("2024-06", date(2024, 6, 1), date(2024, 6, 30), "month", "June 2024"),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29), "month", "February 2024"),
        ("2024", date(2024, 1, 1), date(2024, 12, 31), "year", "2024"),
        ("2024-07-02~", date(2024, 7, 2), date(2024, 7, 2), "approximate-day", "about 2 July 2024"),
        ("2022-21", date(2022, 3, 1), date(2022, 5, 31), "season", "spring 2022"),
        ("2022-22", date(2022, 6, 1), date(2022, 8, 31), "season", "summer 2022"),
        ("2022-23", date(2022, 9, 1), date(2022, 11, 30), "season", "autumn 2022"),
        ("2023-24", date(2023, 12, 1), date(2024, 2, 29), "season", "winter 2023–24"),
        ("2014/2021", date(2014, 1, 1), date(2021, 12, 31), "range", "2014–2021"),
        ("2014/2014", date(2014, 1, 1), date(2014, 12, 31), "range", "2014"),
        ("2022-07/2022-08", date(2022, 7, 1), date(2022, 8, 31), "range", "between July and August 2022"),
        ("2021-12/2022-02", date(2021, 12, 1), date(2022, 2, 28), "range", "between December 2021 and February 2022"),
        ("2024-07-02/2024-09-15", date(2024, 7, 2), date(2024, 9, 15), "range", "between 2 July and 15 September 2024"),
        ("2024-07-02/2024-07-02", date(2024, 7, 2), date(2024, 7, 2), "range", "2 July 2024"),
        (
            "2022-12-08/2024",
            date(2022, 12, 8),
            date(2024, 12, 31),
            "range",
            "between 8 December 2022 and 31 December 2024",
        ),
        ("2024-06-27/..", date(2024, 6, 27), None, "open-end", "not before 27 June 2024"),
        ("../2024-06-27", None, date(2024, 6, 27), "open-start", "not after 27 June 2024"),
        ("XXXX-06-27", None, None, "no-year", "27 June, year not printed"),
        ("XXXX-02-29", None, None, "no-year", "29 February, year not printed"),
        ("XXXX-04", None, None, "no-year", "April, year not printed"),
        ("2022-08-12T12:14:21+00:00", date(2022, 8, 12), date(2022, 8, 12), "day", "12 August 2022"),
        ("2024-09-15T01:17:16+03:00", date(2024, 9, 14), date(2024, 9, 14), "day", "14 September 2024"),
        ("2024-09-15T23:59Z", date(2024, 9, 15), date(2024, 9, 15), "day", "15 September 2024"),
        ("2024-09-15 12:00:00.123456789", date(2024, 9, 15), date(2024, 9, 15), "day", "15 September 2024"),
        (" 1000 ", date(1000, 1, 1), date(1000, 12, 31), "year", "1000"),
    ],
)
def test_each_form_is_read_with_its_bounds_and_written_for_a_reader(text, earliest, latest, precision, expected):
    when = dates.parse_edtf(text)

    assert when == dates.PartialDate(earliest, latest, precision, text.strip())
    assert dates.written(when) == expected


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "none of the known forms"),
        ("yesterday", "none of the known forms"),
        ("8 December 2022", "none of the known forms"),
        ("2022-12-8", "none of the known forms"),
        ("２０２２-12-08", "none of the known forms"),
        ("2022-00", "no such day"),
        ("2022-13", "no such day"),
        ("2022-20", "no such day"),
        ("2022-25", "no such day"),
        ("2023-02-29", "no such day"),
        ("XXXX-02-30", "no such day"),
        ("XXXX-21", "no such day"),
        ("0999", "between 1000 and 2100"),
        ("2101-01-01", "between 1000 and 2100"),
        ("1000-01-01T00:00:00+14:00", "between 1000 and 2100"),
        ("2024-07~", "only a whole day"),
        ("2024-07-02~~", "none of the known forms"),
        ("2021/2014", "before its start"),
        ("../..", "both ends are open"),
        ("2021/", "none of the known forms"),
        ("2014/2021/2022", "none of the known forms"),
        ("XXXX-06/2024", "none of the known forms"),
        ("2022-08-12T25:00:00Z", "no such moment"),
        ("2022-08-12T12:00:00+99:00", "no such moment"),
    ],
)
def test_anything_else_is_refused_with_the_input_the_reason_and_the_legal_forms(text, reason):
    with pytest.raises(dates.NotADate, match=reason) as refused:
        dates.parse_edtf(text)

    assert refused.value.text == text
    assert f"“{text}”" in str(refused.value) or not text.isascii()
    assert "2014/2021" in str(refused.value)


@given(
    st.one_of(
        st.text(),
        st.text(st.characters()),
        ALMOST_DATES,
        FORMS.flatmap(lambda form: st.permutations(form).map("".join)),
    )
)
def test_any_text_is_a_date_or_is_refused_as_none(text):
    try:
        when = dates.parse_edtf(text)
    except dates.NotADate as refused:
        # The message must be able to leave on a page.
        str(refused).encode()
    else:
        assert when.precision in dates.PRECISIONS
        assert dates.written(when)


@given(FORMS)
def test_every_legal_form_is_read_within_the_years_that_are_kept(form):
    when = dates.parse_edtf(form)

    assert when.words == form
    assert all(day is None or date(1000, 1, 1) <= day <= date(2101, 2, 28) for day in (when.earliest, when.latest))
    assert when.earliest is None or when.latest is None or when.earliest <= when.latest
    assert (when.earliest is None) == (when.precision in {"no-year", "open-start"})
    assert (when.latest is None) == (when.precision in {"no-year", "open-end"})


@given(SINGLES, SINGLES)
def test_a_range_reaches_from_the_start_of_its_first_to_the_end_of_its_second(one, other):
    first, second = sorted(
        (dates.parse_edtf(one), dates.parse_edtf(other)), key=lambda when: (when.earliest, when.latest)
    )
    if second.latest < first.earliest:
        return

    when = dates.parse_edtf(f"{first.words}/{second.words}")

    assert (when.earliest, when.latest) == (first.earliest, second.latest)


@given(DAYS, st.integers(-14 * 60, 14 * 60))
def test_an_instant_counts_as_its_day_in_utc(day, offset):
    sign, minutes = ("-" if offset < 0 else "+"), abs(offset)
    text = f"{day}T12:00:00{sign}{minutes // 60:02}:{minutes % 60:02}"
    utc_day = day + timedelta(days=(12 * 60 - offset) // (24 * 60))
    if not 1000 <= utc_day.year <= 2100:
        return

    assert dates.parse_edtf(text).earliest == utc_day


def test_words_as_printed_are_shown_for_a_date_without_a_year():
    assert dates.written(dates.PartialDate(None, None, "no-year", "June 27")) == "June 27, year not printed"
    assert dates.written(dates.PartialDate(None, None, "no-year", "")) == "date, year not printed"


def test_a_date_that_is_not_known_says_so():
    assert dates.written(dates.UNKNOWN) == "date not known"
    assert dates.written(dates.PartialDate(None, None, "unknown", "last month")) == "last month"


@given(st.none() | DAYS, st.none() | DAYS, st.sampled_from([*dates.PRECISIONS, "century"]), st.text(max_size=12))
def test_any_row_of_a_database_can_be_written(earliest, latest, precision, words):
    assert dates.written(dates.PartialDate(earliest, latest, precision, words))


PERIOD_END = st.none() | st.dates(date(2024, 1, 1), date(2024, 1, 12))


def days_of(start, end):
    start, end = start or date(2023, 12, 1), end or date(2024, 2, 1)
    return {start + timedelta(days=n) for n in range((end - start).days + 1)}


@given(PERIOD_END, PERIOD_END, PERIOD_END, PERIOD_END)
def test_periods_overlap_where_they_have_a_day_in_common(a_from, a_to, b_from, b_to):
    a, b = days_of(a_from, a_to), days_of(b_from, b_to)
    if a and b:
        assert dates.overlaps(a_from, a_to, b_from, b_to) == bool(a & b)


@given(FORMS)
def test_a_date_that_is_written_for_machines_reads_back_to_the_same_days(text):
    try:
        found = dates.parse_edtf(text)
    except dates.NotADate:
        return
    again = dates.parse_edtf(dates.edtf(found))

    assert (again.earliest, again.latest) == (found.earliest, found.latest)
    assert again.precision == found.precision


@pytest.mark.parametrize(
    ("when", "expected"),
    [
        (dates.PartialDate(date(2022, 7, 1), date(2022, 8, 31), "range", "July to August"), "2022-07-01/2022-08-31"),
        (dates.PartialDate(date(2022, 7, 2), date(2022, 7, 9), "month", "in July"), "2022-07-02/2022-07-09"),
        (dates.PartialDate(date(2022, 1, 1), date(2022, 3, 31), "season", "winter"), "2022-01-01/2022-03-31"),
        (dates.PartialDate(None, None, "no-year", "27 June"), ""),
        (dates.UNKNOWN, ""),
    ],
)
def test_what_has_no_shorter_form_is_written_as_days_or_not_at_all(when, expected):
    assert dates.edtf(when) == expected
