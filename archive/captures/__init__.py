"""Where received bytes are kept: content-addressed files that are never changed."""
