"""The parts of the learned suggester: what there is to learn from, what a model sees, the model, and why it says so."""
