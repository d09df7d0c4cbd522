"""What templates may ask for beyond their records: the navigation, written days, grouped numbers."""
