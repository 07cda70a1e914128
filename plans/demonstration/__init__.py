"""The demonstration's data: real places, invented people, families in every stage of the thread."""
