"""Records as data: what a page, a JSON answer or an export says of one record, already past both doors."""
