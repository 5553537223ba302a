"""Analysis: pure functions from codings to numbers that can be defended."""
