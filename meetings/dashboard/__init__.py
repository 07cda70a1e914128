"""The coordinator's dashboard: what may be told of the counts, and the facts of each of its pages."""
