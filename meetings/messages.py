"""The letters of this floor."""
