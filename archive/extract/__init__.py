"""Text, zones and metadata of captured pages and web archives, parsed in a limited process of its own.

`reading` is the door: it starts `child`, which alone looks into foreign bytes.
"""
