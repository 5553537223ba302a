"""What a command's exit code says; the same for every command."""

from typing import Final

DONE: Final = 0
PROBLEMS: Final = 1
"""It was done, with something to look at: a line that was not read, an example that failed."""
NOTHING: Final = 2
"""Nothing was done."""
