"""What signed-in people mark in a captured text and write about it."""
