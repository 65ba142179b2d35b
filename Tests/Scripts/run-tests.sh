#!/usr/bin/env bash
# Runs all tests and says at the end what failed. It fails too when fewer ran than Tests/floor.txt says:
# a filter or a lost target must not look green.
set -uo pipefail
output=$(mktemp)
trap 'rm -f "$output"' EXIT
swift test --skip-build --disable-xctest --no-parallel 2>&1 | tee "$output"
status=$?
if [ "$status" -ne 0 ]; then
  printf '\nWhat failed:\n' >&2
  grep -A 12 -E '^✘.*recorded an issue|Fatal error|error: ' "$output" | grep -vE '^[✔◇]' | cut -c 1-600 | head -n 120 >&2
  exit "$status"
fi
ran=$(sed -nE 's/.*Test run with ([0-9]+) tests.*passed.*/\1/p' "$output" | tail -n 1)
floor=$(cat Tests/floor.txt)
if [ "${ran:-0}" -lt "$floor" ]; then
  echo "only ${ran:-0} tests ran, the floor is $floor" >&2
  exit 1
fi
