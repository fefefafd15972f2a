#!/bin/sh
# test_explorer_general.sh - what programs do that nobody here wrote
#
# The programs in tests/explorer/general, each small and for one cause, judged
# as those of test_explorer_libc.sh are.
# Usage: tests/test_explorer_general.sh [PROGRAM...]
cd "$(dirname "$0")/.." || exit 2
[ $# -gt 0 ] || set -- tests/explorer/general/*.c
exec tests/test_explorer_libc.sh "$@"
