"""The one fetcher: the only part of the archive that asks other machines for anything."""
