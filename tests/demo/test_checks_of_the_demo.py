"""What a look at the articles of the demo asks: the differences that their coding holds."""

from __future__ import annotations

import pytest

from archive.desk import check_actions, checking
from archive.desk.findings import Finding
from archive.models import Article, Check, Passage
from archive.models.vocabulary import CheckKind
from tests.factories import PersonFactory

pytestmark = pytest.mark.django_db


def found(outlet: str, kind: CheckKind) -> list[Finding]:
    editor = PersonFactory(editor=True)
    article = Article.objects.visible_to(editor).for_page().get(outlet__name=outlet)
    return [finding for finding in checking.findings_of(article, editor) if finding.kind == kind]


def words(finding: Finding) -> list[str]:
    passages = Passage.objects.select_related("capture_text").in_bulk([one.passage for one in finding.stretches])
    shown = [passages[one.passage] for one in finding.stretches if one.passage is not None]
    return [one.capture_text.text[one.start : one.end] for one in shown]


def test_a_headline_that_says_frontline_is_shown_beside_rear_areas():
    (finding,) = found("Caliber.Az", CheckKind.HEADLINE_AND_BODY)

    assert finding.says == "Headline: the front; body: the rear, the war zone."
    assert "frontline" in words(finding)[0]
    assert "rear areas" in words(finding)


def test_seventy_stands_with_several_groups_and_stages():
    (finding,) = found("asb-media.info", CheckKind.SAME_NUMBER)

    assert finding.says == "The number 70 stands with different groups or stages."
    assert {"Seventy", "70", "nearly 70"} <= set(words(finding))


def test_two_bounds_of_one_series_differ():
    (finding,) = found("asb-media.info", CheckKind.FIGURES_DIFFER)

    assert "nearly 70" in finding.says
    assert len(finding.stretches) == 2


def test_no_article_asks_for_much():
    editor = PersonFactory(editor=True)
    held = Check.objects.count()
    articles = Article.objects.visible_to(editor)

    for article in articles:
        check_actions.look(article, by=editor)

    assert 0 < Check.objects.count() - held < len(articles)
