"""The parts of the page Agreement: who is compared, the figures, and deciding what coders differ on."""
