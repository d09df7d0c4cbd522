"""What is public already came before any look for news: its event is number 0."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

RECORDS = ("Article", "Claim", "Source", "Outlet", "Actor")


def stamp(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    for name in RECORDS:
        records = apps.get_model("archive", name)._base_manager.using(schema_editor.connection.alias)
        records.filter(status="published", published_seq__isnull=True).update(published_seq=0)


class Migration(migrations.Migration):
    dependencies = [
        ("archive", "0012_workspace"),
    ]

    operations = [
        # The column goes with the migration before: nothing is to be taken back.
        migrations.RunPython(stamp, migrations.RunPython.noop),
    ]
