#!/bin/sh
# test_grader.sh - telar-check on a small lab of its own, as a student would
# drive it and as a hostile program would attack it.
# Usage: tests/test_grader.sh [CASE...]      a case is a function case_... below
cd "$(dirname "$0")/.." || exit 2
: "${BUILD:=build}" "${CC:=gcc}"
root=$PWD
data=$root/tests/data/grader
check=$root/$BUILD/bin/telar-check

# ---- The house of a case ----------------------------------------------------

# A project of its own, with one lab, in $house; everything that a grading makes
# stays below it.
build_house() { # HOUSE
    lab=$1/root/tests/labs/00_sum
    mkdir -p "$1/root/lessons" "$1/root/build/labs" "$1/root/labs/00_sum" \
        "$1/root/solutions/00_sum" "$lab/starter" "$1/tmp" || return 1
    touch "$1/root/Makefile"
    ln -s "$root/tools" "$1/root/tools"
    cp "$data/worker.c" "$lab/" && cp "$data"/starter/* "$lab/starter/" &&
        cp "$data"/starter/* "$data"/given/* "$data"/hints/* \
            "$1/root/labs/00_sum/" &&
        cp "$data"/solution/* "$data"/given/* "$1/root/solutions/00_sum/"
}

# The libraries are those of the project's own suites.
build_suite() { # HOUSE
    libs=$(sed -n 's/^telar_libs := //p' Makefile)
    # shellcheck disable=SC2086 # several words
    $CC -std=c11 -D_GNU_SOURCE -g -I. -pthread -o "$1/root/build/labs/00_sum" \
        "$data/00_sum.c" "$BUILD/lib/libgrader.a" "$BUILD/lib/libcourse.a" \
        "$BUILD/lib/libruntime.a" -lcheck_pic -lsubunit -lrt $libs
}

use_house() { # HOUSE
    house=$1
    TELAR_ROOT=$house/root TELAR_STATE=$house/state TMPDIR=$house/tmp
    TELAR_LANG=en TERM=dumb
    export TELAR_ROOT TELAR_STATE TMPDIR TELAR_LANG TERM
    mine=$TELAR_ROOT/labs/00_sum/sum.c
    said=$house/said
    cd "$TELAR_ROOT" || exit 2
}

# ---- Promises ---------------------------------------------------------------

bad() { # MESSAGE: the case failed
    echo "$name: $1"
    [ -f "$said" ] && cut -c 1-200 "$said" | head -n 45 | sed 's/^/    /'
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

is_silent_about() { # REGEX
    ! grep -qaE -e "$1" "$said" || bad "it says: $1"
}

# Workers' programs lie in TMPDIR: whatever runs one was started by a grading.
workers_running() { # PATTERN below TMPDIR
    find /proc -maxdepth 2 -name exe -lname "*$TMPDIR/$1" 2>/dev/null | grep -q .
}

leaves_nothing() {
    ! workers_running '*' || bad "a process was left behind"
    left=$(ls -A "$TMPDIR")
    [ -z "$left" ] || bad "left in TMPDIR: $left"
}

# ---- Cases ------------------------------------------------------------------

case_solution_earns_all() {
    exits 0 "$check" check --from solutions
    says '10 of 10 points'
    says 'isolation: .*rlimits'
    [ ! -e "$TELAR_STATE" ] || bad "a result of other people's files is kept"
}

case_starter_earns_none_and_is_kept() {
    exits 1 "$check" check
    says '^  0 of 10 points'
    says 'add\(-?[0-9]+, -?[0-9]+\) should be'
    says 'replay: ./telar check 00 --only add_gives_the_sum --seed [0-9]+'
    says 'read: .*man 3 labs, ./telar lesson 00 --step functions'
    grep -q '"earned": 0' "$TELAR_STATE/labs/00_sum.json" || bad "not kept"
    exits 0 "$check" list
    says '00_sum +0/10'
}

case_speaks_spanish_and_english() {
    exits 1 "$check" check sum --lang es
    says 'debía dar'
    says 'básico 0/5'
    exits 1 "$check" check 0 --lang=en
    says 'basic 0/5'
}

case_one_promise_with_one_seed() {
    exits 1 "$check" check 00 --only add_gives_the_sum --seed 5
    says '0 of 5 points'
    cp "$said" "$house/first"
    exits 1 "$check" check 00 --only add_gives_the_sum --seed 5
    grep -v isolation "$house/first" >"$house/a"
    grep -v isolation "$said" | cmp -s - "$house/a" ||
        bad "the same seed gives another result"
    [ ! -e "$TELAR_STATE/labs" ] || bad "a part is kept as if it were all"
}

case_json_is_json() {
    exits 1 "$check" check --format json -o "$house/result.json"
    [ ! -s "$said" ] || bad "it prints beside -o"
    cp "$house/result.json" "$said"
    says '"format": "telar-check 1"'
    says '"verdict": "broken"'
    command -v jq >/dev/null || return 0
    jq -e '.labs[0].promises | length == 3' "$said" >/dev/null || bad "jq"
    exits 2 "$check" check --format json -o "$house/no/such/folder"
}

case_wrong_words_are_named() {
    exits 2 "$check" check nolab
    says 'no lab "nolab"'
    says '00_sum'
    exits 2 "$check" check 00 --only nothing
    says 'reading_goes_on'
    exits 2 "$check" check --bogus
    exits 2 "$check" check --seed x
    exits 2 "$check" check --format xml
    exits 2 "$check" check --from "$house/nowhere"
    says 'there is no folder .*/nowhere'
    exits 2 "$check" check --lang fr
    says 'es or en, not fr'
    exits 2 "$check" hint
    exits 0 "$check" --help
    leaves_nothing
}

case_only_files_are_taken() {
    rm "$mine"
    exits 1 "$check" check
    says 'labs/00_sum/sum.c: it is not there'
    says 'telar reset 00'
    mkdir "$mine"
    exits 1 "$check" check
    says 'not a regular file'
    rmdir "$mine" && mkfifo "$mine"
    exits 1 "$check" check
    says 'not a regular file'
    rm "$mine" && ln -s "$TELAR_ROOT/solutions/00_sum/sum.c" "$mine"
    exits 1 "$check" check
    says 'symbolic link'
    rm "$mine" && : >"$mine"
    exits 1 "$check" check
    says 'it is empty'
    printf '\377\376i\0n\0t\0' >"$mine"
    exits 1 "$check" check
    says 'not plain text .save it as UTF-8.'
    head -c 1100000 /dev/zero | tr '\0' '\n' >"$mine"
    exits 1 "$check" check
    says 'larger than 1 MiB'
    rm -r "$TELAR_ROOT/labs/00_sum" && mkdir "$TELAR_ROOT/labs/00_sum"
    exits 1 "$check" check
    leaves_nothing
}

# The submission's header and Makefile are not the ones that count.
case_given_files_are_ours() {
    cp "$data/solution/sum.c" "$mine"
    echo '#error not this one' >"$TELAR_ROOT/labs/00_sum/sum.h"
    echo 'all: ; touch made' >"$TELAR_ROOT/labs/00_sum/Makefile"
    exits 0 "$check" check
    [ ! -e made ] || bad "its Makefile was used"
}

case_compiler_is_quoted_with_the_students_path() {
    cp "$data/bad/does_not_compile.c" "$mine"
    exits 1 "$check" check
    says 'labs/00_sum/sum.c:8:5: error: .undeclared'
    says 'does not compile'
    is_silent_about "$TMPDIR"
}

case_what_a_student_prints_does_nothing_to_the_terminal() {
    cp "$data/bad/lies_in_escape_sequences.c" "$mine"
    exits 1 "$check" check
    says '.x1b.2J.*10 of 10'
    is_silent_about "$(printf '\033')"
}

case_no_compiler_is_told() {
    mkdir "$house/empty"
    exits 2 env PATH="$house/empty" "$check" check
    says 'no C compiler'
    leaves_nothing
}

case_broken_lab_is_not_the_students_fault() {
    echo '#error a bad adapter' >>"$TELAR_ROOT/tests/labs/00_sum/worker.c"
    exits 2 "$check" check
    says 'not your fault'
    printf '#!/bin/sh\nexit 0\n' >"$TELAR_ROOT/build/labs/00_sum"
    exits 2 "$check" check
    says 'does not describe itself'
    rm "$TELAR_ROOT/build/labs/00_sum"
    exits 2 "$check" check
    says 'run make'
    leaves_nothing
}

# A suite that tries nothing, or says more than it tried, gives no points.
case_no_record_is_no_pass() {
    suite=$TELAR_ROOT/build/labs/00_sum
    mv "$suite" "$suite.real"
    # shellcheck disable=SC2016 # the stand-in expands it
    printf '#!/bin/sh\n[ "$1" = --describe ] && exec "%s" --describe\nexit 0\n' \
        "$suite.real" >"$suite"
    chmod +x "$suite"
    exits 2 "$check" check --from solutions
    says 'got no verdict'
    says '0 of 10 points'
}

case_a_slip_of_the_pen_is_told_in_a_line() {
    exits 2 "$check" check sun
    says '^telar: there is no lab "sun"; did you mean 00_sum. There are: 00_sum$'
    exits 2 "$check" check ""
    says '^telar: there is no lab ""; there are: 00_sum$'
    exits 2 "$check" check --seed abc
    says '^telar: --seed does not take "abc"'
    exits 2 "$check" check --lang es --only
    says '^telar: a --only le falta un valor'
    exits 2 "$check" check --fast
    says '^telar: what is "--fast"?'
}

case_what_is_not_written_is_told() {
    for verb in 'hint 00' 'check --list' 'check --help'; do
        exits 2 sh -c "$check $verb >/dev/full"
        says '^telar: could not write standard output: No space left'
    done
}

case_no_solution_can_be_included() {
    [ -n "${TELAR_NO_NAMESPACE-}" ] && return 0
    printf '#include "%s"\n' "$TELAR_ROOT/solutions/00_sum/sum.c" >"$mine"
    exits 1 "$check" check
    says '0 of 10 points'
    grep -q 'isolation: no namespace' "$said" || says 'No such file'
}

case_unwritable_state_is_told_and_graded() {
    : >"$house/file"
    TELAR_STATE=$house/file/state
    exits 1 "$check" check
    says 'not kept'
    says '0 of 10 points'
    exits 0 "$check" hint 00
    says 'not kept'
    exits 0 "$check" hint 00 --lang es
    says 'no se guarda qué pista sigue: .*: no es una carpeta'
}

case_no_place_to_grade_is_told() {
    exits 2 env TMPDIR="$house/nowhere" "$check" check
    says 'TMPDIR'
}

case_full_disk_is_told() {
    mkdir "$house/full"
    mount -t tmpfs -o size=64k tmpfs "$house/full" 2>/dev/null || return 0
    TMPDIR=$house/full "$check" check --from solutions >"$said" 2>&1
    got=$?
    umount "$house/full"
    [ "$got" = 2 ] || bad "exit status $got, not 2"
    says 'No space left'
}

wait_for_worker() {
    for _ in $(seq 400); do
        workers_running '*/worker-*' && return 0
        sleep 0.02
    done
    bad "no worker ever ran"
}

interrupted_by() { # SIGNAL
    cp "$data/bad/loops.c" "$mine"
    "$check" check >"$said" 2>&1 &
    grader=$!
    wait_for_worker
    kill -s "$1" "$grader"
    wait "$grader" 2>/dev/null
    got=$?
}

case_term_leaves_nothing() {
    interrupted_by TERM
    [ "$got" = 130 ] || bad "exit status $got, not 130"
    says 'interrupted'
    leaves_nothing
}

# What a script starts ignores SIGINT; a terminal's commands do not.
case_control_c_leaves_nothing() {
    env --default-signal=INT true 2>/dev/null || return 0
    real=$check
    check=$house/check
    printf '#!/bin/sh\nexec env --default-signal=INT "%s" "$@"\n' "$real" >"$check"
    chmod +x "$check"
    interrupted_by INT
    [ "$got" = 130 ] || bad "exit status $got, not 130"
    says 'nothing is left behind'
    leaves_nothing
}

case_hangup_leaves_nothing() {
    interrupted_by HUP
    leaves_nothing
}

# Nobody can clean up after SIGKILL at once: no process stays, and the next
# grading sweeps the files.
case_kill_leaves_nothing_for_long() {
    interrupted_by KILL
    for _ in $(seq 200); do
        workers_running '*' || break
        sleep 0.05
    done
    ! workers_running '*' || bad "processes outlive the killed grader"
    [ -n "$(ls -A "$TMPDIR")" ] || bad "the test proves nothing"
    exits 0 "$check" check --from solutions
    leaves_nothing
}

case_without_namespaces_nothing_is_left_either() {
    TELAR_NO_NAMESPACE=1
    export TELAR_NO_NAMESPACE
    exits 0 "$check" check --from solutions
    says 'isolation: no namespace'
    for program in leaves_daemons forks_on kills_all; do
        cp "$data/bad/$program.c" "$mine"
        "$check" check >"$said" 2>&1
        says '^  0 of 10 points'
        leaves_nothing
    done
}

case_a_user_without_rights_can_grade() {
    [ "$(id -u)" = 0 ] || return 0
    # A checkout in root's own home is closed to everybody else.
    setpriv --reuid 65534 --regid 65534 --clear-groups \
        test -r "$data/worker.c" || return 0
    chown -R 65534:65534 "$house"
    exits 0 setpriv --reuid 65534 --regid 65534 --clear-groups \
        "$check" check --from solutions
    cp "$data/bad/leaves_daemons.c" "$mine"
    exits 1 setpriv --reuid 65534 --regid 65534 --clear-groups "$check" check
    leaves_nothing
}

# As root, the student's code is another user, also where the project lies in a
# home that nobody else may enter.
case_a_closed_home_is_no_obstacle() {
    chmod 700 "$TELAR_ROOT"
    exits 0 "$check" check --from solutions
    [ "$(id -u)" != 0 ] || says 'uid [1-9]'
}

# Never as root where another user cannot enter: it would reach everything.
case_root_runs_no_strangers_code() {
    [ "$(id -u)" = 0 ] || return 0
    chmod 700 "$house"
    exits 2 "$check" check --from solutions
    says 'must not run as root.*TMPDIR'
    says 'not your fault'
}

case_hints_come_one_by_one() {
    exits 0 "$check" hint 00
    says 'Hint 1 of 2'
    says 'Look at the operator'
    exits 0 "$check" hint sum --lang es
    says 'Pista 2 de 2'
    exits 0 "$check" hint 00
    says 'no more hints'
    says 'lesson 00'
    exits 0 "$check" hint 00
    says 'no more hints'
}

case_reset_loses_nothing() {
    exits 0 "$check" reset 00
    says 'is the starter already'
    echo '// first' >"$mine"
    exits 0 "$check" reset 00
    says 'yours is labs/00_sum/sum.c.mine-1'
    echo '// second' >"$mine"
    exits 0 "$check" reset 00
    grep -q first "$mine.mine-1" || bad "the first is lost"
    grep -q second "$mine.mine-2" || bad "the second is lost"
    cmp -s "$mine" "$data/starter/sum.c" || bad "it is not the starter"
    rm "$mine"
    exits 0 "$check" reset 00
    cmp -s "$mine" "$data/starter/sum.c" || bad "it is not there"
    rm "$TELAR_ROOT/tests/labs/00_sum/starter/sum.c"
    echo '// third' >"$mine"
    exits 2 "$check" reset 00
    grep -q third "$mine" || bad "the third is lost"
}

wait_to_say() { # REGEX COUNT
    for _ in $(seq 400); do
        [ "$(grep -caE -e "$1" "$said")" -ge "$2" ] && return 0
        sleep 0.05
    done
    bad "it never says (for the ${2}th time): $1"
}

case_watch_grades_at_each_save() {
    "$check" watch >"$said" 2>&1 &
    watcher=$!
    wait_to_say 'I grade again' 1
    says '0 of 10 points'
    cp "$data/solution/sum.c" "$mine"
    wait_to_say '10 of 10 points' 1
    wait_to_say 'I grade again' 2
    echo 'nonsense' >>"$mine"
    wait_to_say 'does not compile' 1
    kill -s INT "$watcher" 2>/dev/null
    kill -s TERM "$watcher" 2>/dev/null # a script's children ignore SIGINT
    wait "$watcher"
    got=$?
    [ "$got" = 0 ] || bad "exit status $got, not 0"
    leaves_nothing
}

# Every program in bad/ earns nothing, is told as its first line says, and
# leaves nothing behind.
bad_program() { # PROGRAM
    cp "$data/bad/$1.c" "$mine"
    wanted_words=$(sed -n '1s,^// expect: ,,p' "$mine")
    exits 1 "$check" check --format json
    says '^      "earned": 0,$'
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
    sed -n 's/^\(case_[a-z_0-9]*\)() {.*/\1/p' "$root/tests/test_grader.sh"
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
# Some cases wait for deadlines most of their time: more of them than processors.
xargs -P $((2 * $(nproc))) -n 1 "$root/tests/test_grader.sh" --case \
    "$top/house" <"$top/cases" >"$top/log" 2>&1
grep -av '^ok$' "$top/log"
passed=$(grep -ac '^ok$' "$top/log")
failed=$(($(wc -l <"$top/cases") - passed))
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
