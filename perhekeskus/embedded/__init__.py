"""The servers that come along: PostgreSQL and Valkey out of their wheels, and who keeps them running."""
