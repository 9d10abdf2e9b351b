"""Other makers of sites, given the same records: what they are made to build, and where their programs are."""
