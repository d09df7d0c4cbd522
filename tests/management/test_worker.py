"""The worker: regular work on a schedule, its diary, and what a broken job leaves of the others."""

import json

import pytest
from django.core.management import call_command
from django.db.utils import OperationalError
from django.test import Client
from django.utils import timezone

from archive.management.commands import worker
from archive.models import Job
from tests.factories import CaptureFactory, IntakeFactory, PersonFactory

pytestmark = pytest.mark.django_db


def test_everything_due_is_done_once_and_not_again_before_its_time():
    call_command("worker", once=True)
    first = dict(Job.objects.exclude(name=Job.HEARTBEAT).values_list("name", "started_at"))

    call_command("worker", once=True)

    assert set(first) == {regular.name for regular in worker.SCHEDULE}
    assert dict(Job.objects.exclude(name=Job.HEARTBEAT).values_list("name", "started_at")) == first


def test_the_diary_says_which_capture_is_not_as_received(settings, tmp_path):
    settings.ARCHIVE_CAPTURES = tmp_path
    capture = CaptureFactory()

    call_command("worker", once=True)

    assert capture.public_id in Job.objects.get(name="verify-captures").outcome


def test_a_job_that_fails_leaves_the_others_and_the_heartbeat(monkeypatch):
    def broken():
        raise RuntimeError("a job with a defect")

    first, *rest = worker.SCHEDULE
    monkeypatch.setattr(worker, "SCHEDULE", (worker.Regular(first.name, first.every, broken), *rest))

    call_command("worker", once=True)

    assert "a job with a defect" in Job.objects.get(name=first.name).outcome
    assert Job.objects.filter(outcome="ok").count() == len(rest) + 1


def test_a_job_that_the_database_let_down_is_due_again_and_not_called_well(monkeypatch):
    lock = [OperationalError("database is locked")]

    def locked_once() -> list[str]:
        if lock:
            raise lock.pop()
        return []

    first, *rest = worker.SCHEDULE
    monkeypatch.setattr(worker, "SCHEDULE", (worker.Regular(first.name, first.every, locked_once), *rest))

    call_command("worker", once=True)
    job = Job.objects.get(name=first.name)
    assert (job.started_at, job.outcome) == (None, "OperationalError: database is locked")
    assert Job.objects.filter(outcome="ok").count() == len(rest) + 1

    call_command("worker", once=True)
    job.refresh_from_db()
    assert (job.started_at is not None, job.outcome) == (True, "ok")


def test_what_editors_asked_for_is_taken_in_and_stands_in_the_diary(settings, tmp_path):
    settings.ARCHIVE_DATA, settings.ARCHIVE_CAPTURES, settings.ARCHIVE_FETCH = tmp_path, tmp_path / "captures", False
    editor = PersonFactory(editor=True)
    intake = IntakeFactory(asked_by=editor.public_id)

    call_command("worker", once=True)

    intake.refresh_from_db()
    assert (intake.state, intake.told.partition(".")[0]) == ("failed", "This archive fetches no pages")
    assert Job.objects.get(name="intakes").outcome == "ok"


def test_while_the_archive_is_read_only_what_waits_leaves_no_trace_in_the_diary(settings):
    settings.ARCHIVE_READ_ONLY = True
    IntakeFactory()

    worker.take_in()

    assert not Job.objects.filter(name="intakes").exists()


def test_readyz_tells_the_heartbeat_and_no_inner_detail():
    call_command("worker", once=True)
    Job.objects.filter(name="verify-captures").update(outcome="Capture abcd1234 is broken.")

    told = json.loads(Client().get("/readyz").content)

    assert told["worker"][Job.HEARTBEAT]["finished_at"][:10] == timezone.now().date().isoformat()
    assert told["worker"]["verify-captures"]["well"] == "no"
    assert "abcd1234" not in json.dumps(told)
