"""Reading the archive: home, lists, and the page of each kind of record but claims."""
