#!/bin/sh
# What needs Django and a database to be looked at.
set -u

python=.venv/bin/python
failed=0
"$python" manage.py check --fail-level WARNING || failed=1
"$python" manage.py makemigrations --check --dry-run || failed=1
# 0010 takes away a column that 0009 has emptied: no version that reads it was ever in use beside another.
# 0016 makes GIN indexes on a table of its own, empty; the linter knows a new table only before a plain index.
# The squashed ones make tables anew, in an empty database.
# The others make indexes on tables that hold some thousands of rows at most: the lock is over in a moment.
excused="0010_team_of_area 0016_directory_texts 0006_participation_of_all_kinds 0008_absence_substitute
    0019_invitation_to_everybody 0023_consultation_indexes 0002_squashed_0023_consultation_indexes"
# The linter asks the database how its tables are, so they have to be there.
"$python" manage.py migrate --noinput --verbosity 0 || failed=1
# shellcheck disable=SC2086 # a list of names
"$python" manage.py lintmigrations --no-cache --warnings-as-errors --quiet ok ignore \
    --ignore-initial-migrations --ignore-name-contains _initial \
    --ignore-name $excused \
    --include-apps perhekeskus network meetings plans || failed=1
"$python" manage.py state_diagrams --check || failed=1
exit $failed
