"""Who says so, and whether many articles are many voices or one."""
