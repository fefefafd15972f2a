#!/bin/sh
# test_items.sh - what goes through a program's own queues is seen in its trace
top=$(cd "$(dirname "$0")/.." && pwd) || exit 2
box=$(mktemp -d) || exit 2
trap 'rm -rf "$box"' EXIT
trap 'exit 130' INT TERM
bin=$top/build/bin
passed=0 failed=0
export TELAR_LANG=en TELAR_STATE="$box/state"

judge() { # PROMISE WANTED GOT
    if [ "$2" = "$3" ]; then
        passed=$((passed + 1))
        return
    fi
    failed=$((failed + 1))
    echo "FAILED $1: wanted $2, got $3"
}

events() { # PATTERN: how many of the trace
    "$bin/telar-export" "$box/trace" --to csv --table events | grep -c "$1"
}

record() { # WHAT COMMAND...
    what=$1
    shift
    "$bin/telar-run" --quiet --what "$what" --trace "$box/trace" -- "$@" \
        >"$box/said" 2>&1
}

view() { # VIEW LINE-PATTERN: how many such lines there are at the end
    "$bin/telar-view" --plain --view "$1" --at end "$box/trace" | grep -c "$2"
}

factory=$top/build/lessons/12_factory/factory
record threads,sync,process,io "$factory"
judge every_part_is_put_on_both_queues 96 "$(events ',put,queue,')"
judge every_part_is_taken_from_both 96 "$(events ',get,queue,')"
judge both_are_closed 2 "$(events ',queue_close,queue,')"
judge queues_have_names 1 "$(view factory '^  dock: .* 48 .* 48')"
judge all_that_is_said_fits 0 "$(view factory ' not fit')"
judge a_full_queue_is_found 1 "$(view factory 'queue full: dock')"
judge nobody_is_called_greedy 0 "$(view factory 'coroutine')"

record process "$top/build/lessons/12_factory/one_desk" assembler
judge they_are_kept_without_locks 100 "$(events ',put,queue,')"
judge and_locks_are_not 0 "$(events ',lock_acquire,')"
record sleep "$top/build/lessons/12_factory/one_desk" assembler
judge who_is_not_asked_keeps_silent 0 "$(events ',queue,')"

# Three go in; the fourth is wanted, and wanted again behind the sleep begun.
record sync timeout -s KILL 1 "$top/build/lessons/12_factory/joins_first" 4
judge who_sleeps_waits_for_the_queue 2 "$(events ',put_request,queue,.*item,4,')"

echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
