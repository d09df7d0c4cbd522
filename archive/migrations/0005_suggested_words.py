"""The words of published headlines and summaries; the worker, or ``reindex``, fills them in."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("archive", "0004_article_by_change"),
    ]

    operations = [
        migrations.CreateModel(
            name="SuggestedWord",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("word", models.CharField(max_length=64, unique=True)),
                ("sound", models.CharField(max_length=40)),
                ("start", models.CharField(max_length=1)),
                ("size", models.PositiveSmallIntegerField()),
                (
                    "article",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="archive.article"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["start", "size"], name="suggested_word_reach")],
            },
        ),
        # Documents that are there already are asked for anew: words are written with them.
        migrations.RunSQL("UPDATE archive_searchdocument SET chain = 0", migrations.RunSQL.noop),
    ]
