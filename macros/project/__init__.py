"""A site as a project of its own: begun by `kepu init`, brought to a new version of the generator by `kepu upgrade`."""
