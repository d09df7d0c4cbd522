"""What somebody keeps for their own work: collections, saved searches, and where to find them again."""
