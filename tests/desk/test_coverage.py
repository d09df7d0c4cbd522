"""In which months an outlet was watched: noted at its page at the desk, a run at a time."""

from __future__ import annotations

import datetime

import pytest
from django.test import Client

from archive.history import corrections, versions
from archive.models import Coverage, Outlet
from tests import factories as make
from tests.desk.acts import address_of, changes_of, last_event
from tests.desk.edit_form import sent_by

pytestmark = pytest.mark.django_db


def note(desk: Client, outlet: Outlet, **fields: str):
    address = f"/desk/outlets/{outlet.public_id}/coverage/"
    return desk.post(address, sent_by(desk.get(address_of(outlet, "outlet")), address, **fields))


def months_of(outlet: Outlet) -> list[str]:
    return [f"{month:%Y-%m}" for month in Coverage.objects.of_outlet(outlet).months()]


def test_a_run_of_months_is_noted_at_once_and_part_of_it_taken_back(desk: Client, client: Client):
    outlet = make.OutletFactory(published=True)
    before = versions.public_version()

    assert note(desk, outlet, first="2023-11", last="2024-03", why="Read each week").status_code == 302
    assert months_of(outlet) == ["2023-11", "2023-12", "2024-01", "2024-02", "2024-03"]
    assert changes_of(last_event())["coverage"] == (None, "2023-11/2024-03")
    assert "November 2023 to March 2024" in client.get(outlet.get_absolute_url()).content.decode()

    assert note(desk, outlet, first="2024-01", is_watched="0", why="Nobody had time").status_code == 302
    assert months_of(outlet) == ["2023-11", "2023-12", "2024-02", "2024-03"]
    assert changes_of(last_event())["coverage"] == ("2024-01", None)
    assert "November to December 2023" in client.get(outlet.get_absolute_url()).content.decode()
    assert versions.public_version() == before + 2
    assert corrections.seqs() == []


def test_only_what_is_new_of_a_run_is_told(desk: Client):
    outlet = make.OutletFactory()
    make.CoverageFactory(outlet=outlet, month=datetime.date(2024, 2, 1))

    note(desk, outlet, first="2024-01", last="2024-03")

    assert changes_of(last_event())["coverage"] == (None, "2024-01, 2024-03")


@pytest.mark.parametrize(
    "fields",
    [
        *({"first": "soon"}, {"first": ""}, {"first": "2024"}, {"first": "2024-06-01"}, {"first": "2099-01"}),
        {"first": "2024-03", "last": "2024-01"},
        {"first": "1950-01", "last": "2020-01"},
        {"first": "2024-03", "is_watched": "0"},
    ],
)
def test_what_cannot_be_noted_is_refused(desk: Client, fields: dict[str, str]):
    outlet = make.OutletFactory()

    assert note(desk, outlet, **fields).status_code == 422
    assert months_of(outlet) == []


@pytest.mark.parametrize("is_watched", ["1", "0"])
def test_of_a_public_outlet_nothing_is_noted_without_a_reason(desk: Client, is_watched: str):
    outlet = make.OutletFactory(published=True)
    make.CoverageFactory(outlet=outlet, month=datetime.date(2024, 2, 1))
    month = "2024-01" if is_watched == "1" else "2024-02"

    answer = note(desk, outlet, first=month, is_watched=is_watched, why=" ")

    assert answer.status_code == 422
    assert "is public. Say why you change it" in answer.content.decode()
    assert months_of(outlet) == ["2024-02"]


def test_merged_outlets_were_watched_when_either_was(desk: Client):
    old, survivor = make.OutletFactory.create_batch(2)
    for outlet, months in ((old, (1, 2)), (survivor, (2, 3))):
        for month in months:
            make.CoverageFactory(outlet=outlet, month=datetime.date(2024, month, 1))
    address = f"/desk/outlet/{old.public_id}/merge/"

    page = desk.get(address, {"into": survivor.public_id})
    assert page.status_code == 200
    answer = desk.post(address, sent_by(page, address, why="One outlet"))

    assert answer.status_code == 302, answer.content.decode()
    assert months_of(survivor) == ["2024-01", "2024-02", "2024-03"]
