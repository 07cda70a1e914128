"""Measurements of ratios: ours and a reference in turns, on the same data, their answers compared first."""
