"""The wings joined over one project: configuration, git, a session over the records, the build, and the door to MkDocs."""
