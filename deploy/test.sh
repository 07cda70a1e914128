#!/bin/sh
# The tests, on servers that are running: one database is migrated, and each process of pytest copies it.
set -eu

python=.venv/bin/python
"$python" manage.py migrate --noinput --verbosity 0
# The name after the last slash, without what is asked of the connection.
name=${DATABASE_URL##*/}
TEST_TEMPLATE=${name%%\?*}
export TEST_TEMPLATE
exec "$python" -m pytest "$@"
