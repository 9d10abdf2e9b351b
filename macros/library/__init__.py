"""The library: every record related to every other, and the home of derived facts."""
