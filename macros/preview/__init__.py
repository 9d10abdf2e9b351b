"""The preview: an editor saves a file and sees the page change."""
