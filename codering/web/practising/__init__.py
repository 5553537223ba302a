"""The parts of the page Practice: begin, code a turn, hear what decides it, and what to practise next."""
