# Sourced by the checks beside it. need_venv NAME REQUIREMENTS makes .venv/NAME hold what REQUIREMENTS pins and puts it on
# the PATH; where it cannot, it says so in one line and ends the check, which has then not failed.

did_not_run() {
  echo "$0: did not run: $1"
  exit 0
}

find_python() {
  for candidate in python3 python3.14 python3.13 python3.12 python3.11; do
    if "$candidate" -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
      echo "$candidate"
      return
    fi
  done
}

need_venv() {
  venv=.venv/$1
  if ! cmp -s "$2" "$venv/requirements.txt"; then
    python=$(find_python)
    [ -n "$python" ] || did_not_run "no Python 3.11 or later with venv"
    rm -rf "$venv"
    "$python" -m venv "$venv"
    "$venv/bin/pip" install --quiet --disable-pip-version-check --requirement "$2" ||
      did_not_run "its tools could not be had from PyPI"
    cp "$2" "$venv/requirements.txt"
  fi
  PATH="$PWD/$venv/bin:$PATH"
  export PATH SAM_CLI_TELEMETRY=0 AWS_DEFAULT_REGION=eu-central-1 PYTHONDONTWRITEBYTECODE=1
}
