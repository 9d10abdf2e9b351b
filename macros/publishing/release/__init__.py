"""A finished site goes out: inventory, headers, releases side by side, and back."""
