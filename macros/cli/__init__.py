"""Entry points for people: the command ``kepu``, one file for each of its commands, and what they share."""
