"""What we know: the records, their fields, their terms, and the laws that they keep."""
