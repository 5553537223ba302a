"""The parts of the page Project: starting, bringing transcripts in, what the project holds."""
