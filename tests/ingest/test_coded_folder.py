"""Loading a folder of coded examples: the demo's facts as the archive answers them."""

import json
import shutil
from datetime import date
from pathlib import Path

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.management import CommandError, call_command

from archive.history import events
from archive.ingest.coded_book import CodingRefused
from archive.ingest.coded_folder import FolderNotWhole
from archive.ingest.coding import load_folder
from archive.models import (
    Appearance,
    ArchiveState,
    Article,
    Check,
    Claim,
    Coverage,
    Event,
    Figure,
    ImportRow,
    Outlet,
    Person,
    PublicExtract,
)
from archive.models.vocabulary import CheckDecision, EventAct
from tests.factories import ArticleFactory, OutletFactory, PersonFactory

DEMO = Path(__file__).resolve().parents[2] / "fixtures" / "demo"


@pytest.fixture(autouse=True)
def _captures_apart(settings, tmp_path):
    settings.ARCHIVE_CAPTURES = tmp_path / "captures"


@pytest.fixture
def editor(db) -> Person:
    return PersonFactory()


@pytest.fixture
def folder(tmp_path) -> Path:
    return Path(shutil.copytree(DEMO, tmp_path / "demo"))


def rewrite(file: Path, **fields: object) -> None:
    row = json.loads(file.read_text(encoding="utf-8"))
    file.write_text(json.dumps(row | fields), encoding="utf-8")


def claim(key: str) -> Claim:
    row = ImportRow.objects.get(source_file="fixtures/demo", row_key=f"claim:{key}")
    return Claim.objects.get(pk=row.record_id)


def article(key: str) -> Article:
    return ImportRow.objects.get(source_file="fixtures/demo", row_key=f"article:{key}").article


def counted(key: str) -> tuple[int, int, int]:
    counts = claim(key).counts
    return counts.articles, counts.routes, counts.origins


def test_the_demo_is_loaded_and_public(editor):
    report = load_folder(DEMO, by=editor)

    nobody = AnonymousUser()
    assert report.added["article"] == Article.objects.visible_to(nobody).count() >= 34
    assert report.added["claim"] == Claim.objects.visible_to(nobody).count() >= 10
    assert Figure.objects.visible_to(nobody).count() >= 20
    assert {one.public_id for one in Article.objects.in_reprint_groups()} == {
        article(key).public_id for key in ("tolerance-ca-hrw-2023", "wri-hrw-2023")
    }
    own = Outlet.objects.get(slug="coercive-recruitment-archive")
    assert Coverage.objects.visible_to(nobody).of_outlet(own).months() == [date(2026, 11, 1)]


def test_articles_are_told_apart_from_ways_passed_on_and_starting_points(editor):
    load_folder(DEMO, by=editor)

    keys = ("C01", "C02", "C07", "C08", "C20")
    assert {key: counted(key) for key in keys} == {
        "C01": (3, 2, 1),
        "C02": (3, 2, 1),
        "C07": (2, 1, 0),
        "C08": (2, 1, 1),
        "C20": (1, 0, 0),
    }


def test_voices_of_one_body_are_one_starting_point(editor):
    load_folder(DEMO, by=editor)

    # C52: three articles, two statements of one agency. C38: a minister, and unnamed officials of his ministry.
    assert {key: counted(key)[::2] for key in ("C52", "C38")} == {"C52": (3, 1), "C38": (2, 1)}


def test_a_denial_is_counted_beside_the_claim(editor):
    load_folder(DEMO, by=editor)

    counts = claim("C77").counts
    assert (counts.articles, counts.origins, counts.denials > 0) == (1, 1, True)


def test_loading_again_adds_nothing(editor):
    load_folder(DEMO, by=editor)
    before = (Article.objects.count(), Appearance.objects.count(), Figure.objects.count(), Event.objects.count())

    report = load_folder(DEMO, by=editor)

    assert report.is_empty
    assert report.held == ImportRow.objects.count()
    assert before == (
        Article.objects.count(),
        Appearance.objects.count(),
        Figure.objects.count(),
        Event.objects.count(),
    )


def test_a_load_is_one_event_with_the_digest_of_its_rows(editor):
    load_folder(DEMO, by=editor)

    event = Event.objects.get()
    values = {value.field: value.new for value in event.values_kept.all()}
    assert (event.act, event.person) == (EventAct.IMPORT, editor.public_id)
    assert len(values["digest"]) == 64
    assert events.faults() == []
    assert ArchiveState.objects.get().public_version == 1


def test_what_editors_changed_since_stays(editor, folder):
    load_folder(folder, by=editor)
    Article.objects.filter(pk=article("caliber-az-frontline").pk).update(summary="Reworded by an editor.")
    rewrite(folder / "articles" / "caliber-az-frontline.json", summary="Reworded in the folder.")

    report = load_folder(folder, by=editor)

    assert report.changed == ("article:caliber-az-frontline",)
    assert article("caliber-az-frontline").summary == "Reworded by an editor."


def test_an_article_that_the_archive_holds_under_its_address_is_not_added_twice(editor):
    held = ArticleFactory(
        address="https://caliber.az/en/post/british-intelligence-russia-deploying-migrants-from-central-asia-to-frontline"
    )

    load_folder(DEMO, by=editor)

    assert article("caliber-az-frontline") == held
    assert not Appearance.objects.filter(article=held).exists()


def test_an_outlet_that_the_archive_holds_under_its_slug_is_taken_as_it_is(editor):
    held = OutletFactory(slug="caliber-az", name="As it stood before")

    load_folder(DEMO, by=editor)

    assert article("caliber-az-frontline").outlet == held
    assert Outlet.objects.get(slug="caliber-az").name == "As it stood before"


def test_a_footer_or_render_stamp_is_kept_and_does_not_date_the_article(editor):
    load_folder(DEMO, by=editor)

    expected = {"euromaidan-press-tsyganok": "2022-12-08", "ukrainian-news-british-intelligence": "2024-07-02"}
    for key, day in expected.items():
        dated = article(key)
        assert dated.published_from is not None
        assert dated.published_from.isoformat() == day
        assert dated.date_evidence.filter(basis__in=["footer", "render-stamp"], is_chosen=False).count() == 1


def test_every_public_extract_keeps_to_its_outlets_limit_and_leaves_no_coded_wording_out(editor):
    load_folder(DEMO, by=editor)

    extracts = {extract.article_id: extract for extract in PublicExtract.objects.all()}
    assert extracts[article("euromaidan-press-tsyganok").pk].limit == 500
    assert extracts[article("caliber-az-frontline").pk].limit == 200
    assert all(extract.length <= extract.limit for extract in extracts.values())
    assert all(extract.left_out == [] for extract in extracts.values())


def test_a_figure_under_ten_carries_the_decision_of_its_check(editor):
    load_folder(DEMO, by=editor)

    checks = Check.objects.filter(article=article("asb-media-omsk"))
    assert {(check.decision, check.decided_by) for check in checks} == {(CheckDecision.KEPT, editor.public_id)}
    assert checks.count() == 2


def test_a_figure_under_ten_without_a_decision_is_refused_and_nothing_is_written(editor, folder):
    file = folder / "articles" / "asb-media-omsk.json"
    row = json.loads(file.read_text(encoding="utf-8"))
    for report in row["appearances"]:
        for figure in report.get("figures", []):
            figure.pop("harm_decision", None)
    rewrite(file, appearances=row["appearances"])

    with pytest.raises(CodingRefused, match="do-no-harm"):
        load_folder(folder, by=editor)

    assert not Article.objects.exists()
    assert not ImportRow.objects.exists()


def test_a_quote_that_does_not_stand_in_the_text_is_refused_by_name(editor, folder):
    file = folder / "articles" / "asb-media-omsk.json"
    row = json.loads(file.read_text(encoding="utf-8"))
    row["appearances"][0]["quote"] = "words that nobody printed"
    rewrite(file, appearances=row["appearances"])

    with pytest.raises(CodingRefused, match="words that nobody printed"):
        load_folder(folder, by=editor)


def test_a_key_that_names_no_record_is_refused_by_name(editor, folder):
    rewrite(folder / "articles" / "asb-media-omsk.json", outlet="an-outlet-nobody-knows")

    with pytest.raises(CodingRefused, match="an-outlet-nobody-knows"):
        load_folder(folder, by=editor)


def test_a_folder_without_one_of_its_files_is_refused_by_name(editor, folder):
    (folder / "claims.json").unlink()

    with pytest.raises(FolderNotWhole, match="claims.json"):
        load_folder(folder, by=editor)


def test_wording_waits_for_the_do_no_harm_check_of_its_capture(editor, folder):
    file = folder / "articles" / "caliber-az-frontline.json"
    captures = json.loads(file.read_text(encoding="utf-8"))["captures"]
    rewrite(file, captures=[capture | {"harm_review": "open"} for capture in captures])

    load_folder(folder, by=editor)

    assert not PublicExtract.objects.filter(article=article("caliber-az-frontline")).exists()


def test_the_command_says_what_it_added(editor, capsys):
    call_command("load_demo", by=editor.username)

    assert "42 articles" in capsys.readouterr().out


def test_the_command_without_a_name_signs_with_an_account_in_which_nobody_can_sign_in(db):
    call_command("load_demo", verbosity=0)

    person = Person.objects.get()
    assert Event.objects.get().person == person.public_id
    assert not person.is_active
    assert not person.has_usable_password()


def test_the_command_says_how_to_make_an_account_where_there_is_none(db):
    with pytest.raises(CommandError, match="create_person"):
        call_command("load_demo", by="nobody-at-all")
