"""Claims: what is reported, which way it came, and whether it is denied."""
