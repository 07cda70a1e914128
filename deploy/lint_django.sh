#!/bin/sh
# What needs Django and a database to be looked at.
set -u

python=.venv/bin/python
failed=0
"$python" manage.py check --fail-level WARNING || failed=1
"$python" manage.py makemigrations --check --dry-run || failed=1
"$python" manage.py lintmigrations --no-cache --warnings-as-errors || failed=1
"$python" manage.py state_diagrams --check || failed=1
exit $failed
