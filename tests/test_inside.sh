#!/bin/sh
# test_inside.sh - the library inside a program changes nothing and tells all
#
# Each program (tests/recorder/inside_*.c) runs alone and with everything
# recorded but its calls; output, errors and status must be the same, and no
# event may contradict what came before it.
cd "$(dirname "$0")/.." || exit 2
top=$PWD
bin=$top/${BUILD:-build}/bin
box=$(mktemp -d) || exit 2
trap 'rm -rf "$box"' EXIT
trap 'exit 130' INT TERM
passed=0 failed=0
all=threads,sync,process,io,sleep,memory
unset TELAR_ROOT TELAR_LANG TELAR_DOOR LANGUAGE LC_ALL LC_MESSAGES LD_PRELOAD
unset TELAR_NO_PERF TELAR_RECORD TELAR_RECORD_WHAT
export TELAR_STATE="$box/state" LANG=en_US.UTF-8
# shellcheck disable=SC3045 # dash, bash and busybox have it
ulimit -c 0

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

play() { # NAME COMMAND...
    name=$1
    shift
    timeout 120 "$@" >"$box/$name.out" 2>"$box/$name.err" </dev/null
    echo $? >"$box/$name.status"
}

# Recorded or not COMMAND does the same, and the trace fits together.
same() { # PROMISE WHAT COMMAND...
    promise=$1 what=$2 different=
    shift 2
    play alone "$@"
    play recorded "$bin/telar-run" --quiet --what "$what" --trace \
        "$box/trace" -- "$@"
    for part in out err status; do
        cmp -s "$box/alone.$part" "$box/recorded.$part" ||
            different="$different $(diff "$box/alone.$part" \
                "$box/recorded.$part")"
    done
    judge "$promise" "$([ -n "$different" ] || echo yes)" "$different"
    fits "$promise: its_events_fit_together"
}

fits() { # PROMISE
    "$bin/telar-view" --plain --lang en "$box/trace" >"$box/view"
    judge "$1" "$(grep -q 'do not fit' "$box/view" || echo yes)" \
        "$(head -n 6 "$box/view")"
    "$bin/telar-export" "$box/trace" --to csv --lang en >"$box/csv"
}

# Of the trace that was looked at last, how many events fit PATTERN.
tells() { # PROMISE least|exactly NUMBER PATTERN
    seen=$(grep -cE -- "$4" "$box/csv")
    good=
    [ "$seen" -eq "$3" ] && good=yes
    [ "$2" = least ] && [ "$seen" -ge "$3" ] && good=yes
    judge "$1" "$good" "wanted $2 $3 of $4, got $seen"
}

# As many events of one kind as of the other.
paired() { # PROMISE KINDS KINDS
    first=$(grep -cE ",($2)," "$box/csv")
    second=$(grep -cE ",($3)," "$box/csv")
    judge "$1" "$([ "$first" = "$second" ] && echo yes)" \
        "$first of $2, $second of $3"
}

build_programs() {
    for source in tests/recorder/inside_*.c; do
        "${CC:-gcc}" -std=c11 -D_GNU_SOURCE -O1 -g -w -pthread \
            -o "$box/$(basename "$source" .c)" "$source" || exit 2
    done
    gcc -w -fsanitize=address -pthread -D_GNU_SOURCE -o "$box/sanitized" \
        tests/recorder/inside_sync.c || exit 2
}

# ---- Threads, locks, waits --------------------------------------------------

threads() {
    same locks_of_every_sort "$all" "$box/inside_sync"
    tells threads_are_named_by_their_routine least 3 ',worker,task_begin|,name,worker,'
    tells a_c11_thread_too least 2 ',c11_worker,'
    tells every_creation_is_told exactly 5 ',thread_create,tid,[1-9]'
    tells every_join_is_told exactly 5 ',join_done,tid,[1-9]'
    paired who_requests_gets_or_fails join_request join_done
    paired who_waits_for_a_condition_wakes cond_wait 'cond_wake|cond_timeout'
    paired who_comes_to_a_barrier_leaves barrier_wait barrier_leave
    tells time_outs_are_told least 1 ',cond_timeout,'
    same the_same_under_calls threads,sync,calls "$box/inside_sync"
    same waits_left_by_cancel_jump_and_signal "$all" "$box/inside_jumps"
    same the_same_under_calls sync,io,calls "$box/inside_jumps"
    same coroutines_of_swapcontext "$all" "$box/inside_coroutines"
    tells each_turn_of_a_coroutine exactly 24 ',co_run,coroutine,0x[^0]'
    tells each_way_back_to_the_thread exactly 20 ',co_run,coroutine,0x0,'
}

# ---- Processes --------------------------------------------------------------

processes() {
    same a_thousand_forks_among_threads threads,process,io \
        "$box/inside_forks" 1000
    tells every_child_is_told exactly 1000 ',fork,tid,'
    tells every_child_tells_its_end least 1000 ',task_exit,'
    same forks_while_locks_are_recorded "$all" "$box/inside_forks" 40
    same children_by_vfork "$all" "$box/inside_vfork"
    tells a_child_by_vfork_is_its_own_task least 1 \
        'inside_vfork,task_exit,,,,wait_status,1280,'
    tells one_that_was_killed least 1 'inside_vfork,task_exit,,,,wait_status,6,'
    tells one_that_executed least 1 ',exec,name,.*/sh'
    same children_by_vfork_under_calls process,io,calls "$box/inside_vfork"
    for way in exit _exit _Exit quick abort raw kill segv thread busy leave; do
        same "end_by_$way" "$all" "$box/inside_ends" "$way"
        paired "end_by_$way: all_that_began_ended" task_begin task_exit
    done
}

environments() {
    for way in execve preloaded empty null execvpe execle execlp execl execv \
        execvp fexecve execveat missing cleared system popen; do
        same "environment_of_$way" process "$box/inside_exec" "$way"
        [ $way = missing ] ||
            tells "environment_of_$way: still_recorded" least 1 ',name,env,|,env,task_begin'
    done
    same a_child_with_a_sanitizer process sh -c "$box/sanitized; :"
    same a_script_of_it process sh -c "$box/script; :"
}

# ---- Descriptors and memory -------------------------------------------------

descriptors() {
    same io_of_every_sort "$all" "$box/inside_io"
    paired who_asks_a_pipe_is_answered \
        'pipe_read_request|pipe_write_request' \
        'pipe_read|pipe_write|pipe_fail'
    tells output_is_told exactly 1 ',output,stream,2,stderr,bytes,6,'
    tells polls_are_told least 3 ',block_begin,name,(poll|select|epoll_wait),'
    same all_descriptors_closed "$all" "$box/inside_io" close
    tells it_writes_on least 1 ',io_written,descriptor,0,'
}

memory() {
    same a_million_allocations process,io "$box/inside_memory" 1000000
    play alone "$box/inside_memory" 200000
    play recorded "$bin/telar-run" --quiet --what memory --size 1 \
        --trace "$box/trace" -- "$box/inside_memory" 200000
    judge a_full_trace_changes_nothing \
        "$(cmp "$box/alone.out" "$box/recorded.out" && echo yes)"
    fits a_full_trace_fits_together
    # In this one the scheduling has room when the program's end has none.
    play recorded "$bin/telar-run" --quiet --what memory --size 4 \
        --trace "$box/trace" -- "$box/inside_memory" 300000
    fits a_full_trace_with_room_for_scheduling_fits_together
    judge what_was_lost_is_counted \
        "$(grep -q 'found no room' "$box/view" && echo yes)" "$(cat "$box/view")"
    same the_whole_family memory "$box/inside_memory" 1000
    tells all_allocations least 1006 ',alloc,'
    tells all_releases least 1006 ',free,'
}

# ---- Programs that confine themselves ---------------------------------------

confined() {
    for way in strict prctl seccomp children; do
        same "a_filter_by_$way" "$all" "$box/inside_filter" "$way"
        tells "its_silence_is_told ($way)" exactly 1 'unseen from here on'
    done
}

# ---- Programs that nobody prepared ------------------------------------------

foreign() {
    head -c 2000000 "$bin/telar-run" >"$box/data"
    same pigz process,threads,sync,io,memory sh -c \
        "pigz -p 2 <'$box/data' | pigz -d | cksum"
    same xz_with_two_threads "$all" xz -T2 -0 --block-size=300000 -c "$box/data"
    same sort_with_two_threads "$all" sort --parallel=2 "$box/data"
    same a_pipeline_of_four "$all" sh -c \
        "cat '$box/data' | od -c | tr a-z A-Z | cksum"
    tells four_programs least 4 ',exec,'
    same its_environment_is_its_own process env
}

build_programs
printf '#!%s\n' "$box/sanitized" >"$box/script" && chmod +x "$box/script"
threads
processes
environments
descriptors
memory
confined
foreign
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
