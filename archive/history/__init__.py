"""Append-only history: events in a hash chain, triggers that refuse changes, versions of records."""
