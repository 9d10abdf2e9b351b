"""What citizens see: which pages exist, and how records become HTML."""
