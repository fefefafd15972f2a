#!/bin/sh
# test_record.sh - a program under ./telar run is the program that it was
#
# Each promise is played twice, alone and recorded, and nothing may differ but
# our own lines on standard error; then what the trace says of it.
cd "$(dirname "$0")/.." || exit 2
top=$PWD
bin=$top/${BUILD:-build}/bin
run=$bin/telar-run
box=$(mktemp -d) || exit 2
chmod 755 "$box"
trap 'rm -rf "$box"' EXIT
trap 'exit 130' INT TERM
passed=0 failed=0
unset TELAR_ROOT TELAR_LANG TELAR_DOOR LANGUAGE LC_ALL LC_MESSAGES LD_PRELOAD
unset TELAR_NO_PERF
export TELAR_STATE="$box/state" LANG=en_US.UTF-8

# ---- Tools of the trial -----------------------------------------------------

judge() { # PROMISE yes|"" WHAT_WAS_SEEN...
    if [ -n "$2" ]; then
        passed=$((passed + 1))
        return
    fi
    failed=$((failed + 1))
    echo "FAILED $1"
    shift 2
    printf '    %s\n' "$@" | head -n 20
}

skip() { # PROMISE REASON
    echo "skipped $1: $2"
}

# Output, errors and status of COMMAND into $box/NAME.*
play() { # NAME COMMAND...
    name=$1
    shift
    "$@" >"$box/$name.out" 2>"$box/$name.err" </dev/null
    echo $? >"$box/$name.status"
}

# Recorded or not, COMMAND does the same; each source of scheduling.
same() { # PROMISE COMMAND...
    promise=$1 different=
    shift
    play alone "$@"
    for source in '' --no-perf; do
        # shellcheck disable=SC2086 # no word where there is none
        play recorded "$run" --quiet $source --trace "$box/trace" -- "$@"
        for part in out err status; do
            cmp -s "$box/alone.$part" "$box/recorded.$part" ||
                different="$different$(diff "$box/alone.$part" \
                    "$box/recorded.$part")"
        done
    done
    judge "$promise" "$([ -n "$different" ] || echo yes)" "$different"
}

# telar-run ARG... ends with STATUS and says WORDS in its own lines.
says() { # PROMISE STATUS WORDS ARG...
    promise=$1 wanted=$2 words=$3
    shift 3
    play said "$run" "$@"
    good=
    if [ "$(cat "$box/said.status")" = "$wanted" ] &&
        grep '^telar: ' "$box/said.err" | grep -qF -- "$words"; then
        good=yes
    fi
    judge "$promise" "$good" "wanted $wanted and '$words'" \
        "got $(cat "$box/said.status")" "$(cat "$box/said.err")"
}

# The same, before anything ran: 125 and one line.
refuses() { # PROMISE WORDS ARG...
    promise=$1 words=$2
    shift 2
    says "$promise" 125 "$words" "$@"
    judge "$promise in one line" \
        "$([ "$(wc -l <"$box/said.err")" = 1 ] && echo yes)" \
        "$(cat "$box/said.err")"
}

# How many rows of the trace's events fit PATTERN.
rows() { # PATTERN
    "$bin/telar-export" "$box/trace" --to csv --lang en | grep -cE -- "$1"
}

at_least() { # PROMISE NUMBER PATTERN
    seen=$(rows "$3")
    judge "$1" "$([ "$seen" -ge "$2" ] && echo yes)" \
        "wanted $2 rows with $3, got $seen"
}

build_programs() {
    for source in tests/record/*.c; do
        name=$(basename "$source" .c)
        gcc -w -pthread -o "$box/$name" "$source" || exit 2
    done
    gcc -w -static -o "$box/static" tests/record/forks.c || exit 2
    echo 'int main(void) { return 0; }' |
        gcc -w -static -o "$box/still" -xc - || exit 2
    gcc -w -pthread -rdynamic -o "$box/long_names" -xc - <<'END_C' || exit 2
#include <pthread.h>
void *worker_of_a_very_long_name(void *x) { return x; }
void *worker_of_a_very_long_name_too(void *x) { return x; }
int main(void)
{
    pthread_t all[4];
    for (int i = 0; i < 4; i++)
        pthread_create(&all[i], 0, i < 2 ? worker_of_a_very_long_name
            : worker_of_a_very_long_name_too, 0);
    for (int i = 0; i < 4; i++)
        pthread_join(all[i], 0);
}
END_C
    gcc -w -static -o "$box/five" -xc - <<'END_C' || exit 2
#include <sys/wait.h>
#include <unistd.h>
int main(void)
{
    for (int i = 0; i < 5; i++) {
        if (fork() == 0)
            _exit(0);
        wait(0);
    }
}
END_C
    gcc -w -fsanitize=address -o "$box/sanitized" tests/record/forks.c ||
        exit 2
}

# ---- Programs that nobody prepared ------------------------------------------

cat >"$box/threads.py" <<'END_PYTHON'
import subprocess, sys, threading
def count(n, into):
    for i in range(n): into.append(i)
all = [[], []]
threads = [threading.Thread(target=count, args=(50000, x)) for x in all]
for t in threads: t.start()
for t in threads: t.join()
print(sum(len(x) for x in all), flush=True)
print(subprocess.run(["sh", "-c", "echo out; echo err >&2; exit 3"]).returncode)
sys.exit(4)
END_PYTHON

programs() {
    head -c 3000000 "$run" >"$box/data"
    same python_with_threads_and_a_subprocess python3 "$box/threads.py"
    at_least its_threads_are_in_the_trace 2 ',thread_create,'
    same a_pipeline_of_four sh -c 'seq 3000 | grep 1 | sort -r | wc -l'
    at_least its_processes_are_in_the_trace 4 ',exec,'
    seq 60000 -1 1 >"$box/numbers"
    same sort_in_parallel sort --parallel=2 -S 1M -n "$box/numbers"
    same xz_with_two_threads xz -T2 --block-size=1MiB -0c "$box/data"
    same pigz_with_two_threads pigz -p2 -1nc "$box/data"
    same forks_and_vforks "$box/forks"
    same children_where_hardly_anything_fits sh -c \
        "ulimit -s 512; exec '$box/crowded'"
    same closes_every_descriptor "$box/closes_all"
    same a_static_program "$box/static"
    same a_sanitized_program "$box/sanitized"
    same a_script "$top/telar" version
    same killed_by_a_signal python3 -c 'import os; os.kill(os.getpid(), 9)'
    same its_status_is_its_own sh -c 'exit 200'
}

many_mallocs() {
    play alone "$box/mallocs"
    play recorded "$run" --quiet --what all --newest --size 1 --trace \
        "$box/trace" "$box/mallocs"
    judge a_million_mallocs "$(cmp "$box/alone.out" "$box/recorded.out" &&
        echo yes)" "$(cat "$box/recorded.err")"
    at_least its_blocks_are_in_the_trace 1000 ',alloc,'
}

# The status of what died, as its parent sees it, not as a shell tells it.
ends_by_the_same_signal() {
    for signal in SEGV TERM KILL PIPE; do
        got=$(python3 -c 'import subprocess, sys
print(subprocess.run(sys.argv[1:]).returncode)' "$run" --quiet -- \
            sh -c "kill -$signal \$\$")
        judge "ends by SIG$signal as the program did" \
            "$([ "$got" = "-$(kill -l "$signal" 2>/dev/null ||
                python3 -c "import signal; print(int(signal.SIG$signal))")" ] &&
                echo yes)" "got $got"
    done
    judge leaves_no_core "$(ls core* >/dev/null 2>&1 || echo yes)"
}

# ---- What it finds, and what it is sent -------------------------------------

inheritance() {
    same environment_descriptors_limits_signals "$box/inherited" a 'b c'
    same no_environment env -i "$box/inherited"
    same closed_descriptors sh -c "exec '$box/inherited' <&- 9</dev/null"
    (
        umask 077
        trap '' HUP INT CHLD PIPE
        # shellcheck disable=SC3045 # dash and busybox have it
        ulimit -n 60
        cd / && same what_a_caller_changed "$box/inherited"
        echo "$passed $failed" >"$box/sum"
    )
    read -r passed failed <"$box/sum"
    play alone sh -c "'$box/inherited' <&- 2>&-"
    play recorded sh -c "'$run' --quiet '$box/inherited' <&- 2>&-"
    for name in alone recorded; do
        grep descriptor "$box/$name.out" >"$box/$name.descriptors"
    done
    judge closed_before_telar "$(cmp "$box/alone.descriptors" \
        "$box/recorded.descriptors" && echo yes)"
}

# What the front door sets for its rooms is not the program's.
through_the_door() {
    [ "$bin" = "$top/build/bin" ] || return 0
    play alone env
    play recorded ./telar run --quiet --trace "$box/trace" env
    judge the_front_door_leaves_nothing \
        "$(cmp -s "$box/alone.out" "$box/recorded.out" && echo yes)" \
        "$(diff "$box/alone.out" "$box/recorded.out")"
    # Names that sh cannot hold, names that the door uses, an order, no PWD.
    play alone env -i Z=2 a.b=1 'f%%=() { echo; }' verb=mine A= /usr/bin/env
    play recorded env -i Z=2 a.b=1 'f%%=() { echo; }' verb=mine A= ./telar run \
        --quiet --trace "$box/trace" -- /usr/bin/env
    judge the_front_door_hands_over_every_name \
        "$(cmp -s "$box/alone.out" "$box/recorded.out" && echo yes)" \
        "$(diff "$box/alone.out" "$box/recorded.out")"
    play recorded env -i ./telar run --quiet --trace "$box/trace" -- \
        /usr/bin/env
    judge the_front_door_hands_over_nothing_where_there_is_nothing \
        "$([ ! -s "$box/recorded.out" ] && echo yes)" \
        "$(cat "$box/recorded.out" "$box/recorded.err")"
    long=$(head -c 100000 /dev/zero | tr '\0' x)
    play recorded env LONG="$long" ./telar run --quiet --trace "$box/trace" \
        printenv LONG
    judge what_is_too_long_for_the_door_goes_through_the_shell \
        "$([ "$(cat "$box/recorded.out")" = "$long" ] && echo yes)" \
        "$(cat "$box/recorded.err")"
    # What is written at a place of the output stands there.
    for door in '' './telar run --quiet --'; do
        rm -f "$box/places"
        # shellcheck disable=SC2086 # no word where there is none
        $door python3 -c 'import os
os.write(1, b"hello\n")
os.pwrite(1, b"J", 0)' >"$box/places" 2>"$box/said.err"
        judge "output goes where it is told to with '$door'" \
            "$([ "$(cat "$box/places")" = Jello ] && echo yes)" \
            "$(cat "$box/places" "$box/said.err")"
    done
    text=$(TELAR_LANG=es ./telar --lang en run --quiet --trace "$box/trace" \
        printenv TELAR_LANG)
    judge the_front_door_gives_back "$([ "$text" = es ] && echo yes)" "$text"
    ./telar run /not/there --lang en 2>"$box/err"
    judge the_front_door_passes_125 "$([ $? = 125 ] && echo yes)"
}

terminal() { # PROMISE WANTED STEPS COMMAND...
    promise=$1 wanted=$2 steps=$3
    shift 3
    got=$(python3 tests/record/terminal.py "$steps" "$run" --quiet \
        --trace "$box/trace" -- "$@" | tr '\n' ' ' | sed 's/ *$//')
    judge "$promise" "$([ "$got" = "$wanted" ] && echo yes)" "$got"
}

signals() {
    stay='echo ready; while :; do sleep 0.01; done'
    terminal control_c_is_for_the_program 'killed 2' wc sh -c "$stay"
    terminal it_may_make_of_it_what_it_wants 'exit 3 done' wc \
        sh -c "trap 'echo done; exit 3' INT; $stay"
    terminal control_backslash 'killed 3' wq \
        sh -c "ulimit -c 0; $stay"
    terminal control_z_stops_both_and_both_go_on 'stopped 20 exit 0 done' wze \
        sh -c 'echo ready; read -r _; echo done'
    terminal needs_a_terminal 'exit 0 done' '' sh -c 'tty -s && echo done'
    terminal it_may_ignore_control_c 'exit 5 done' wcqe \
        sh -c "trap '' INT QUIT; echo ready; read -r _; echo done; exit 5"
    for signal in TERM HUP USR1; do
        mkfifo "$box/ready"
        "$run" --quiet --trace "$box/trace" -- sh -c \
            "trap 'exit 9' $signal; echo >'$box/ready'; while :; do sleep 0.01
            done" &
        read -r _ <"$box/ready"
        kill -$signal $!
        wait $!
        judge "SIG$signal sent to Telar reaches it" \
            "$([ $? = 9 ] && echo yes)"
        rm "$box/ready"
    done
}

# Who ignores what Telar is sent lives on, and Telar with it.
ignored_signals() {
    mkfifo "$box/ready" "$box/go"
    # shellcheck disable=SC2016 # words of the other shell
    "$run" --quiet --trace "$box/trace" -- sh -c 'trap "" TERM HUP INT
        echo >"$0"; read -r _ <"$1"; exit 6' "$box/ready" "$box/go" &
    telar=$!
    read -r _ <"$box/ready"
    kill -TERM $telar
    kill -HUP $telar
    echo >"$box/go"
    wait $telar
    judge who_ignores_signals_ends_as_it_wants "$([ $? = 6 ] && echo yes)"
    rm "$box/ready" "$box/go"
}

# Telar killed: the program goes on, and the trace can be read.
telar_dies() {
    mkfifo "$box/ready" "$box/go"
    # shellcheck disable=SC2016 # words of the other shell
    "$run" --quiet --trace "$box/trace" -- sh -c 'echo $$ >"$0"; read -r _ <"$1"
        sleep 0.05; echo survived >"$0"' "$box/ready" "$box/go" &
    telar=$!
    read -r _ <"$box/ready"
    kill -9 $telar
    wait $telar 2>/dev/null
    echo >"$box/go"
    read -r word <"$box/ready"
    judge a_killed_telar_harms_nobody "$([ "$word" = survived ] && echo yes)" \
        "$word"
    at_least the_trace_of_a_killed_telar 1 ',task_begin,'
    rm "$box/ready" "$box/go"
}

outlived() {
    says descendants_that_live_on 0 'lives on' --trace "$box/trace" \
        "$box/outlives" "$box/now" "$box/seen"
    : >"$box/now"
    for _ in 1 2 3 4 5 6 7 8 9 10; do
        [ -e "$box/seen" ] || sleep 0.05
    done
    judge they_are_not_harmed "$([ -e "$box/seen" ] && echo yes)"
}

# ---- Bad input --------------------------------------------------------------

not_programs() {
    refuses not_found 'there is no program' not_there_at_all
    refuses not_found_as_a_path 'no such program' ./not/there
    refuses empty_name 'is empty' ''
    refuses nothing_to_run 'run what?'
    refuses nothing_behind_the_dashes 'run what?' --
    refuses a_folder 'it is a folder' "$box"
    echo 'exit 0' >"$box/text" && chmod 755 "$box/text"
    refuses text_without_an_interpreter 'neither a program nor' "$box/text"
    printf '#!/bin/sh\nexit 3\n' >"$box/script"
    refuses not_executable 'chmod +x' "$box/script"
    chmod 755 "$box/script"
    says a_script_is_run 3 'recorded in' "$box/script"
    printf '#!/bin/sh\r\nexit 3\r\n' >"$box/script"
    refuses written_on_windows 'ends as on Windows' "$box/script"
    printf '#!/not/there\n' >"$box/script"
    refuses its_interpreter_is_missing "wants '/not/there'" "$box/script"
    : >"$box/empty" && chmod 755 "$box/empty"
    refuses an_empty_file 'is empty' "$box/empty"
    refuses a_source 'compiled first' tests/record/forks.c
    refuses a_python_source 'python3' "$box/threads.py"
    gcc -c -o "$box/object" tests/record/forks.c && chmod 755 "$box/object"
    refuses an_object 'not a linked program' "$box/object"
    head -c 100 "$box/forks" >"$box/cut" && chmod 755 "$box/cut"
    refuses a_damaged_program '' "$box/cut"
    # e_machine of an ELF of 64 bits: 183 is aarch64's, 62 this one's.
    sed "1s/^\\(\\x7fELF.\\{14\\}\\)./\\1\\xb7/" "$box/forks" >"$box/foreign"
    chmod 755 "$box/foreign"
    refuses another_architecture 'not a program for this machine' \
        "$box/foreign"
}

bad_options() {
    refuses unknown_option "does not know '--bogus'" --bogus true
    refuses option_without_value 'needs a value' --trace
    refuses size_0 "does not take '0'" --size 0 true
    refuses size_of_words 'does not take' --size big true
    refuses size_too_big 'does not take' --size 999999999999 true
    refuses unknown_category 'does not take' --what sync,bad true
    refuses unknown_language '--lang takes' --lang fr true
}

bad_places() {
    echo mine >"$box/mine"
    refuses a_file_that_is_no_trace 'is not a trace' --trace "$box/mine" true
    judge and_it_stays "$([ "$(cat "$box/mine")" = mine ] && echo yes)"
    mkfifo "$box/fifo"
    refuses a_fifo 'ordinary file' --trace "$box/fifo" true
    refuses a_device 'ordinary file' --trace /dev/null true
    refuses a_folder_as_trace 'ordinary file' --trace "$box" true
    refuses no_such_folder 'no such folder' --trace "$box/no/t" true
    : >"$box/trace"
    says an_empty_file_is_replaced 0 'recorded in' --trace "$box/trace" true
    says a_trace_is_replaced 0 'recorded in' --trace "$box/trace" true
}

places_that_fail() {
    (
        ulimit -f 100
        refuses limited_file_size 'ulimit -f' --trace "$box/limited" true
        echo "$passed $failed" >"$box/sum"
    )
    read -r passed failed <"$box/sum"
    (
        # shellcheck disable=SC3045 # dash and busybox have it
        ulimit -v 60000
        refuses limited_memory 'ulimit -v' --trace "$box/limited" true
        echo "$passed $failed" >"$box/sum"
    )
    read -r passed failed <"$box/sum"
    mkdir -p "$box/closed" && chmod 555 "$box/closed"
    [ "$(id -u)" != 0 ] || return 0
    refuses unwritable_folder 'cannot be written' --trace "$box/closed/t" true
}

# Two runs at once: each has a trace of its own, and a named one is guarded.
two_at_once() {
    mkfifo "$box/ready" "$box/go"
    "$run" --quiet -- sh -c "echo >'$box/ready'; read -r _ <'$box/go'" &
    read -r _ <"$box/ready"
    says a_second_run_has_a_place_of_its_own 0 'run-2.trace' true
    refuses a_trace_that_is_written 'another run' \
        --trace "$TELAR_STATE/run.trace" true
    echo >"$box/go"
    wait $!
    rm "$box/ready" "$box/go"
}

bounds() {
    says full_is_said_with_a_remedy 0 '--newest' --size 1 --what all \
        --trace "$box/trace" "$box/mallocs"
    says oldest_dropped_is_said 0 'the oldest' --newest --size 1 --what all \
        --trace "$box/trace" "$box/mallocs"
    for calls in '' --calls; do
        # shellcheck disable=SC2086 # no word where there is none
        says "each thread gives back its room $calls" 0 'the oldest' --newest \
            --no-perf --size 1 $calls --trace "$box/trace" "$box/threads" 1000
        judge "no event finds none $calls" \
            "$(grep -q 'found no room' "$box/said.err" || echo yes)" \
            "$(cat "$box/said.err")"
    done
    for source in '' --no-perf; do
        # shellcheck disable=SC2086 # no word where there is none
        says "each thread without a number counts once $source" 0 \
            '618 threads more than' $source --size 1 --trace "$box/trace" \
            "$box/threads" 17000
        judge "and the header says at least $source" "$(grep -q \
            '; at least 1 process, 16383 threads' "$box/said.err" && echo yes)" \
            "$(cat "$box/said.err")"
    done
    # A child whose events are lost ran as long as it did.
    # shellcheck disable=SC2016 # for the shell that is recorded
    says who_lost_events_is_said 0 'lost events' --size 1 --what all \
        --trace "$box/trace" -- sh -c '"$0" >"$1"; sleep 0.3' "$box/mallocs" \
        /dev/null
    judge and_it_was_on_a_cpu_as_long_as_it_said "$(awk '
        function ms(value, unit) {
            return unit == "s" ? value * 1000 : unit == "ms" ? value : 0
        }
        / on CPU \(/ { all = ms($6, $7) }
        $2 ~ /^mallocs/ { its = ms($3, $4) }
        END { if (its * 2 >= all && its <= all * 1.02) print "yes" }' \
        "$box/said.err")" "$(cat "$box/said.err")"
    play alone "$box/mallocs"
    play recorded "$run" --quiet --size 1 --what all --trace "$box/trace" \
        "$box/mallocs"
    judge a_full_trace_harms_nobody "$(cmp -s "$box/alone.out" \
        "$box/recorded.out" && echo yes)" "$(cat "$box/recorded.err")"
}

# ---- What it cannot see inside ----------------------------------------------

blind() {
    says static_is_said 10 'it is linked statically' --trace "$box/trace" \
        "$box/static"
    says sanitizer_is_said 10 'built with a sanitizer' --trace "$box/trace" \
        "$box/sanitized"
    says en_espanol 10 'está enlazado estáticamente' --lang es \
        --trace "$box/trace" "$box/static"
    at_least scheduling_of_a_static_program 1 ',cpu_run,'
    # shellcheck disable=SC2016 # for the shell that is recorded
    says one_process_in_the_singular 0 'inside 1 process (still)' --trace \
        "$box/trace" -- sh -c '"$0"; exit 0' "$box/still"
    # shellcheck disable=SC2016 # for the shell that is recorded
    for source in '' --no-perf; do
        # shellcheck disable=SC2086 # no word where there is none
        play said "$run" $source --trace "$box/trace" -- \
            sh -c '"$0" | cat; exit 0' "$box/still"
        judge "who becomes a static program is called by it $source" \
            "$(grep -q '^telar:   still ' "$box/said.err" && echo yes)" \
            "$(cat "$box/said.err")"
    done
    # shellcheck disable=SC2016 # for the shell that is recorded
    says samples_name_who_was_over_at_once 0 'inside 1 process (still)' \
        --no-perf --trace "$box/trace" -- sh -c '"$0"; exit 0' "$box/still"
    says samples_say_what_they_miss 0 'samples miss what ends between two' \
        --no-perf --trace "$box/trace" "$box/five"
    judge and_the_header_says_at_least \
        "$(grep -q '; at least [1-5] process' "$box/said.err" && echo yes)" \
        "$(cat "$box/said.err")"
    says perf_misses_none 0 '); 6 processes' --trace "$box/trace" "$box/five"
    play said "$run" --quiet --trace "$box/outer" -- \
        "$run" --lang en --trace "$box/trace" -- sh -c 'exit 0'
    judge a_run_in_a_run_says_who_sees_inside \
        "$(grep -q 'the telar run around this one' "$box/said.err" &&
            echo yes)" "$(cat "$box/said.err")"
    if [ "$(id -u)" != 0 ]; then
        skip set_uid_is_said 'only root can make a program of another user'
        return 0
    fi
    cp "$box/forks" "$box/set_uid" && chown nobody "$box/set_uid" &&
        chmod 4755 "$box/set_uid"
    says set_uid_is_said 10 'gains rights' --trace "$box/trace" "$box/set_uid"
    mkdir -p "$box/root"
    for where in '' "$box/root"; do
        # shellcheck disable=SC2086 # no word where there is none
        same "who drops root ${where:+and is locked in} is not harmed" \
            "$box/drops_root" $where
    done
}

# As containers and classrooms have it.
refused_by_the_kernel() {
    if ! "$box/refuse" ptrace true; then
        skip refused_by_the_kernel 'no rules for system calls here'
        return 0
    fi
    echo 'echo ran; exit 4' >"$box/script"
    for refused in perf_event_open \
        ptrace,process_vm_readv,process_vm_writev,pidfd_getfd,kcmp; do
        play said "$box/refuse" $refused "$run" --trace "$box/trace" \
            -- sh "$box/script"
        judge "$refused refused: the program runs" \
            "$([ "$(cat "$box/said.out" "$box/said.status")" = "ran
4" ] && echo yes)" "$(cat "$box/said.err")"
        at_least "$refused refused: it is recorded" 1 ',cpu_run,'
        [ $refused != perf_event_open ] ||
            judge perf_refused_is_said_in_a_line "$([ "$(grep -c \
                'does not show its context switches' "$box/said.err")" = 1 ] &&
                echo yes)" "$(cat "$box/said.err")"
    done
}

# What is left of a machine: a private one without /proc, with a full disk.
poor_machines() {
    if ! unshare -m true 2>/dev/null; then
        skip "a full disk, no /proc" 'only root has a machine of its own here'
        return 0
    fi
    mkdir -p "$box/disk"
    play said unshare -m sh -c "mount -t tmpfs -o size=1m none '$box/disk' &&
        exec '$run' --trace '$box/disk/t' sh -c 'echo ran'"
    judge a_full_disk_is_said_before_anything_runs "$(grep -q 'disk is full' \
        "$box/said.err" && [ ! -s "$box/said.out" ] &&
        [ "$(cat "$box/said.status")" = 125 ] && echo yes)" \
        "$(cat "$box/said.err")"
    play said unshare -m sh -c "mount -t tmpfs -o size=4m none '$box/disk' &&
        '$run' --what all --trace '$box/disk/t' '$box/mallocs'"
    play alone "$box/mallocs"
    judge a_disk_that_fills_up_harms_nobody "$(cmp -s "$box/alone.out" \
        "$box/said.out" && grep -q 'the disk is full' "$box/said.err" && echo yes)" \
        "$(cat "$box/said.err")"
    play said unshare -m sh -c "mount -t tmpfs none /proc &&
        TELAR_ROOT='$top' '$run' --trace '$box/trace' sh -c 'echo ran; exit 3'"
    judge no_proc "$([ "$(cat "$box/said.out" "$box/said.status")" = "ran
3" ] && grep -q '^telar: ' "$box/said.err" && echo yes)" \
        "$(cat "$box/said.err")"
}

# ---- The library ------------------------------------------------------------

preloading() {
    echo '__attribute__((constructor)) static void a(void)
        { __builtin_puts("preloaded"); }' |
        gcc -shared -fPIC -o "$box/mine.so" -xc -
    same what_is_preloaded_stays env LD_PRELOAD="$box/mine.so" \
        "$box/inherited"
    cat >"$box/waits.c" <<'END_C'
#include <sys/syscall.h>
#include <unistd.h>
pid_t waitpid(pid_t child, int *status, int flags)
{
    if (write(2, "mine\n", 5) != 5)
        _exit(9);
    return (pid_t)syscall(SYS_wait4, child, status, flags, 0);
}
END_C
    gcc -w -shared -fPIC -o "$box/waits.so" "$box/waits.c"
    same who_stands_before_wait_stays env LD_PRELOAD="$box/waits.so" \
        python3 -c 'import os
pid = os.spawnlp(os.P_NOWAIT, "sh", "sh", "-c", "exit 3")
print(os.waitpid(pid, 0)[1])
pid = os.fork() or os._exit(4)
print(os.waitpid(pid, 0)[1])'
    strange="$box/a b:c"
    mkdir -p "$strange/bin" "$strange/lib"
    cp "$run" "$strange/bin/" && cp "$bin/../lib/libtelar-record.so" \
        "$strange/lib/"
    play said "$strange/bin/telar-run" --trace "$strange/t" "$box/forks"
    cp "$strange/t" "$box/trace"
    at_least spaces_and_colons_in_the_path 4 ',wait_done,'
    judge and_no_complaint_of_the_loader \
        "$(grep -q 'ld.so' "$box/said.err" || echo yes)"
    rm "$strange/lib/libtelar-record.so"
    play said "$strange/bin/telar-run" --trace "$strange/t" "$box/forks"
    judge a_missing_library_is_125 "$([ "$(cat "$box/said.status")" = 125 ] &&
        [ ! -s "$box/said.out" ] && echo yes)" "$(cat "$box/said.err")"
}

# ---- The report -------------------------------------------------------------

reports() {
    says report_says_where 0 "./telar view $box/trace" --trace "$box/trace" true
    play said "$run" --trace "$box/trace" "$box/long_names"
    judge rows_of_long_names_are_told_apart "$([ "$(awk '$2 ~ /^worker_of/ { print $2 }' \
        "$box/said.err" | sort -u | wc -l)" = 4 ] && echo yes)" \
        "$(cat "$box/said.err")"
    says report_counts 10 'processes' --trace "$box/trace" "$box/forks"
    says informe_en_espanol 10 'procesos' --lang es --trace "$box/trace" \
        "$box/forks"
    says without_perf 0 'scheduling: from samples' --no-perf --trace \
        "$box/trace" true
    TELAR_NO_PERF=1 && export TELAR_NO_PERF
    "$bin/telar-view" --plain --lang en "$box/trace" >"$box/view"
    judge the_view_calls_the_source_the_same "$(grep -q \
        '^Scheduling: from samples' "$box/view" && echo yes)" \
        "$(head -n 4 "$box/view")"
    says without_perf_by_variable 0 'scheduling: from samples' \
        --trace "$box/trace" -- true
    unset TELAR_NO_PERF
    says writes_of_stdio_are_said_to_miss 0 'writes missing in the trace' \
        --trace "$box/trace" -- seq 20000
    # The reads of a shell are no writes; what comes out of a pipe went in.
    # shellcheck disable=SC2016 # for the shell that is recorded
    says reads_do_not_stand_for_writes 0 'at least 2 (stdio' \
        --trace "$box/trace" -- bash -c 'x=$(echo hi); echo $x'
    "$bin/telar-view" --plain --lang en "$box/trace" >"$box/view"
    judge what_came_out_of_a_pipe_went_in "$(grep -q \
        'at least 3 went in, 3 came out' "$box/view" && echo yes)" \
        "$(grep 'pipe' "$box/view")"
    says of_children_too 0 'at least 1 (stdio' --trace "$box/trace" -- \
        bash -c 'echo a | cat'
    play said "$run" --calls --trace "$box/trace" -- seq 20000
    judge with_calls_none_misses \
        "$(grep -q 'missing' "$box/said.err" || echo yes)" \
        "$(cat "$box/said.err")"
    # shellcheck disable=SC2016 # for the shell that is recorded
    says a_full_table_does_not_say_all 0 'all that was kept' --calls --size 1 \
        --trace "$box/trace" -- sh -c 'i=0
        while [ $i -lt 40000 ]; do umask 022; i=$((i + 1)); done'
    judge and_says_what_it_lacks "$(grep -q \
        'not counted: .*what was lost$' "$box/said.err" &&
        echo yes)" "$(cat "$box/said.err")"
    says a_long_table_says_how_many_more 0 'names more' --calls \
        --trace "$box/trace" -- sh -c 'date; ls -la; cat /etc/passwd'
    judge a_whole_table_says_all "$(grep -q '^telar:   all  ' "$box/said.err" &&
        echo yes)" "$(cat "$box/said.err")"
    says calls_are_counted 10 'system call' --calls --trace "$box/trace" \
        "$box/forks"
    judge report_is_short "$([ "$(grep -c '^telar: ' "$box/said.err")" -le 32 ] &&
        echo yes)" "$(cat "$box/said.err")"
    python3 -c 'import pty, sys
pty.spawn(sys.argv[1:])' "$run" --trace "$box/trace" -- \
        sh -c 'seq 20000 >/dev/null; exit 0' </dev/null | tr -d '\r' |
        grep -v 'recorded in' >"$box/said.out"
    judge on_a_terminal_its_lines_are_broken_at_spaces "$(grep -q \
        '^telar: writes missing' "$box/said.out" && grep -q \
        '^telar:   .*--calls shows them$' "$box/said.out" &&
        echo yes)" \
        "$(cat "$box/said.out")"
    play said "$run" --quiet --trace "$box/trace" "$box/forks"
    judge quiet_is_quiet "$([ ! -s "$box/said.err" ] && echo yes)"
    play said "$run" --help --lang en
    judge help_en "$(grep -q '^usage' "$box/said.out" && echo yes)"
    play said "$run" --help --lang es
    judge help_es "$(grep -q '^uso' "$box/said.out" && echo yes)"
}

lesson_programs() {
    says options_behind_a_lesson_program 0 'registrado' lost_update \
        --trace "$box/trace" --lang es -- 2
    at_least its_threads 2 ',thread_create,'
    refuses unknown_option_behind_it 'does not know' lost_update --bogus
    same options_of_others_are_theirs sh -c 'echo "$@"' x --trace --calls -- --
}

build_programs
programs
many_mallocs
ends_by_the_same_signal
inheritance
through_the_door
signals
ignored_signals
telar_dies
outlived
not_programs
bad_options
bad_places
places_that_fail
two_at_once
bounds
blind
refused_by_the_kernel
poor_machines
preloading
reports
lesson_programs
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
