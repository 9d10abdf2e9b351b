"""Invented records in any number, and what is measured with them; nothing here is part of the published site."""
