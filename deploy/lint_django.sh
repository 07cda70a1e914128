#!/bin/sh
# What needs Django and a database to be looked at.
set -u

python=.venv/bin/python
failed=0
"$python" manage.py check --fail-level WARNING || failed=1
"$python" manage.py makemigrations --check --dry-run || failed=1
# The linter asks the database how its tables are, so they have to be there.
"$python" manage.py migrate --noinput --verbosity 0 || failed=1
# Made before the first release, when there was no row to lock and no running version to break.
before_first_release="
    0004_handover_family_told_handover_handover_family_told
    0004_remove_consent_consent_once_per_worker_and_more
"
# shellcheck disable=SC2086 # a list of names
"$python" manage.py lintmigrations --no-cache --warnings-as-errors --quiet ok ignore \
    --ignore-initial-migrations --ignore-name-contains _initial --ignore-name $before_first_release \
    --include-apps perhekeskus network meetings plans || failed=1
"$python" manage.py state_diagrams --check || failed=1
exit $failed
