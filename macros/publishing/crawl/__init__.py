"""A finished site, checked as its readers will meet it."""
