"""Settings of the property tests."""

from hypothesis import settings

# A slow moment of a busy machine says nothing about the text that was tried just then.
settings.register_profile("without-deadline", deadline=None)
settings.load_profile("without-deadline")
