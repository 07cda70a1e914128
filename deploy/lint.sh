#!/bin/sh
# Everything that make lint looks at. All of it is run, and it fails when any part does.
set -u

python=.venv/bin/python
failed=""

look() {
    name=$1
    shift
    printf '%s\n' "── $name"
    "$@" || failed="$failed $name"
}

# The typeface is cut out of its wheel; a copy of it belongs to nobody's commit.
look no-fonts sh -c '! git ls-files -- "*.ttf" "*.otf" "*.woff" "*.woff2" | grep .'
look ruff "$python" -m ruff check .
look ruff-format "$python" -m ruff format --check .
look djlint "$python" -m djlint templates --lint --quiet
look mypy "$python" -m mypy
look import-linter "$python" -c 'import sys; from importlinter.cli import lint_imports_command; sys.exit(lint_imports_command())'
look django "$python" -m perhekeskus.embedded exec -- sh deploy/lint_django.sh

if [ -n "$failed" ]; then
    printf '%s\n' "Korjattavaa:$failed"
    exit 1
fi
printf '%s\n' "Kaikki kunnossa."
