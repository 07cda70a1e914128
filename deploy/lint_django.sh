#!/bin/sh
# What needs Django and a database to be looked at.
set -u

python=.venv/bin/python
failed=0
"$python" manage.py check --fail-level WARNING || failed=1
"$python" manage.py makemigrations --check --dry-run || failed=1
# The services pause while they are brought up to date (docs/operations.md), so no table is read or written while
# an index of it is made: its lock harms nobody. Excused by name:
# - 0010_team_of_area: a column goes only with a version of its own, and this one takes away what 0009 has emptied.
# - 0006_participation_of_all_kinds: makes its constraints on a table that was small then.
# - 0029_star_in_whose_words: columns that are never null. The older code, which knows nothing of them, writes no
#   star meanwhile: the services pause.
# - 0007_drafts_half_written: the places that it makes unique have been numbered in order from the first plan on.
# - 0009_copy_methods: what it makes unique was unique already by fewer columns.
# - 0015_measures_carried: what it makes unique are tables that it makes itself, still empty.
# - 0040_adoption_and_populations: what it makes unique are tables and columns that it makes itself, still empty.
# - 0042_tallies_kept, 0047_tallies_kept: what they drop were counts, counted anew from the rows into the table of
#   all numbers. Columns that are never null: the database fills them.
# - 0048_tallies_lighter: what it drops stands on the meetings by then.
# - 0049_tallies_by_column: what it drops stands in a table of its own by then.
# - the squashed ones: they make tables anew, in an empty database.
excused="0010_team_of_area 0006_participation_of_all_kinds 0029_star_in_whose_words
    0007_drafts_half_written 0009_copy_methods 0015_measures_carried
    0040_adoption_and_populations 0042_tallies_kept 0047_tallies_kept 0048_tallies_lighter
    0049_tallies_by_column
    0002_squashed_0038_plainer_words 0001_squashed_0043_plainer_words
    0001_squashed_0007_drafts_half_written"
locks="CREATE_INDEX CREATE_INDEX_EXCLUSIVE DROP_INDEX"
# The linter asks the database how its tables are, so they have to be there.
"$python" manage.py migrate --noinput --verbosity 0 || failed=1
# shellcheck disable=SC2086 # lists of names
"$python" manage.py lintmigrations --no-cache --warnings-as-errors --quiet ok ignore \
    --ignore-initial-migrations --ignore-name-contains _initial \
    --ignore-name $excused \
    --exclude-migration-tests $locks \
    --include-apps perhekeskus network meetings plans || failed=1
"$python" manage.py state_diagrams --check || failed=1
exit $failed
