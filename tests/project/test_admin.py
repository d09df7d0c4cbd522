"""Django's administration: off unless asked for, and then for accounts alone."""

import os
import subprocess
import sys
from pathlib import Path

from django.test import Client

from tests import archives

JOURNEY = """
import django
django.setup()
from django.conf import settings
from django.core.management import call_command
from django.test import Client
from archive.models import Person, SignIn
from tests import factories as make

settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
settings.ALLOWED_HOSTS = ["testserver"]
call_command("migrate", verbosity=0)
boss, other = make.PersonFactory(administrator=True), make.PersonFactory(editor=True)
reader = Client()
reader.force_login(make.PersonFactory(researcher=True))
client = Client()
said = [Client().get("/admin/", follow=True).redirect_chain[-1][0], reader.get("/admin/", follow=True).status_code]
client.post("/accounts/sign-in/", {"username": boss.username, "password": make.PASSWORD})
said.append(client.get("/admin/")["Location"])
settings.ARCHIVE_SECOND_FACTOR = "offered"
said.append(client.get("/admin/").status_code)
said.append(client.get("/admin/password_change/")["Location"])
make.SignInFactory(person=other)
new = "an entirely different phrase 7"
form = {"password1": new, "password2": new, "usable_password": "true"}
said.append(client.post(f"/admin/archive/person/{other.pk}/password/", form).status_code)
said.append(SignIn.objects.of_person(other).count())
said.append(client.post("/accounts/me/leave/", {"name": boss.username, "present": make.PASSWORD}).status_code)
make.PersonFactory(administrator=True)
said.append(client.post("/accounts/me/leave/", {"name": boss.username, "present": make.PASSWORD}).status_code)
print(said)
"""
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


def test_the_administration_is_behind_the_archives_own_sign_in_and_its_second_factor(tmp_path: Path, db):
    with archives.of_its_own(tmp_path / "own", with_tables=True) as own:
        environment = own | {"ARCHIVE_ADMIN": "1", "ARCHIVE_SECOND_FACTOR": "required"}
        command = [sys.executable, "-c", JOURNEY]
        answer = subprocess.run(command, env=environment, cwd=archives.ROOT, capture_output=True, text=True)

    asked = "'/accounts/me/second-factor/', 200, '/accounts/me/'"
    said = f"['/accounts/sign-in/?next=%2Fadmin%2F', 403, {asked}, 302, 0, 409, 200]"
    assert answer.stdout.strip().splitlines()[-1:] == [said], answer.stdout + answer.stderr
