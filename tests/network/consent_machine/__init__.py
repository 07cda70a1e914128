"""Permissions, invitations, answers and messages in any order, against a plain model of what ought to be.

Hypothesis makes up the steps; every step is a real action or a raw statement in the database, and after each
of them the rows are compared with the model. `model.py` believes, `walk.py` compares, the others take steps.
"""
