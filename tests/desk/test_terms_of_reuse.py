"""New terms of an outlet are a new version, and change at once what is shown."""

import pytest
from django.test import Client

from archive.history import events
from archive.models import Check, Event
from archive.models.vocabulary import CheckKind
from tests.desk.acts import (
    add_policy,
    coded,
    redact,
    send,
    shown_to_readers,
)
from tests.desk.edit_form import sent_by
from tests.factories import (
    OutletFactory,
)

pytestmark = pytest.mark.django_db


def test_a_tightened_policy_clips_what_is_shown_and_asks_about_it(desk: Client):
    article = coded("About 20,000 were sent", published=True, outlet__limit=500)
    assert shown_to_readers(article)

    answer = add_policy(desk, article.outlet, extract_limit="10")

    assert answer.status_code == 302
    assert shown_to_readers(article) == ""
    check = Check.objects.get()
    assert (check.kind, check.article, check.is_blocking) == (CheckKind.EXTRACT_CLIPPED, article, False)
    assert [policy.version for policy in article.outlet.policies.all()] == [2, 1]
    assert Event.objects.get().kind == "outlet"


def test_a_loosened_policy_shows_more_and_asks_nothing(desk: Client):
    article = coded("About 20,000 were sent", published=True, outlet__limit=10)

    add_policy(desk, article.outlet, extract_limit="500")

    assert shown_to_readers(article) == "About 20,000 were sent"
    assert not Check.objects.exists()


@pytest.mark.parametrize(
    "changes", [{"extract_limit": "-1"}, {"extract_limit": "1000001"}, {"read_on": "soon"}, {"why": ""}]
)
def test_terms_that_cannot_be_kept_are_refused(desk: Client, changes: dict[str, str]):
    outlet = OutletFactory(published=True)

    answer = add_policy(desk, outlet, **changes)

    assert answer.status_code == 422
    assert not outlet.policies.exists()


def test_terms_added_from_a_stale_page_are_answered_409_and_can_be_sent_from_there(desk: Client):
    outlet = OutletFactory()
    address, form_page = f"/desk/outlets/{outlet.public_id}/policies/", f"/desk/outlet/{outlet.public_id}/edit/"
    form = sent_by(desk.get(form_page), address, extract_limit="100", read_on="2026-11-20")
    desk.post(address, form)

    stale = desk.post(address, {**form, "extract_limit": "50"})
    again = desk.post(address, sent_by(stale, address))

    assert (stale.status_code, again.status_code) == (409, 302)
    assert [policy.extract_limit for policy in outlet.policies.all()] == [50, 100]


def test_after_all_of_it_the_chain_is_whole(desk: Client):
    article = coded("Testov Test was sent")
    send(desk, article, "submit")
    send(desk, article, "publish")
    redact(desk, article, "Testov Test")
    add_policy(desk, article.outlet, extract_limit="5")
    send(desk, article, "withdraw", reason="error")

    assert Event.objects.count() == 5
    assert events.faults() == []
