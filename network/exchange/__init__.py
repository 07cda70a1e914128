"""The directory as files: read, compared with what there is, taken in; and written out."""
