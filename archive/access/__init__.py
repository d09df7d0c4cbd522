"""The one door to text: nothing of an outlet's wording is shown but through here."""
