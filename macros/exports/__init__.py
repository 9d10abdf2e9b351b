"""What machines read: files beside the pages, made from the same records."""
