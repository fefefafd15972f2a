#!/bin/sh
# test_heap.sh - the blocks that a program manages itself are seen in its trace
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

events() { # KIND BYTES: how many of the trace
    "$bin/telar-export" "$box/trace" --to csv --table events |
        grep -c "$1.*$2"
}

record() { # WHAT COMMAND...
    what=$1
    shift
    "$bin/telar-run" --quiet --what "$what" --trace "$box/trace" -- "$@" \
        >"$box/said" 2>&1
}

record memory "$top/build/lessons/04_heap/holes"
judge the_arena_says_its_blocks 192 "$(events alloc ',512,')"
judge and_when_they_are_freed 128 "$(events free ',0,')"
record process "$top/build/lessons/04_heap/holes"
judge they_are_kept_without_those_of_malloc 192 "$(events alloc '')"
record sleep "$top/build/lessons/04_heap/holes"
judge who_is_not_asked_keeps_silent 0 "$(events alloc '')"
"$top/build/lessons/04_heap/holes" >"$box/alone" 2>&1
judge it_says_the_same_alone "$(cat "$box/said")" "$(cat "$box/alone")"

# What the student has at hand: without the runtime.
cc -D_GNU_SOURCE -std=c11 -Wall -Wextra -Werror -O1 -o "$box/try" \
    "$top"/solutions/04_heap/*.c -ldl || failed=$((failed + 1))
judge try_heap_prints_what_it_plays "12" \
    "$("$box/try" --print short | grep -c '^[arf] ')"
"$box/try" --print binary >"$box/load"
judge a_load_in_text_is_the_same_load "$("$box/try" binary | sed 's/^[^ ]* *//')" \
    "$("$box/try" "$box/load" | sed 's/^[^ ]* *//')"
printf 'a 0 10\nf 1\n' >"$box/load"
"$box/try" "$box/load" >"$box/said" 2>&1
judge a_wrong_line_is_told_by_its_number "2 $box/load:2: expected a ID SIZE, r ID SIZE or f ID" \
    "$? $(cat "$box/said")"
record memory "$box/try" short
judge the_blocks_of_a_lab_are_seen 6 "$(events alloc ',\(2040\|4010\|48\|4072\|4000\|4070\),')"

echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
