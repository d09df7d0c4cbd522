"""The editors' desk: what waits, what is held of an article, and every change to a record.

`actions` are the only writers; `rules` says what they refuse; `editable` knows which fields of which
record can be edited, `revisions` what they were.
"""
