"""Situations, their koppi and their meetings in any order, against a plain model of what ought to be.

Hypothesis makes up the steps; every step is a real action, and after each of them the rows are compared with
the model, and questions of their own are put to the database: is anybody in two places at once, is anything
on its way to one whom the family does not let in. `model.py` believes, `walk.py` compares, `questions.py`
asks, and the other files take steps.
"""
