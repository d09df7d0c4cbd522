"""Pure functions on text: no database, no clock, no network, no Django.

The lowest ring. Text here is plain text in Unicode normal form C: lines end with a line feed,
a blank line stands between paragraphs, and the headline is paragraph 1. Positions are code points
and spans are half-open, [start, end).
"""
