"""Search: what a reader types, and what the two databases are asked for it.

Knows nothing of models: it takes text and gives text. Tokens come from `archive.text.analysis`.
"""
