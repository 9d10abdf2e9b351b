"""The site as Markdown that any engine reads."""
