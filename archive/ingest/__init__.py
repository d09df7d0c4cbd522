"""Bringing records in: files of many articles, plain texts, and coded examples."""
