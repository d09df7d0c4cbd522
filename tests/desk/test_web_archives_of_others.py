"""Each of a folder of real, broken and hostile web archives is taken in, asked about or told; the worker lives on."""

import os
import resource
from pathlib import Path

import pytest
from django.test import Client

from archive.models import Article, Capture, CaptureText, Event, Intake
from archive.models.vocabulary import IntakeState
from tests.desk.intakes import add_file, worked

pytestmark = pytest.mark.django_db

SAMPLES = Path(os.environ.get("ARCHIVE_SHARED_DATA", "/nowhere")) / "warc-samples"


@pytest.mark.skipif(not SAMPLES.exists(), reason="NOT TESTED ON REAL WEB ARCHIVES: ARCHIVE_SHARED_DATA is not set")
def test_each_is_taken_in_asked_about_or_told(desk: Client, settings, tmp_path):
    settings.ARCHIVE_DATA, settings.ARCHIVE_CAPTURES = tmp_path, tmp_path / "captures"
    paths = [path for path in sorted(SAMPLES.iterdir()) if path.suffix not in {".txt", ".jsonl"}]
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss

    for path in paths:
        add_file(desk, path.name, path.read_bytes())
    ends = {}
    while Intake.objects.waiting().exists():
        worked()
    for intake in Intake.objects.order_by("pk"):
        ends[intake.file_name] = intake.state
        assert intake.state != IntakeState.FAILED or intake.told
        assert desk.get(intake.get_absolute_url()).status_code == 200

    assert len(ends) == len(paths)
    assert set(ends.values()) == {IntakeState.DONE, IntakeState.CHOOSING, IntakeState.FAILED}
    done = Intake.objects.filter(state=IntakeState.DONE).count()
    assert [model.objects.count() for model in (Article, Capture, CaptureText, Event)] == [done] * 4
    # Kibibytes. What is parsed is parsed elsewhere.
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 300 * 1024
