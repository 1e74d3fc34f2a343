#!/usr/bin/env bash
# Plays a lab scenario under another kernel than this machine's: Linux as a process (User Mode Linux), which has 802.1Q,
# veth, bridges and namespaces, with this machine's files as its own. For machines whose kernel lacks what a scenario needs.
#
#   apt-get install user-mode-linux     (about 41 MB; UML_ROOT names where it was unpacked otherwise)
#   ./mesh build && lab/guest/run.sh networks
#
# One processor at a fraction of the speed. The result is target/lab/SCENARIO.json as always.
set -euo pipefail
ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
UML=${UML_ROOT:-}/usr/bin/linux.uml
SCENARIO=${1:?usage: lab/guest/run.sh SCENARIO [OPTION ...]}
fail() { printf 'guest: %s\n' "$*" >&2; exit 2; }
[ "$(id -u)" = 0 ] || fail "the lab makes network namespaces and needs root, here too"
[ -x "$UML" ] || fail "$UML is missing: apt-get install user-mode-linux, or unpack the package and set UML_ROOT"
[ -e "$ROOT/lab/target/pxemesh-lab.jar" ] || fail "nothing is built yet: ./mesh build"
[ -x "${JAVA_HOME:-}/bin/java" ] || fail "set JAVA_HOME to a JDK 25"

STATUS=$(mktemp)
trap 'rm -f "$STATUS"' EXIT
# Its memory is a file that is mapped: on a tmpfs, and not on the disk.
TMPDIR=/dev/shm "$UML" mem="${GUEST_MEMORY:-6144M}" root=/dev/root rootfstype=hostfs rootflags=/ rw \
  con=null con0=null,fd:1 quiet init="$ROOT/lab/guest/init.sh" \
  GUEST_ROOT="$ROOT" GUEST_JAVA="$JAVA_HOME" GUEST_MODULES="${UML_ROOT:-}/usr/lib/uml/modules" \
  GUEST_STATUS="$STATUS" GUEST_COMMAND="$*" </dev/null
[ -s "$STATUS" ] || fail "the guest ended before the scenario did: is GUEST_MEMORY (6144M unless said otherwise) enough?"
exit "$(cat "$STATUS")"
