"""The parts of the page Codebook. Changes are made in a draft that the project keeps, and only then put in force."""
