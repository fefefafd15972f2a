#!/bin/sh
# test_scheduling.sh - lanes of programs that nobody prepared, by both sources
#
# What is compared are parts of what the lanes themselves show, so that a busy
# machine changes little; where it may, a run is played again.
cd "$(dirname "$0")/.." || exit 2
bin=$PWD/${BUILD:-build}/bin
box=$(mktemp -d) || exit 2
trap 'rm -rf "$box"' EXIT
trap 'exit 130' INT TERM
passed=0 failed=0
unset TELAR_ROOT TELAR_LANG LANGUAGE LC_ALL LC_MESSAGES LANG TELAR_NO_PERF
export TELAR_STATE="$box/state"

judge() { # PROMISE yes|"" WHAT_WAS_SEEN
    if [ -n "$2" ]; then
        passed=$((passed + 1))
    else
        failed=$((failed + 1))
        echo "FAILED $1: $3"
    fi
}

# Runs COMMAND and leaves its lanes in $box/lanes.
record() { # perf|samples COMMAND...
    source=$1 option=
    shift
    [ "$source" = perf ] || option=--no-perf
    # shellcheck disable=SC2086 # no word where there is none
    "$bin/telar-run" --quiet $option --trace "$box/trace" -- "$@" \
        >"$box/out" 2>&1 </dev/null &&
        "$bin/telar-export" "$box/trace" --to csv --table intervals \
            >"$box/lanes"
}

# ---- One lock for all, and none ---------------------------------------------

cat >"$box/threads.py" <<'END'
import sys
from threading import Thread
from multiprocessing import get_context
def add():
    total = 0
    for i in range(2500000):
        total += i
if __name__ == "__main__":
    Process = get_context("fork").Process
    make = Thread if sys.argv[1] == "threads" else Process
    both = [make(target=add) for _ in range(2)]
    for one in both:
        one.start()
    for one in both:
        one.join()
END

# Not one that begins fifty processes to find out which one it is.
python=$(command -v /usr/bin/python3 || command -v python3)

# The least, and the most, of a few runs.
overlap() { # SOURCE threads|processes READY
    record "$1" "$python" "$box/threads.py" "$2" &&
        awk -v READY="$3" -f tests/scheduling/overlap.awk "$box/lanes"
}

least_overlap() { # SOURCE WHAT ENOUGH
    least=100
    for _ in 1 2 3 4; do
        now=$(overlap "$1" "$2" 0)
        [ "${now:-100}" -ge "$least" ] || least=$now
        [ "$least" -gt "$3" ] || break
    done
    echo "$least"
}

most_overlap() { # SOURCE WHAT ENOUGH
    most=0
    for _ in 1 2 3 4; do
        now=$(overlap "$1" "$2" 1)
        [ "${now:-0}" -le "$most" ] || most=$now
        [ "$most" -lt "$3" ] || break
    done
    echo "$most"
}

# Threads that share a lock are never on two CPUs at once. Processes have use
# for two all the time, and get them where nobody else wants them.
for source in perf samples; do
    threads=$(least_overlap $source threads 4)
    processes=$(most_overlap $source processes 80)
    judge "two_threads_of_python_take_turns ($source)" \
        "$([ "$threads" -le 5 ] && echo yes)" "overlap $threads %"
    judge "two_processes_of_python_do_not ($source)" \
        "$([ "$processes" -ge 80 ] && echo yes)" \
        "overlap $processes %, of threads $threads %"
done

# ---- The same story ---------------------------------------------------------

cc -O1 -pthread -o "$box/story" tests/scheduling/story.c || exit 2
story() { # SOURCE
    record "$1" "$box/story" &&
        awk -v LEAST=15000000 -f tests/scheduling/lanes.awk "$box/lanes" |
        LC_ALL=C sort
}

told=' blocked running blocked running
 running blocked running sleeping blocked
 running sleeping running'
for source in perf samples; do
    for _ in 1 2 3 4; do
        heard=$(story $source)
        [ "$heard" != "$told" ] || break
    done
    judge "each_source_tells_the_same_story ($source)" \
        "$([ "$heard" = "$told" ] && echo yes)" "$heard"
done

# ---- Many short ones --------------------------------------------------------

# Of 100 processes that live for a moment, none is missed: each has its lane.
# shellcheck disable=SC2016 # for the shell that is recorded
for source in perf samples; do
    record $source sh -c 'i=0
        while [ $i -lt 100 ]; do /bin/true; i=$((i + 1)); done'
    lanes=$(awk -F, 'NR > 1 && $5 == "running" { lane[$1] } END {
        for (t in lane) n++; print n + 0 }' "$box/lanes")
    judge "no_short_process_is_missed ($source)" \
        "$([ "$lanes" = 101 ] && echo yes)" "$lanes lanes with a CPU"
done

# ---- The table --------------------------------------------------------------

head -n 1 "$box/lanes" >"$box/head"
judge intervals_have_a_heading \
    "$(grep -x 'task,pid,tid,name,what,begin_ns,end_ns,object' "$box/head")" \
    "$(cat "$box/head")"
judge intervals_of_a_task_follow_each_other \
    "$(awk -F, 'NR > 1 { if ($6 < end[$1] || $7 <= $6) bad = 1; end[$1] = $7 }
        END { if (!bad) print "yes" }' "$box/lanes")" ''
"$bin/telar-export" "$box/trace" --to csv --table nothing --lang en \
    >"$box/out" 2>"$box/err"
judge an_unknown_table_is_named \
    "$([ $? = 2 ] && grep 'no table .nothing.' "$box/err")" "$(cat "$box/err")"

echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
