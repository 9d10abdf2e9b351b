"""Generator for the public science-popularization site of a Chinese district.

One way through: load → validate → relate → plan → render. HACKING.md has the picture of the folders.
"""
