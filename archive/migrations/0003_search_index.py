"""The index over the documents: FTS5 on SQLite, tsvectors on PostgreSQL. No extension, no data."""

from django.db import migrations

FORWARDS = {
    "sqlite": [
        "CREATE VIRTUAL TABLE archive_search_fts USING fts5("
        "title, body, content='archive_searchdocument', content_rowid='article_id',"
        " tokenize='unicode61 remove_diacritics 0', detail=full)"
    ],
    # No foreign key: Django empties tables by TRUNCATE, which refuses one from a table that it does not know.
    # Triggers on the documents delete from here instead.
    "postgresql": [
        "CREATE TABLE archive_search_vector (article_id bigint PRIMARY KEY, vector tsvector NOT NULL)",
        "CREATE INDEX archive_search_vector_gin ON archive_search_vector USING gin (vector)",
    ],
}
BACKWARDS = {
    "sqlite": [
        "DROP TRIGGER IF EXISTS search_document_added",
        "DROP TRIGGER IF EXISTS search_document_changed",
        "DROP TRIGGER IF EXISTS search_document_removed",
        "DROP TABLE archive_search_fts",
    ],
    "postgresql": [
        "DROP TRIGGER IF EXISTS search_document_removed ON archive_searchdocument",
        "DROP TRIGGER IF EXISTS search_documents_emptied ON archive_searchdocument",
        "DROP FUNCTION IF EXISTS archive_search_removed()",
        "DROP FUNCTION IF EXISTS archive_search_emptied()",
        "DROP TABLE archive_search_vector",
    ],
}


def make_index(apps, schema_editor):
    for statement in FORWARDS[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


def drop_index(apps, schema_editor):
    for statement in BACKWARDS[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("archive", "0002_search_document")]

    operations = [migrations.RunPython(make_index, drop_index)]
