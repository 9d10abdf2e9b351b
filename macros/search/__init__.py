"""What citizens find: the index that the search in the browser reads."""
