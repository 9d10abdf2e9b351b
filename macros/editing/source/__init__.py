"""Text of a record's file, changed in one place and left byte for byte elsewhere."""
