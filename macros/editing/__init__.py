"""How editors work: what is generated for them from the one truth of fields."""
