"""What an import makes public, for whom, under whose name; and how it finds the outlets."""

import pytest
from django.core.management import CommandError

from archive.models import Article, Capture, Event, Outlet, Person
from tests.factories import OutletDomainFactory, OutletFactory, PersonFactory
from tests.ingest.import_files import item, run, written

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _captures_of_its_own(settings, tmp_path):
    settings.ARCHIVE_CAPTURES = tmp_path / "captures"


def test_outlets_are_found_by_name_or_by_their_own_host(tmp_path):
    by_name = OutletFactory(name="The Herald")
    by_host = OutletFactory(name="The Mirror", website="https://www.mirror.example/")
    by_domain = OutletDomainFactory(domain="herald-mirror.example").outlet
    path = written(
        tmp_path,
        item(1),
        item(2, outlet=None, url="https://mirror.example/a"),
        item(3, outlet="herald-mirror.example", url="https://www.herald-mirror.example/a"),
        item(4, outlet="A channel", url="https://mirror.example/channel"),
    )

    run(path)

    assert [Article.objects.get(headline=f"Headline {n}").outlet for n in (1, 2, 3)] == [by_name, by_host, by_domain]
    assert Article.objects.get(headline="Headline 4").outlet.name == "A channel"


def test_new_outlets_get_addresses_that_nobody_has(tmp_path):
    OutletFactory(name="Taken", slug="novaya-gazeta")
    path = written(
        tmp_path,
        item(1, outlet="Новая газета"),
        item(2, outlet="Novaya: Gazeta"),
        item(3, outlet="新华社", url="https://xinhua.example/1"),
        item(4, outlet="新华社", url="https://xinhua.example/2"),
    )

    run(path)

    slugs = {outlet.name: outlet.slug for outlet in Outlet.objects.all()}
    assert {slugs["Новая газета"], slugs["Novaya: Gazeta"]} == {"novaya-gazeta-2", "novaya-gazeta-3"}
    assert slugs["新华社"].startswith("outlet-")
    assert len(slugs) == 4


def test_publishing_needs_its_setting(tmp_path):
    with pytest.raises(CommandError, match="ARCHIVE_IMPORT_PUBLISH=1"):
        run(written(tmp_path, item(1)), "--publish")

    assert not Article.objects.exists()


def test_publishing_shows_headlines_and_outlets_and_none_of_the_text(tmp_path, settings, client):
    settings.ARCHIVE_IMPORT_PUBLISH = True
    outlet = OutletFactory(name="The Herald", status="draft")
    path = written(tmp_path, item(1, text="The canary qwzx sings."), item(2, title=None))

    run(path, "--publish")

    article = Article.objects.get(headline="Headline 1")
    assert (article.status, Article.objects.get(headline="").status) == ("published", "draft")
    outlet.refresh_from_db()
    assert (outlet.status, outlet.version) == ("published", 2)
    assert set(Capture.objects.values_list("harm_review", flat=True)) == {"open"}
    page = client.get(article.get_absolute_url())
    assert b"Headline 1" in page.content
    assert b"qwzx" not in page.content


def test_the_history_names_each_outlet_that_became_public_with_its_rows(tmp_path, settings):
    settings.ARCHIVE_IMPORT_PUBLISH = True
    waiting = OutletFactory(name="The Herald", status="in-review")
    OutletFactory(name="The Mirror", published=True)
    path = written(tmp_path, item(1, outlet="The Herald"), item(2, outlet="The Mirror"))

    run(path, "--publish")

    opened = Event.objects.get().values_kept.filter(new="published").values_list("field", "old")
    assert list(opened) == [(f"outlet {waiting.public_id}", "in-review")]


def test_the_rows_of_a_withdrawn_outlet_stay_drafts(tmp_path, settings):
    settings.ARCHIVE_IMPORT_PUBLISH = True
    OutletFactory(name="The Herald", status="withdrawn", withdrawn_on="2024-01-01", withdrawn_reason="law")

    run(written(tmp_path, item(1)), "--publish")

    assert (Article.objects.get().status, Outlet.objects.get().status) == ("draft", "withdrawn")


def test_the_do_no_harm_check_is_decided_in_benchmarks_alone(tmp_path, settings):
    path = written(tmp_path, item(1))
    with pytest.raises(CommandError, match="ARCHIVE_BENCHMARK=1"):
        run(path, "--decide-harm")
    settings.ARCHIVE_BENCHMARK = True

    run(path, "--decide-harm")

    assert Capture.objects.get().harm_review == "cleared"


def test_the_account_of_imports_lets_nobody_in(tmp_path):
    run(written(tmp_path, item(1)))

    account = Person.objects.get(username="import")
    assert not account.is_active
    assert not account.has_usable_password()
    assert Event.objects.get().person == account.public_id


def test_an_import_can_be_signed_by_a_person(tmp_path):
    person = PersonFactory(username="olena")

    run(written(tmp_path, item(1)), "--by", "olena")

    assert Event.objects.get().person == person.public_id
    with pytest.raises(CommandError, match="no active account “nobody”"):
        run(written(tmp_path, item(2)), "--by", "nobody")
