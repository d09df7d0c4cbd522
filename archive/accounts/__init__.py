"""Accounts: made and reset by an operator's command, opened with a one-time link, without any e-mail."""
