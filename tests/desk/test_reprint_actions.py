"""Groups of reprints: who is one text with whom, and what the history says of it."""

import pytest

from archive.desk import reprint_actions, rules
from archive.models import Event, ReprintGroup
from tests.desk.acts import changes_of
from tests.factories import ArticleFactory, ReprintGroupFactory

pytestmark = pytest.mark.django_db


def test_joined_articles_are_in_one_group_and_each_has_an_event(editor):
    one, other = ArticleFactory(status="draft"), ArticleFactory(status="draft")

    reprint_actions.join([one, other], by=editor)

    group = ReprintGroup.objects.get()
    assert set(group.articles.all()) == {one, other}
    for article in (one, other):
        assert changes_of(Event.objects.get(public_id=article.public_id)) == {"reprint_group": (None, group.public_id)}


def test_joining_two_groups_makes_one_of_all_their_articles(editor):
    older, newer = ReprintGroupFactory(), ReprintGroupFactory()
    members = [ArticleFactory(status="draft", reprint_group=group) for group in (older, older, newer, newer)]

    reprint_actions.join([members[0], members[2]], by=editor)

    assert set(older.articles.all()) == set(members)
    assert list(ReprintGroup.objects.all()) == [older]
    assert Event.objects.count() == 2


def test_what_is_joined_already_is_not_joined_again(editor):
    group = ReprintGroupFactory()
    one, other = (ArticleFactory(reprint_group=group) for _ in range(2))

    with pytest.raises(rules.NothingChanged):
        reprint_actions.join([one, other], by=editor, why="Again")
    with pytest.raises(rules.NothingChanged):
        reprint_actions.join([ArticleFactory()], by=editor, why="With nobody")


def test_a_public_article_joins_and_leaves_with_a_reason_alone(editor):
    one, other = ArticleFactory(status="published"), ArticleFactory(status="draft")

    with pytest.raises(rules.ReasonMissing):
        reprint_actions.join([one, other], by=editor)
    assert not ReprintGroup.objects.exists()
    reprint_actions.join([one, other], by=editor, why="The same text")

    with pytest.raises(rules.ReasonMissing):
        reprint_actions.leave(one, by=editor)


def test_the_last_one_to_leave_takes_the_group_along(editor):
    group = ReprintGroupFactory()
    one, other = (ArticleFactory(status="draft", reprint_group=group) for _ in range(2))

    event = reprint_actions.leave(one, by=editor)
    assert changes_of(event) == {"reprint_group": (group.public_id, None)}
    assert list(group.articles.all()) == [other]
    reprint_actions.leave(other, by=editor)

    assert not ReprintGroup.objects.exists()
    with pytest.raises(rules.NothingChanged):
        reprint_actions.leave(other, by=editor)
