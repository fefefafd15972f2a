#!/bin/sh
# test_explored.sh - a lab whose promises are judged by the explorer, as a
# student would have it graded and as a hostile program would attack it.
# Usage: tests/test_explored.sh [CASE...]    a case is a function case_... below,
# or bad_NAME for tests/data/explored/bad/NAME.c
cd "$(dirname "$0")/.." || exit 2
: "${BUILD:=build}" "${CC:=gcc}"
root=$PWD
data=$root/tests/data/explored
check=$root/$BUILD/bin/telar-check
[ "$(uname -m)" = x86_64 ] || {
    echo "objects are checked on x86-64 only: 1 passed, 0 failed"
    exit 0
}

# ---- The house of a case ----------------------------------------------------

build_house() { # HOUSE
    lab=$1/root/tests/labs/00_pot
    mkdir -p "$1/root/lessons" "$1/root/build/labs" "$1/root/labs/00_pot" \
        "$1/root/solutions/00_pot" "$lab/starter" "$1/tmp" || return 1
    touch "$1/root/Makefile"
    ln -s "$root/tools" "$1/root/tools" && ln -s "$root/runtime" "$1/root/runtime"
    cp -r "$data/harness" "$lab/" && cp "$data"/starter/* "$lab/starter/" &&
        cp "$data"/starter/* "$data"/given/* "$1/root/labs/00_pot/" &&
        cp "$data"/solution/* "$data"/given/* "$1/root/solutions/00_pot/"
}

# The libraries are those of the project's own suites.
build_suite() { # HOUSE
    libs=$(sed -n 's/^telar_libs := //p' Makefile)
    # shellcheck disable=SC2086 # several words
    $CC -std=c11 -D_GNU_SOURCE -g -I. -pthread -o "$1/root/build/labs/00_pot" \
        "$data/00_pot.c" "$BUILD/lib/libgrader.a" "$BUILD/lib/libcourse.a" \
        "$BUILD/lib/libruntime.a" -lcheck_pic -lsubunit -lrt $libs
}

use_house() { # HOUSE
    house=$1
    TELAR_ROOT=$house/root TELAR_STATE=$house/state TMPDIR=$house/tmp
    TELAR_LANG=en TERM=dumb
    export TELAR_ROOT TELAR_STATE TMPDIR TELAR_LANG TERM
    mine=$TELAR_ROOT/labs/00_pot/pot.c
    said=$house/said
    cd "$TELAR_ROOT" || exit 2
}

# ---- Promises ---------------------------------------------------------------

bad() { # MESSAGE: the case failed
    echo "$name: $1"
    [ -f "$said" ] && cut -c 1-300 "$said" | head -n 45 | sed 's/^/    /'
    exit 1
}

exits() { # STATUS COMMAND...
    wanted=$1
    shift
    "$@" >"$said" 2>&1 </dev/null
    got=$?
    [ "$got" = "$wanted" ] || bad "exit status $got, not $wanted: $*"
}

says() { # REGEX
    grep -qaE -e "$1" "$said" || bad "it does not say: $1"
}

leaves_nothing() {
    left=$(ls -A "$TMPDIR")
    [ -z "$left" ] || bad "left in TMPDIR: $left"
}

# ---- Cases ------------------------------------------------------------------

case_solution_is_proved() {
    exits 0 "$check" check --from solutions
    says '10 of 10 points'
    says 'isolation: .*objects checked'
}

case_starter_is_told_the_race() {
    exits 1 "$check" check
    says '^  0 of 10 points'
    says 'data race'
    says 'pot.c:8'
    says 'count \+= coins;'
    says 'telar explore tests/labs/00_pot/harness/two_puts.c labs/00_pot/pot.c'
    says 'telar play tests/labs/00_pot/harness/two_puts.c'
    says "replay '1:"
    exits 1 "$check" check --lang es
    says 'carrera de datos'
    says 'debía cumplirse en toda intercalación'
}

# What the student is told to type tells the same failure.
case_the_replay_is_at_home_in_the_students_own_build() {
    exits 1 "$check" check --only pot_loses_nothing
    command=$(tr -d '\n' <"$said" |
        sed -n "s/.*see it: *\.\/telar explore \(.*'\) *play it.*/\1/p")
    [ -n "$command" ] || bad "no command"
    eval "set -- $command"
    mkdir -p "$house/root/build/bin"
    ln -s "$root/$BUILD/bin/telar-view" "$house/root/build/bin/"
    exits 1 "$root/$BUILD/bin/telar-explore" "$@"
    says 'data race'
    says 'failure.trace: [0-9]+ events' # as the visualizer says it in words
}

case_json_says_the_same() {
    exits 1 "$check" check --format json
    says '"verdict": "broken"'
    says 'data race'
}

case_from_another_folder() {
    mkdir -p "$house/class/00_pot" && cp "$mine" "$house/class/00_pot/"
    exits 1 "$check" check --from "$house/class"
    says "$house/class/00_pot/pot.c --cflags '-std=c11"
}

case_no_explorer_is_not_the_students_fault() {
    mkdir -p "$house/other/bin" "$house/other/labs"
    cp "$check" "$house/other/bin/"
    exits 2 "$house/other/bin/telar-check" check
    says 'run make'
}

case_a_broken_harness_is_not_the_students_fault() {
    echo '#error broken' >>"$TELAR_ROOT/tests/labs/00_pot/harness/two_puts.c"
    exits 2 "$check" check --from solutions
    says 'not your fault'
}

case_a_user_without_rights_can_grade() {
    [ "$(id -u)" = 0 ] || return 0
    # Where the project lies in a closed home, nobody else can use it at all.
    setpriv --reuid 65534 --regid 65534 --clear-groups \
        test -x "$root/$BUILD/bin/telar-explore" 2>/dev/null || return 0
    chown -R 65534:65534 "$house"
    exits 0 setpriv --reuid 65534 --regid 65534 --clear-groups \
        "$check" check --from solutions
}

case_a_closed_home_is_no_obstacle() {
    chmod 700 "$TELAR_ROOT"
    exits 0 "$check" check --from solutions
    [ "$(id -u)" != 0 ] || says 'uid [1-9]'
}

# Every program in bad/ is refused by pot_loses_nothing, or pot_gives_when_full,
# for the reason in its first line.
bad_program() { # PROGRAM
    cp "$data/bad/$1.c" "$mine"
    wanted_words=$(sed -n '1s,^// expect: ,,p' "$mine")
    exits 1 "$check" check --format json
    [ "$1" = if_for_while ] || says '^      "earned": 0,$'
    says '"verdict": "broken"'
    says "$wanted_words"
    leaves_nothing
}

# ---- Running them -----------------------------------------------------------

if [ "$1" = --case ]; then # HOUSE NAME
    name=$3
    mkdir -p "$2.$name" && cp -a "$2/." "$2.$name/" || exit 2
    use_house "$2.$name"
    case $name in
    bad_*) bad_program "${name#bad_}" ;;
    *) "$name" ;;
    esac
    leaves_nothing
    echo ok
    exit 0
fi

all_cases() {
    sed -n 's/^\(case_[a-z_0-9]*\)() {.*/\1/p' "$root/tests/test_explored.sh"
    for program in "$data"/bad/*.c; do
        echo "bad_$(basename "$program" .c)"
    done
}

top=$(mktemp -d) || exit 2
trap 'rm -rf "$top"' EXIT
chmod 711 "$top"
if ! build_house "$top/house" || ! build_suite "$top/house"; then
    echo "the lab of this test cannot be built"
    exit 1
fi
if [ $# -gt 0 ]; then printf '%s\n' "$@"; else all_cases; fi >"$top/cases"
xargs -P "$(nproc)" -n 1 "$root/tests/test_explored.sh" --case \
    "$top/house" <"$top/cases" >"$top/log" 2>&1
grep -av '^ok$' "$top/log"
passed=$(grep -ac '^ok$' "$top/log")
failed=$(($(wc -l <"$top/cases") - passed))
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
