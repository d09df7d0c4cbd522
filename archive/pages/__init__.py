"""What the archive says of itself, and whether it is well."""
