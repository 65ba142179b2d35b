#!/usr/bin/env bash
# Runs all tests and fails when fewer ran than Tests/floor.txt says: a filter or a lost target must not look green.
set -euo pipefail
output=$(mktemp)
trap 'rm -f "$output"' EXIT
swift test --skip-build --disable-xctest --no-parallel 2>&1 | tee "$output"
ran=$(sed -nE 's/.*Test run with ([0-9]+) tests.*passed.*/\1/p' "$output" | tail -n 1)
floor=$(cat Tests/floor.txt)
if [ "${ran:-0}" -lt "$floor" ]; then
  echo "only ${ran:-0} tests ran, the floor is $floor" >&2
  exit 1
fi
