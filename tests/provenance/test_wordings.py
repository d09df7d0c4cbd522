"""The nearest wording held: quoted words of what is credited, then those further towards the starting point."""

from archive.models.vocabulary import Voice, Wording
from archive.provenance.graph import article, source
from archive.provenance.wordings import Nearest, Worded, nearest

ONE, OTHER = article(1), article(2)
SPEECH, POST = source(1), source(2)
PARENTS = {ONE: (POST,), OTHER: (SPEECH,), POST: (SPEECH,), SPEECH: ()}


def report(pk, carrier, credited, voice=Voice.REPORTED_SPEECH, wording=Wording.ORIGINAL, is_held=True):
    return Worded(pk, carrier, (credited,), voice, wording, is_held)


def test_a_report_is_compared_with_what_is_quoted_of_its_source():
    reports = [report(1, ONE, POST), report(2, ONE, POST, Voice.QUOTATION)]

    assert nearest(reports, PARENTS)[1] == Nearest(2, is_original=True)


def test_the_original_is_nearer_than_a_translation_and_a_whole_quotation_than_a_part():
    reports = [
        report(1, ONE, POST),
        report(2, OTHER, POST, Voice.QUOTATION, Wording.TRANSLATED),
        report(3, OTHER, POST, Voice.PART_QUOTATION),
        report(4, OTHER, POST, Voice.QUOTATION),
    ]

    assert nearest(reports, PARENTS)[1].report == 4
    assert nearest(reports[:3], PARENTS)[1].report == 3
    assert nearest(reports[:2], PARENTS)[1] == Nearest(2, is_original=False)


def test_words_that_quote_a_source_are_compared_with_those_that_it_has_them_from():
    reports = [report(1, ONE, POST, Voice.QUOTATION), report(2, OTHER, SPEECH, Voice.QUOTATION, Wording.TRANSLATED)]

    assert nearest(reports, PARENTS) == {1: Nearest(2, is_original=False), 2: Nearest(None, is_original=False)}


def test_where_nothing_is_held_the_original_is_not_held():
    reports = [report(1, ONE, POST), report(2, OTHER, POST, Voice.QUOTATION, is_held=False)]

    assert nearest(reports, PARENTS)[1] == Nearest(None, is_original=False)


def test_what_a_credited_article_prints_is_its_wording():
    reports = [report(1, ONE, OTHER), report(2, OTHER, SPEECH)]

    assert nearest(reports, PARENTS | {ONE: (OTHER,)})[1] == Nearest(2, is_original=True)


def test_sources_that_credit_each_other_are_looked_at_once():
    ring = {ONE: (POST,), POST: (SPEECH,), SPEECH: (POST,)}

    assert nearest([report(1, ONE, POST)], ring) == {1: Nearest(None, is_original=False)}
