"""What editors read and complete with, generated from the models."""
