"""Asking the archive for something from outside: to take down, to correct, to be heard. Nothing of it is published."""
