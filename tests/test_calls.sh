#!/bin/sh
# test_calls.sh - telar-run --calls sees what strace sees, and changes nothing
#
# Each program runs twice, in two copies of the same folder: under strace, and
# recorded. Output, status and signal must be the same, and so must the number
# of calls of each name, from the marker on (tests/recorder/calls_marker.c); for
# some, all that strace -f -c counts from their first execve on.
cd "$(dirname "$0")/.." || exit 2
box=$(mktemp -d) || exit 2
trap 'rm -rf "$box"' EXIT
trap 'exit 130' INT TERM
root=$PWD
source=$root/tests/recorder
build=$root/${BUILD:-build}
passed=0 failed=0
unset TELAR_LANG LANGUAGE LC_MESSAGES LANG TELAR_RECORD TELAR_RECORD_WHAT
LC_ALL=C HOME=$box GIT_PAGER=cat PERL_HASH_SEED=0 PYTHONHASHSEED=0
export LC_ALL HOME GIT_PAGER PERL_HASH_SEED PYTHONHASHSEED

# How many calls of these names nobody knows before: it depends on who comes
# first among threads, on random numbers, or on where memory happens to lie.
by_turns="futex poll mmap munmap mprotect brk madvise sched_yield openat read
close getrandom clock_nanosleep"
by_chance="getrandom brk"

good() {
    passed=$((passed + 1))
}

bad() {
    failed=$((failed + 1))
    echo "$*"
}

compile() { # OUTPUT SOURCE...
    output=$1
    shift
    "${CC:-cc}" -std=c11 -D_GNU_SOURCE -I"$root" -O1 -pthread \
        -o "$box/$output" "$@" || exit 2
}

# ---- What the programs find --------------------------------------------------

prepare() {
    for program in files threads children signals strange loading; do
        compile "calls_$program" "$source/calls_$program.c" \
            "$build/lib/libruntime.a"
    done
    compile marker.so -shared -fPIC "$source/calls_marker.c"
    compile refused "$source/calls_refused.c" "$build/lib/libruntime.a"
    compile possible "$source/calls_possible.c" "$build/lib/librecorder.a" \
        "$build/lib/libruntime.a"
}

# The same for both runs: its times, and what git knows of it.
furnish() {
    mkdir "$box/folder" && cd "$box/folder" || exit 2
    awk 'BEGIN { for (i = 0; i < 20000; i++) print i * 7919 % 20011 }' >numbers
    printf 'int main(void)\n{\n    return 0;\n}\n' >empty.c
    printf 'all: a b\na b:\n\techo $@ >$@\n' >Makefile
    cat >work.py <<'PYTHON'
import os, subprocess, threading
def work():
    total = 0
    for i in range(100000):
        total += i
threads = [threading.Thread(target=work) for _ in range(2)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(subprocess.run(["echo", "said"], capture_output=True).stdout)
print(subprocess.run("exit 3", shell=True).returncode)
child = os.fork()
if child == 0:
    os._exit(4)
print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
PYTHON
    git init -q . && git add . &&
        git -c user.name=n -c user.email=e commit -q -m one || exit 2
}

# In a fresh copy of the folder.
enter_copy() {
    cd "$box" && rm -rf copy && mkdir copy && cp -a folder copy/folder &&
        cd copy/folder || exit 2
}

# ---- One comparison ----------------------------------------------------------

plain() { # COMMAND...
    enter_copy
    if [ -n "$traced" ]; then
        strace -f -q -o "$box/log" -E "LD_PRELOAD=$box/marker.so" "$@"
    else
        "$@"
    fi >"$box/plain.out" 2>"$box/plain.err" </dev/null
    echo $? >"$box/plain.status"
}

recorded() { # COMMAND...
    enter_copy
    LD_PRELOAD=$box/marker.so "$build/bin/telar-run" --calls --quiet \
        --trace "$box/trace" -- "$@" \
        >"$box/recorded.out" 2>"$box/recorded.err" </dev/null
    echo $? >"$box/recorded.status"
    cd "$box" || exit 2
}

counts() { # without NAME...
    without=$(printf '%s|' "$@")
    (
        awk -f "$source/calls_strace.awk" log | sort >plain.counts
        "$build/bin/telar-export" trace --to csv |
            awk -f "$source/calls_trace.awk" | sort >recorded.counts
        grep -vE "^(${without}none) " plain.counts >plain.kept
        grep -vE "^(${without}none) " recorded.counts >recorded.kept
    )
}

same_files() { # SUFFIX COMMAND
    if ! cmp -s "plain.$1" "recorded.$1"; then
        bad "$2: not the same $1"
        diff "plain.$1" "recorded.$1" | head -n 12
        return 1
    fi
}

same_run() { # COMMAND...
    plain "$@"
    recorded "$@"
    same_files out "$*" && same_files err "$*" && same_files status "$*"
}

# What strace -c shows: calls that returned (so not exit_group), but for
# rt_sigreturn: signals may merge.
totals() { # FILE
    awk '$1 ~ /^[0-9.]+$/ && $NF !~ /^(total|rt_sigreturn)$/ {
        print $NF, $4 }' "$1" | sort
}

# One more library may cost the loader one more page for itself, in each exec:
# so many calls of mmap more are right.
same_totals() { # COMMAND
    awk 'NR == FNR { count[$1] = $2; next }
        $1 == "mmap" && $2 > count[$1] && $2 <= count[$1] + count["execve"] {
            $2 = count[$1]
        }
        { print }' plain.kept recorded.counts >recorded.kept
    same_files kept "$1"
}

# All calls of all its processes, from the first execve on.
agrees_from_the_first() { # COMMAND...
    [ -n "$traced" ] || return
    enter_copy
    strace -f -c -o "$box/log" "$@" >/dev/null 2>&1 </dev/null
    "$build/bin/telar-run" --calls --quiet --trace "$box/trace" -- "$@" \
        >/dev/null 2>&1 </dev/null
    cd "$box" || exit 2
    totals log >plain.kept
    "$build/bin/telar-export" trace --to csv |
        awk -F, '$7 == "call_begin" && $9 !~ /^(exit|rt_sigreturn)/ {
                count[$9]++ }
            END { for (name in count) print name, count[name] }' |
        sort >recorded.counts
    same_totals "$*" && good
}

# The same output and status.
unchanged() { # COMMAND...
    same_run "$@" && good
}

# And the same calls, but for those whose number nobody knows.
agrees() { # "NAME..." COMMAND...
    names=$1
    shift
    same_run "$@" || return
    [ -n "$traced" ] || return
    # shellcheck disable=SC2086
    counts $names
    [ -s recorded.kept ] || { bad "$*: no calls" && return; }
    same_files kept "$*" && good
}

have() { # PROGRAM: whether it is here
    command -v "$1" >/dev/null || {
        echo "$1 is not here: not compared"
        return 1
    }
}

# ---- The promises ------------------------------------------------------------

# Every call that the headers here know has its number and its name.
the_names_are_right() {
    printf '#include <asm/unistd_64.h>\n' | "${CC:-cc}" -E -dM - |
        sed -n 's/^#define __NR_\([a-z0-9_]*\) \([0-9]*\)$/X(\2, \1,/p' |
        sort >"$box/headers"
    grep -oE 'X\([0-9]+, [a-z0-9_]+,' \
        "$root/tools/recorder/calls_names.h" | sort >"$box/names"
    if [ -s "$box/headers" ] && [ -z "$(comm -23 "$box/headers" "$box/names")" ]
    then
        good
    else
        bad "calls_names.h lacks:" "$(comm -23 "$box/headers" "$box/names")"
    fi
}

# What cannot be seen any more is said.
a_filter_is_noted() {
    "$build/bin/telar-export" "$box/trace" --to csv >"$box/rows"
    if grep ',note,.*unseen from here on' "$box/rows" >/dev/null; then
        good
    else
        bad "nobody says that a filter made calls unseen"
    fi
}

our_own_programs() {
    agrees "" "$box/calls_files"
    agrees futex "$box/calls_threads"
    agrees "" "$box/calls_children"
    agrees "" "$box/calls_signals"
    unchanged "$box/calls_threads" cancelled
    unchanged "$box/calls_strange"
    a_filter_is_noted
    have valgrind && unchanged valgrind -q "$box/calls_files"
}

programs_nobody_here_wrote() {
    agrees "" ls -la --time-style=+%s Makefile
    agrees "" sort -r numbers
    agrees "" find . -name '*.py'
    agrees "" tar cf all.tar numbers empty.c
    # shellcheck disable=SC2016
    agrees "" awk '{ sum += $1 } END { print sum }' numbers
    agrees rt_sigreturn sh -c \
        'seq 1000 | tr 7 x | sort -r | head -n 3; exit 9' # SIGCHLD may merge
    agrees "$by_chance" make
    agrees "$by_chance" cc -c empty.c
    agrees "" git status --short
    agrees "" git log --format=%s
    # shellcheck disable=SC2016
    have perl && agrees "" perl -e \
        'print `echo said`; system("exit 3"); print $? >> 8, "\n"'
}

programs_with_threads() {
    agrees "$by_turns" sort --parallel=2 -S 1M numbers
    have xz && agrees "$by_turns" xz -T2 --block-size=16KiB -k -c numbers
    have pigz && agrees "$by_turns" pigz -k -c -n -b 32 -p 2 numbers
    have python3 && agrees "$by_turns" "$(python3 -c \
        'import sys; print(sys.executable)')" work.py
}

loaders() {
    what_the_loader_does_is_counted_or_said
    nobody_finds_a_tracer
    agrees_from_the_first cat numbers
    agrees_from_the_first sh -c '/bin/echo a | cat; /bin/true; exit 3'
    agrees_from_the_first "$box/calls_loading" 3
    have python3 && agrees_from_the_first "$(python3 -c \
        'import sys; print(sys.executable)')" -c 'print(1)'
    unchanged "$box/calls_loading" race
    unchanged "$box/calls_loading" stops
}

# Where calls cannot be seen these are what is left.
the_totals_are_right() {
    case $(head -n 1 "$box/answer") in
    "10 writes, 50 bytes") good ;;
    "not counted") echo "this kernel keeps no totals" ;;
    *) bad "wrong totals: $(cat "$box/answer")" ;;
    esac
}

# Where calls cannot be dispatched the program runs as ever, and the report
# says why and what the kernel counted.
what_is_left_where_it_is_refused() {
    for lang in en es; do
        "$box/refused" dispatch "$build/bin/telar-run" --calls \
            --lang "$lang" --trace "$box/trace" -- printf 12345 \
            >"$box/answer" 2>"$box/report"
        case $?$(cat "$box/answer" "$box/report") in
        012345*--calls:*'5.11'*kernel*'1 writes (5 bytes)'* | \
            012345*--calls:*'5.11'*núcleo*'1 escrituras (5 bytes)'*) good ;;
        012345*--calls:*) echo "this kernel keeps no totals" ;;
        *) bad "refused: $(cat "$box/answer" "$box/report")" ;;
        esac
    done
}

# Where nobody may be traced, what the loader calls is not counted, and the
# report says so; where it is counted, it has nothing to say.
what_the_loader_does_is_counted_or_said() {
    lacks='telar:   not counted: what the loader does before a program begins'
    "$build/bin/telar-run" --calls --lang en --trace "$box/trace" -- \
        sh -c '/bin/true; exit 0' 2>"$box/report"
    if [ -n "$traced" ] && grep "not counted" "$box/report" >/dev/null; then
        bad "not all is counted:" "$(cat "$box/report")"
    fi
    "$box/refused" ptrace "$build/bin/telar-run" --calls --lang en --trace \
        "$box/trace" -- sh -c '/bin/true; exit 5' 2>"$box/report"
    if [ $? = 5 ] && grep -x "$lacks" "$box/report" >/dev/null; then
        good
    else
        bad "ptrace refused: nobody says so:" "$(cat "$box/report")"
    fi
}

nobody_finds_a_tracer() {
    "$build/bin/telar-run" --calls --quiet --trace "$box/trace" -- \
        sh -c 'grep TracerPid /proc/self/status; exit 0' >"$box/answer"
    if [ "$(cut -f 2 "$box/answer")" = 0 ]; then
        good
    else
        bad "still traced: $(cat "$box/answer")"
    fi
}

# Who executes a program that nobody can see inside is not seen to go on: that
# it is not in the table is said, as it is without --calls.
a_static_child_is_not_forgotten() {
    "${CC:-cc}" -w -static -o "$box/static" "$root/tests/record/forks.c" ||
        exit 2
    # shellcheck disable=SC2016 # for the shell that is recorded
    "$build/bin/telar-run" --calls --lang en --trace "$box/trace" -- \
        sh -c '"$0" >"$1"; /bin/true; exit 0' "$box/static" "$box/answer" \
        2>"$box/report"
    if grep 'could not see inside .*(static)' "$box/report" >/dev/null; then
        good
    else
        bad "a static child is forgotten:" "$(cat "$box/report")"
    fi
}

prepare
the_names_are_right
what_is_left_where_it_is_refused
possible=yes
"$box/possible" >"$box/answer" 2>/dev/null || possible=
the_totals_are_right
if [ -z "$possible" ]; then
    sed 1d "$box/answer"
    echo "calls cannot be seen here: nothing else was compared"
    echo "$passed passed, $failed failed"
    exit $((failed > 0))
fi
traced=yes
strace -o "$box/log" true 2>/dev/null || {
    traced=
    echo "strace is not here or ptrace is refused: numbers not compared"
}
furnish
loaders
a_static_child_is_not_forgotten
our_own_programs
programs_nobody_here_wrote
programs_with_threads
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
