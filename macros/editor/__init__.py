"""The form editor: records changed in the browser, written by splicing, handed in by one button."""
