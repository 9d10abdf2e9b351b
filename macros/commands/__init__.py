"""Commands of `kepu` in groups; they read and write files and leave the thinking to the wings below."""
