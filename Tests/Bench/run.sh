#!/usr/bin/env bash
# run.sh FOLDER-OF-BINARIES: measures Mintmark beside its peers on this machine, in one run.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
binaries=$(cd "$1" && pwd)
venv=$(cd "$here/../.." && pwd)/.build/bench-venv
if ! command -v expect >/dev/null; then
  sudo=$([ "$(id -u)" -eq 0 ] || echo sudo)
  $sudo apt-get install -q -y --no-install-recommends expect || { sleep 5; $sudo apt-get update -q; $sudo apt-get install -q -y expect; }
fi
[ -x "$venv/bin/python" ] || python3 -m venv "$venv"
"$venv/bin/pip" install -q --disable-pip-version-check -r "$here/peers/requirements.txt" || {
  sleep 5
  "$venv/bin/pip" install -q --disable-pip-version-check -r "$here/peers/requirements.txt"
}
"$venv/bin/python" "$here/bench.py" "$binaries"
exec "$venv/bin/python" "$here/ledger.py" "$binaries"
