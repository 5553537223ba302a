"""Code Dutch focus groups."""
