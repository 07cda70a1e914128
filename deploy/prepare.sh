#!/bin/sh
# Make .venv and what it needs, as far as it is missing: prepare.sh base|dev [browser], in the project's folder.
set -eu

kind=$1
browser=${2:-}
native="libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fontconfig"

# Two starts at once on one checkout: the second waits here for the first one's .venv.
exec 9<requirements
if command -v flock >/dev/null 2>&1; then flock 9; fi

say() { printf '%s\n' "$*"; }

find_python() {
    for name in python3 python3.14 python3.13 python3.12 python3.11 python; do
        if command -v "$name" >/dev/null 2>&1 \
            && "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
            printf '%s' "$name"
            return
        fi
    done
    say "Tarvitaan Python 3.11 tai uudempi: sudo apt-get install -y python3 python3-venv" >&2
    return 1
}

# Install Debian packages as root or by a sudo that asks nothing; false when neither is possible.
apt_install() {
    command -v apt-get >/dev/null 2>&1 || return 1
    if [ "$(id -u)" = 0 ]; then
        as_root="env"
    elif command -v sudo >/dev/null 2>&1 && sudo -n true 2>/dev/null; then
        as_root="sudo -n env"
    else
        return 1
    fi
    say "Asennetaan: $*"
    {
        $as_root apt-get update -qq \
            && $as_root DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@"
    } >/dev/null </dev/null
}

has_native_libraries() {
    "$python" - <<'END' 2>/dev/null
import ctypes
import pathlib

for name in ("libpango-1.0.so.0", "libpangoft2-1.0.so.0", "libharfbuzz-subset.so.0", "libfontconfig.so.1"):
    ctypes.CDLL(name)
assert pathlib.Path("/etc/fonts/fonts.conf").exists()
END
}

has_browser() {
    command -v chromium >/dev/null 2>&1 || command -v chromium-browser >/dev/null 2>&1
}

make_venv() {
    rm -rf .venv
    if "$python" -c 'import ensurepip' 2>/dev/null; then
        "$python" -m venv .venv
    elif "$python" -m pip --version >/dev/null 2>&1; then
        # Debian keeps ensurepip in a package of its own; the system's pip can serve the new .venv as well.
        "$python" -m venv --without-pip .venv
    elif apt_install python3-venv; then
        "$python" -m venv .venv
    else
        say "Pythonin venv puuttuu. Aja tämä ja yritä uudelleen: sudo apt-get install -y python3-venv" >&2
        return 1
    fi
}

pip_install() {
    if .venv/bin/python -c 'import pip' 2>/dev/null; then
        set -- .venv/bin/python -m pip install "$@"
    else
        set -- "$python" -m pip --python .venv/bin/python install "$@"
    fi
    "$@" --quiet --no-input --disable-pip-version-check
}

hash_of() { sha256sum "$1" | cut -c1-20; }

python=$(find_python)

if ! has_native_libraries; then
    # shellcheck disable=SC2086 # a list of packages
    if ! apt_install $native || ! has_native_libraries; then
        say "Kirjastoja puuttuu. Aja tämä ja yritä uudelleen: sudo apt-get install -y $native" >&2
        exit 1
    fi
fi

if ! .venv/bin/python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
    say "Tehdään .venv …"
    make_venv
fi

base_stamp=.venv/base-$(hash_of requirements/base.txt)
stamp=.venv/$kind-$(hash_of "requirements/$kind.txt")
if ! [ -e "$stamp" ] || ! [ -e "$base_stamp" ]; then
    say "Asennetaan Python-paketit (ensimmäisellä kerralla se vie minuutin tai pari) …"
    rm -f .venv/base-* ".venv/$kind"-*
    pip_install --require-hashes -r "requirements/$kind.txt"
    touch "$stamp" "$base_stamp"
fi

if [ "$browser" = browser ]; then
    # Without these the tests that need them are skipped and say so.
    has_browser || apt_install chromium || say "Chromium puuttuu: selaintestit jäävät väliin. sudo apt-get install -y chromium"
    command -v pdftotext >/dev/null 2>&1 || apt_install poppler-utils \
        || say "pdftotext puuttuu: osa paperin testeistä jää väliin. sudo apt-get install -y poppler-utils"
fi
