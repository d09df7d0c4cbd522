"""Records that are not articles: found in any script, added after a look at what is held, vocabulary edited."""

import pytest
from django.test import Client

from archive.models import Actor, Claim, Event, Measure, Outlet, Place, Source, Tactic
from archive.models.seeds import put_in_place
from tests.desk.acts import changes_of, edit, last_event
from tests.desk.edit_form import sent_by
from tests.factories import (
    ActorFactory,
    ActorNameFactory,
    ClaimFactory,
    FigureFactory,
    MeasureFactory,
    OutletFactory,
    PeopleGroupFactory,
    PlaceFactory,
    SourceFactory,
    TacticFactory,
)

pytestmark = pytest.mark.django_db

KINDS = {
    "outlet": OutletFactory,
    "actor": ActorFactory,
    "source": SourceFactory,
    "claim": ClaimFactory,
    "place": PlaceFactory,
    "measure": MeasureFactory,
    "tactic": TacticFactory,
}
NEW = {
    "outlet": {"name": "Нова хвиля", "kind": "news-site"},
    "actor": {"name": "Bastrykin", "kind": "person"},
    "source": {"title": "A briefing of June", "kind": "official-statement", "date_precision": "unknown"},
    "claim": {"sentence": "Builders are sent to training.", "kind": "practice", "date_precision": "unknown"},
    "place": {"name": "Samarkand", "kind": "settlement"},
}
MODELS = {"outlet": Outlet, "actor": Actor, "source": Source, "claim": Claim, "place": Place, "measure": Measure}


def add(desk: Client, what: str, /, **values: object):
    address = f"/desk/{what}/new/"
    return desk.post(address, sent_by(desk.get(address), address, **values))


def listed(desk: Client, kind: str, **asked: str) -> int:
    return desk.get(f"/desk/records/{kind}/", asked).content.decode().count('class="desk-row"')


# Lists.


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_is_listed_with_a_way_to_edit_each_record(desk: Client, kind: str):
    record = KINDS[kind]()

    page = desk.get(f"/desk/records/{kind}/").content.decode()

    key = record.public_id if hasattr(record, "public_id") else record.pk
    assert f'href="/desk/{kind}/{key}/edit/"' in page
    assert desk.get(f"/desk/{kind}/{key}/edit/").status_code == 200
    assert f'href="/desk/records/{kind}/"' in desk.get("/desk/").content.decode()


def test_a_list_is_searched_in_any_script_and_by_every_name(desk: Client):
    ActorFactory(name="Bastrykin")
    ActorNameFactory(actor=ActorFactory(name="A committee"), name="Комитет")

    assert listed(desk, "actor", q="Бастр") == 1
    assert listed(desk, "actor", q="komitet") == 1
    assert listed(desk, "actor", q="nobody") == 0


def test_a_list_is_searched_by_the_id_and_narrowed_by_status(desk: Client):
    record = SourceFactory(published=True)
    SourceFactory()

    assert listed(desk, "source", q=record.public_id) == 1
    assert listed(desk, "source", status="published") == 1
    assert listed(desk, "source", status="nonsense") == 0
    assert listed(desk, "source") == 2


@pytest.mark.parametrize("kind", KINDS)
def test_a_list_runs_as_many_queries_for_forty_rows_as_for_one(editor, count_queries, kind: str):
    address = f"/desk/records/{kind}/"
    KINDS[kind]()
    queries_for_one = count_queries(address, editor)
    for _ in range(39):
        KINDS[kind]()

    assert count_queries(address, editor) == queries_for_one


@pytest.mark.parametrize("kind", ["article", "figure", "nothing"])
def test_a_kind_that_has_no_list_or_form_of_its_own_is_not_found(desk: Client, kind: str):
    assert desk.get(f"/desk/records/{kind}/").status_code == 404
    assert desk.get(f"/desk/{kind}/new/").status_code == 404


# Adding.


@pytest.mark.parametrize("kind", NEW)
def test_a_new_record_is_a_draft_with_one_event(desk: Client, editor, kind: str):
    answer = add(desk, kind, **NEW[kind])

    record = MODELS[kind].objects.latest("pk")
    key = getattr(record, "public_id", str(record.pk))
    assert (answer.status_code, answer["Location"]) == (302, f"/desk/{kind}/{key}/edit/")
    assert getattr(record, "status", "draft") == "draft"
    event = Event.objects.get()
    assert (event.act, event.kind, event.public_id, event.person) == ("add", kind, key, editor.public_id)
    for field, value in NEW[kind].items():
        assert changes_of(event)[field] == (None, value)


def test_a_form_for_a_new_record_asks_nothing_about_a_change(desk: Client):
    page = desk.get("/desk/actor/new/").content.decode()

    assert 'name="name"' in page
    assert 'name="to_protect"' not in page


def test_a_new_outlet_has_an_address_of_its_own_made_from_its_name(desk: Client):
    OutletFactory(name="Another", slug="nova-khvilya")

    add(desk, "outlet", **NEW["outlet"], is_new="on")

    assert Outlet.objects.get(name="Нова хвиля").slug == "nova-khvilya-2"


@pytest.mark.parametrize(
    ("kind", "held", "typed"),
    [
        ("outlet", {"name": "Nova Khvylia"}, {"name": "Nova  khvilia", "kind": "news-site"}),
        ("actor", {"name": "Бастрыкин"}, {"name": "Alexander Bastrikin", "kind": "person"}),
        (
            "source",
            {"title": "Briefing of the ministry"},
            {"title": "Briefing of ministry", "kind": "official-statement"},
        ),
    ],
)
def test_what_is_held_under_nearly_the_same_name_is_shown_before_another_is_saved(desk: Client, kind, held, typed):
    record = KINDS[kind](**held)
    typed = NEW[kind] | typed

    shown = add(desk, kind, **typed)
    saved = desk.post(f"/desk/{kind}/new/", sent_by(shown, f"/desk/{kind}/new/", is_new="on"))

    assert shown.status_code == 422
    assert f'href="/desk/{kind}/{record.public_id}/edit/"' in shown.content.decode()
    assert saved.status_code == 302
    assert MODELS[kind].objects.count() == 2


def test_numbers_that_differ_are_no_near_names(desk: Client):
    OutletFactory(name="Channel 24")

    assert add(desk, "outlet", name="Channel 25", kind="news-site").status_code == 302


def test_a_claim_that_is_held_is_refused_with_the_way_to_it(desk: Client):
    held = ClaimFactory(sentence="Builders are sent to training.")

    answer = add(desk, "claim", **NEW["claim"], is_new="on")

    assert answer.status_code == 422
    assert "exists" in answer.content.decode()
    assert f'href="/desk/claim/{held.public_id}/edit/"' in answer.content.decode()
    assert Event.objects.count() == 0


def test_an_affected_person_needs_to_be_said_named_or_not(desk: Client):
    answer = add(desk, "source", **NEW["source"] | {"kind": "affected-person"})

    assert answer.status_code == 422
    assert "say whether the outlet named them" in answer.content.decode()


# What is counted.


def test_the_address_of_a_measure_follows_from_what_it_counts(desk: Client):
    PeopleGroupFactory(slug="naturalised")
    PlaceFactory(name="Russia", slug="ru")

    answer = add(desk, "measure", stage="sent", people=["naturalised"], territory="ru", unit="persons")

    measure = Measure.objects.get()
    assert (answer.status_code, measure.slug) == (302, "sent/naturalised/ru")
    assert changes_of(last_event())["people"] == (None, "naturalised")


def test_the_same_measure_twice_is_refused(desk: Client):
    measure = MeasureFactory()
    values = {"stage": measure.stage, "people": [measure.people.get().slug], "territory": measure.territory.slug}

    answer = add(desk, "measure", **values, unit="persons")

    assert answer.status_code == 422
    assert "nearly the same name" in answer.content.decode()
    assert f'href="/desk/measure/{measure.pk}/edit/"' in answer.content.decode()


def test_a_measure_with_figures_keeps_what_it_counts_and_may_be_defined_anew(desk: Client):
    measure = FigureFactory().measure
    before = measure.slug

    refused = edit_term(desk, "measure", measure, stage="killed", why="Better")
    defined = edit_term(desk, "measure", measure, definition="People sent to the front.", why="Better")

    assert refused.status_code == 422
    assert "1 figure is coded" in refused.content.decode()
    assert defined.status_code == 302
    measure.refresh_from_db()
    assert (measure.slug, measure.definition) == (before, "People sent to the front.")


def test_a_measure_without_figures_moves_with_what_it_counts(desk: Client):
    measure = MeasureFactory()

    edit_term(desk, "measure", measure, stage="killed", why="Mistyped")

    measure.refresh_from_db()
    assert measure.slug.startswith("killed/")


# Places and tactics.


def edit_term(desk: Client, what: str, record, /, **changes: object):
    address = f"/desk/{what}/{record.pk}/edit/"
    return desk.post(address, sent_by(desk.get(address), address, **changes))


def test_nothing_lies_in_a_settlement_nor_in_itself(desk: Client):
    town = PlaceFactory(name="A town", kind="settlement")
    region = PlaceFactory(name="A region", kind="region")
    part = PlaceFactory(name="A part", kind="region", parent=region)

    inside = add(desk, "place", name="A street", kind="settlement", parent=town.slug)
    ring = edit_term(desk, "place", region, parent=part.slug, why="To see")

    assert (inside.status_code, ring.status_code) == (422, 422)
    assert "no place is finer" in inside.content.decode()
    assert "in one of its parts" in ring.content.decode()


def test_a_place_where_homes_were_raided_does_not_become_a_settlement(desk: Client):
    place = PlaceFactory(name="A region", kind="region")
    ClaimFactory(places=[place], setting="housing")

    answer = edit_term(desk, "place", place, kind="settlement", why="Finer")

    assert answer.status_code == 422
    assert "no finer than its region" in answer.content.decode()


def test_a_stale_save_of_a_place_shows_both_texts(desk: Client):
    place = PlaceFactory(name="Old name")
    address = f"/desk/place/{place.pk}/edit/"
    opened = desk.get(address)
    desk.post(address, sent_by(opened, address, name="Their name", why="Because"))

    answer = desk.post(address, sent_by(opened, address, name="My name", why="Because"))
    again = desk.post(address, sent_by(answer, address))

    assert answer.status_code == 409
    assert "Their name" in answer.content.decode()
    assert again.status_code == 302
    assert Place.objects.get().name == "My name"


def test_a_place_gets_back_what_it_was_called(desk: Client):
    place = PlaceFactory(name="Old name")
    edit_term(desk, "place", place, name="New name", why="Because")
    history = f"/desk/place/{place.pk}/history/"
    address = f"/desk/place/{place.pk}/restore/{last_event().seq}/"

    answer = desk.post(address, sent_by(desk.get(history), address, why="It was right"))

    assert answer.status_code == 302
    assert Place.objects.get().name == "Old name"


def test_a_definition_reworded_at_the_desk_outlives_an_upgrade(desk: Client):
    put_in_place()
    tactic, other = Tactic.objects.order_by("position")[:2]
    edit_term(desk, "tactic", tactic, definition="In better words.", why="Clearer")
    Tactic.objects.filter(pk=other.pk).update(definition="Changed by nobody")

    put_in_place()

    tactic.refresh_from_db()
    other.refresh_from_db()
    assert tactic.definition == "In better words."
    assert other.definition != "Changed by nobody"


@pytest.mark.parametrize("key", ["0", "x", "9" * 30, "-1", "1_0"])
def test_a_term_that_is_none_is_not_found(desk: Client, key: str):
    assert desk.get(f"/desk/place/{key}/edit/").status_code == 404


def test_a_record_added_here_is_edited_like_any_other(desk: Client):
    add(desk, "actor", **NEW["actor"])

    assert edit(desk, Actor.objects.get(), "actor", role="Head of a committee").status_code == 302
