"""Looking after what is precious: backing up, restoring, bringing up to date."""
