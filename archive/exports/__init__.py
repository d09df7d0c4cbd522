"""Take it with you: what a list holds as CSV, JSON or a feed of changes, and the map of addresses for robots."""
