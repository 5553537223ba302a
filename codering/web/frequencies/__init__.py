"""The parts of the page Frequencies: what is counted, how it is shown, and the passages behind a number."""
