# Sourced by the checks beside it. need_venv NAME REQUIREMENTS [VERSION] makes .venv/NAME hold what REQUIREMENTS pins and puts it
# on the PATH; where it cannot, it says so in one line and ends the check, which has then not failed. VERSION is the one
# version of Python that will do, such as 3.13; any from 3.11 on does where there is none.

did_not_run() {
  echo "$0: did not run: $1"
  exit 0
}

find_python() {
  if [ -n "$1" ]; then
    has_version="sys.version_info[:2] != ($(echo "$1" | tr . ,))"
    set -- "python$1" python3 "${PYENV_ROOT:-$HOME/.pyenv}/versions/$1".*/bin/python3 "$(uv python find --no-python-downloads "$1" 2>/dev/null)"
  else
    has_version="sys.version_info < (3, 11)"
    set -- python3 python3.14 python3.13 python3.12 python3.11
  fi
  for candidate in "$@"; do
    if [ -n "$candidate" ] && "$candidate" -c "import sys, venv, ensurepip; sys.exit($has_version)" 2>/dev/null; then
      echo "$candidate"
      return
    fi
  done
}

need_venv() {
  venv=.venv/$1
  if ! cmp -s "$2" "$venv/requirements.txt"; then
    python=$(find_python "${3:-}")
    [ -n "$python" ] || did_not_run "no Python ${3:-3.11 or later} with venv"
    rm -rf "$venv"
    "$python" -m venv "$venv"
    "$venv/bin/pip" install --quiet --disable-pip-version-check --requirement "$2" ||
      did_not_run "its tools could not be had from PyPI"
    cp "$2" "$venv/requirements.txt"
  fi
  PATH="$PWD/$venv/bin:$PATH"
  export PATH SAM_CLI_TELEMETRY=0 AWS_DEFAULT_REGION=eu-central-1 PYTHONDONTWRITEBYTECODE=1
}
