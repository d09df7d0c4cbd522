"""Django's administration: off unless asked for, and then for accounts alone."""

import os
import subprocess
import sys
from pathlib import Path

from django.test import Client

ASK = """
import django
django.setup()
from django.contrib import admin
from django.urls import reverse
print(reverse("admin:index"), sorted(model.__name__ for model in admin.site._registry))
"""


def test_there_is_no_administration_unless_a_setting_asks_for_it(db):
    assert Client().get("/admin/").status_code == 404


def test_with_the_setting_it_holds_accounts_and_groups_and_no_record(tmp_path: Path):
    environment = os.environ | {
        "ARCHIVE_ADMIN": "1",
        "ARCHIVE_DATA": str(tmp_path),
        "DATABASE_URL": f"sqlite:///{tmp_path}/x.sqlite3",
    }
    answer = subprocess.run([sys.executable, "-c", ASK], env=environment, capture_output=True, text=True, check=True)

    assert answer.stdout.strip() == "/admin/ ['Group', 'Person']"
