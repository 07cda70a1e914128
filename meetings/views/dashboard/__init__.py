"""The pages of the coordinator's dashboard, all in one frame."""
