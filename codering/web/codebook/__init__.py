"""The parts of the page Codebook. Changes are made in a draft of the session, looked at, and only then put in force."""
