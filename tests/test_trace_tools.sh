#!/bin/sh
# test_trace_tools.sh - telar-export and telar-view as a person calls them
cd "$(dirname "$0")/.." || exit 2
bin=${BUILD:-build}/bin
trace=tests/data/fuzz_trace/format_1.trace
dir=$(mktemp -d) || exit 2
trap 'rm -rf "$dir"' EXIT
passed=0 failed=0

# Runs the rest; its status must be STATUS and WORDS must stand in what it
# says; where it could not, that is one line on standard error.
expect() { # STATUS WORDS COMMAND...
    status=$1 words=$2
    shift 2
    "$@" >"$dir/out" 2>"$dir/err" </dev/null
    got=$?
    lines=$(wc -l <"$dir/err")
    if [ "$got" = "$status" ] && [ "$lines" = $((status / 2)) ] &&
        { [ -z "$words" ] ||
            cat "$dir/out" "$dir/err" | grep -F -- "$words" >/dev/null; }; then
        passed=$((passed + 1))
    else
        failed=$((failed + 1))
        echo "status $got, wanted $status with '$words': $*"
        head -n 5 "$dir/out" "$dir/err"
    fi
}

unset TELAR_LANG LANGUAGE LC_ALL LC_MESSAGES LANG
head -c 9000 "$trace" >"$dir/short"
expect 0 'pipe_write         pipe 1, 5 bytes' "$bin/telar-export" "$trace" --to text --lang en
expect 0 'event,time_steps' "$bin/telar-export" --to csv "$trace"
expect 0 '' "$bin/telar-export" "$trace" --to csv -o "$dir/x.csv"
expect 0 '35,' cat "$dir/x.csv"
expect 0 'usage' "$bin/telar-export" --help --lang en
expect 0 'Estado de salida: 0 se mostró' "$bin/telar-view" --help --lang es
# Through the door as well, which has a build of its own to go by.
if [ "$bin" = build/bin ]; then
    expect 0 'event,time_steps' ./telar export "$trace" --to csv
    expect 0 '' ./telar view --plain "$trace"
    expect 2 'No such file' ./telar view "$dir/none" --lang en
    expect 2 'none: no existe el archivo o la carpeta' ./telar view "$dir/none" --lang es
fi
expect 0 'uso: ' "$bin/telar-view" --help
expect 0 '"traceEvents"' "$bin/telar-export" "$trace" --to chrome --lang en
expect 0 '</svg>' "$bin/telar-export" "$trace" --to svg --width 800
expect 0 'longest_wait_for' "$bin/telar-export" "$trace" --to csv --table statistics
expect 0 'stream,,0,1' "$bin/telar-export" "$trace" --to csv --table objects
expect 0 '2,11,11,child,running,4,9,' "$bin/telar-export" "$trace" --to csv --table intervals --from 4 --until 9
expect 0 '10,8,1,10' "$bin/telar-export" "$trace" --to csv --from '#10' --until '#12'
expect 2 "has no table 'x'; there are: events, intervals, statistics, objects" "$bin/telar-export" "$trace" --to csv --table x --lang en
expect 2 "no tiene una tabla 'objects'; hay: events" "$bin/telar-export" "$trace" --to svg --table objects
expect 2 '--width takes 400 to 8000' "$bin/telar-export" "$trace" --to svg --width wide --lang en
expect 2 '--from takes a time' "$bin/telar-export" "$trace" --to svg --from soon --lang en
expect 2 '--until admite un tiempo' "$bin/telar-export" "$trace" --to svg --until 3.5
expect 2 'is behind --until 3' "$bin/telar-export" "$trace" --to svg --from 9 --until 3 --lang en
expect 2 'has ended before' "$bin/telar-export" "$trace" --to svg --from 99 --lang en
expect 2 "there is no format 'pdf'" "$bin/telar-export" "$trace" --to pdf --lang en
expect 2 'export needs a trace' "$bin/telar-export" --lang en
expect 2 'export needs a trace' "$bin/telar-export" "$trace" --lang en
expect 2 'does not understand' "$bin/telar-export" "$trace" --wrong --lang en
expect 2 'does not understand' "$bin/telar-export" "$trace" more --to csv --lang en
expect 2 '--lang takes es or en' env LANG=en_US.UTF-8 "$bin/telar-export" --lang fr
expect 2 'no existe el archivo o la carpeta' "$bin/telar-export" /not/there --to csv
expect 2 'está recortada' "$bin/telar-export" "$dir/short" --to csv
expect 2 'not a trace' "$bin/telar-view" Makefile --lang en
expect 2 'no queda espacio' "$bin/telar-export" "$trace" --to csv -o /dev/full
expect 2 'no queda espacio' sh -c "'$bin/telar-export' '$trace' --to csv >/dev/full"
expect 2 'no queda espacio' sh -c "'$bin/telar-view' '$trace' >/dev/full"
expect 2 'no existe el archivo o la carpeta' "$bin/telar-export" "$trace" --to csv -o "$dir/no/x"
expect 0 '35 events, step 32, 2 tasks' "$bin/telar-view" "$trace" --plain --lang en
expect 0 'Momento: paso 5 (evento 7 de 35)' "$bin/telar-view" "$trace" --at 5
expect 0 'event 3 of 35' "$bin/telar-view" --at '#3' "$trace" --lang en
expect 0 'Momento: 500 µs (' "$bin/telar-view" tests/data/traces/convoy.trace --at 0,5ms
expect 2 "--at takes" "$bin/telar-view" "$trace" --at soon --lang en
expect 2 'view needs a trace' "$bin/telar-view" --lang en
expect 2 'does not understand' "$bin/telar-view" "$trace" --wrong --lang en
traces=tests/data/traces
expect 0 'factory is blocked most: 83.4 %' "$bin/telar-view" "$traces/factory.trace" --view charts --lang en
expect 0 'hueco mayor: 4,55 KiB' "$bin/telar-view" "$traces/heap.trace" --view charts
expect 0 'nobody is blocked' "$bin/telar-view" "$traces/heap.trace" --view charts --lang en
expect 0 'clerk#2: office.c:21: (the file is not here)' "$bin/telar-view" "$traces/convoy.trace" --view source --lang en
expect 0 'No se registraron líneas' "$bin/telar-view" "$traces/heap.trace" --view source
cp "$traces/convoy.trace" "$dir" && seq 40 >"$dir/office.c"
expect 0 'clerk#2: office.c:21: 21' "$bin/telar-view" "$dir/convoy.trace" --view source
mkdir "$dir/apart" && cp lessons/07_threads/lock_order.c "$dir/apart/start.c"
"$bin/telar-explore" "$dir/apart/start.c" --trace "$dir/start.trace" >/dev/null
expect 0 'start.c:25: MUST(pthread_mutex_lock(&two' "$bin/telar-view" "$dir/start.trace" --view source
expect 0 '  montón del proceso 101: 64 bloques, 77,9 KiB; 13 huecos' "$bin/telar-view" tests/data/traces/heap.trace --plain --at '#120' --lang es
[ "$(find "$dir" -name '*.new' | wc -l)" = 0 ] || failed=$((failed + 1))
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
