#!/bin/sh
# test_play.sh - telar-play as a person plays it, through pipes and a terminal
cd "$(dirname "$0")/.." || exit 2
root=$PWD
bin=$root/${BUILD:-build}/bin
box=$(mktemp -d) || exit 2
trap 'rm -rf "$box"' EXIT
trap 'exit 130' INT TERM
passed=0 failed=0
cd "$box" || exit 2
unset TELAR_LANG LANGUAGE LC_ALL LC_MESSAGES LANG TELAR_ROOT NO_COLOR
export TELAR_LANG=en TERM=xterm
play=$bin/telar-play explore=$bin/telar-explore
escape=$(printf '\033')

# ---- Judging ----------------------------------------------------------------

good() {
    passed=$((passed + 1))
}

bad() { # WHAT
    failed=$((failed + 1))
    echo "FAILED: $1"
    tail -n 30 "$box/out" "$box/err" | sed 's/^/    /'
}

# Plays LINES (\n between them); what is said must match PATTERN (of case), and
# so must the status; of what could not be done one line tells.
expect() { # NAME STATUS PATTERN LINES ARG...
    name=$1 wanted=$2 pattern=$3
    printf '%b' "$4" >"$box/in"
    shift 4
    timeout 60 "$play" "$@" <"$box/in" >"$box/out" 2>"$box/err"
    status=$?
    said=$(cat "$box/out" "$box/err")
    # shellcheck disable=SC2254 # a pattern
    case $status-$said in
    $wanted-$pattern) good ;;
    *) bad "$name: status $status" && return ;;
    esac
    [ "$wanted" != 2 ] || [ "$(wc -l <"$box/err")" = 1 ] ||
        bad "$name: more than one line"
}

# The same for the latest game.
also() { # NAME PATTERN
    # shellcheck disable=SC2254
    case $said in
    $2) good ;;
    *) bad "$1" ;;
    esac
}

never() { # NAME PATTERN
    # shellcheck disable=SC2254
    case $said in
    $2) bad "$1" ;;
    *) good ;;
    esac
}

schedule_said() {
    sed -n "s/.*--replay '\\(.*\\)'.*/\\1/p" "$box/out" | tail -n 1
}

# ---- Programs ---------------------------------------------------------------

cat >update.c <<'END_OF_C'
#include <pthread.h>
static int total;
static void *add(void *unused)
{
    total++;
    return unused;
}
int main(void)
{
    pthread_t one, two;
    pthread_create(&one, NULL, add, NULL);
    pthread_create(&two, NULL, add, NULL);
    pthread_join(one, NULL);
    pthread_join(two, NULL);
    return total != 2;
}
END_OF_C

cat >locks.c <<'END_OF_C'
#include <pthread.h>
#include <stdio.h>
static pthread_mutex_t a = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t b = PTHREAD_MUTEX_INITIALIZER;
static void *upwards(void *unused)
{
    pthread_mutex_lock(&a);
    pthread_mutex_lock(&b);
    pthread_mutex_unlock(&b);
    pthread_mutex_unlock(&a);
    return unused;
}
static void *downwards(void *unused)
{
    puts("down");
    pthread_mutex_lock(&b);
    pthread_mutex_lock(&a);
    pthread_mutex_unlock(&a);
    pthread_mutex_unlock(&b);
    return unused;
}
int main(void)
{
    pthread_t one, two;
    pthread_create(&one, NULL, upwards, NULL);
    pthread_create(&two, NULL, downwards, NULL);
    pthread_join(one, NULL);
    pthread_join(two, NULL);
    return 0;
}
END_OF_C

cat >waits.c <<'END_OF_C'
#include <assert.h>
#include <pthread.h>
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t changed = PTHREAD_COND_INITIALIZER;
static int items;
static void *take(void *unused)
{
    pthread_mutex_lock(&lock);
    if (items == 0)
        pthread_cond_wait(&changed, &lock);
    assert(items > 0);
    items--;
    pthread_mutex_unlock(&lock);
    return unused;
}
int main(void)
{
    pthread_t one, two;
    pthread_create(&one, NULL, take, NULL);
    pthread_create(&two, NULL, take, NULL);
    pthread_mutex_lock(&lock);
    items = 2;
    pthread_cond_signal(&changed);
    pthread_cond_signal(&changed);
    pthread_mutex_unlock(&lock);
    pthread_join(one, NULL);
    pthread_join(two, NULL);
    return 0;
}
END_OF_C

cat >timed.c <<'END_OF_C'
#include <pthread.h>
#include <time.h>
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t never = PTHREAD_COND_INITIALIZER;
int main(void)
{
    struct timespec until;
    clock_gettime(CLOCK_REALTIME, &until);
    until.tv_sec++;
    pthread_mutex_lock(&lock);
    pthread_cond_timedwait(&never, &lock, &until);
    pthread_mutex_unlock(&lock);
    return 0;
}
END_OF_C

cat >spins.c <<'END_OF_C'
#include <pthread.h>
#include <stdatomic.h>
static atomic_int flag;
static void *wait(void *unused)
{
    while (!flag)
        ;
    return unused;
}
int main(void)
{
    pthread_t one;
    pthread_create(&one, NULL, wait, NULL);
    flag = 1;
    pthread_join(one, NULL);
    return 0;
}
END_OF_C

cat >local.c <<'END_OF_C'
#include <assert.h>
#include <pthread.h>
static void *add(void *where)
{
    ++*(int *)where;
    return NULL;
}
int main(void)
{
    int sum = 0;
    pthread_t one;
    pthread_create(&one, NULL, add, &sum);
    sum++;
    pthread_join(one, NULL);
    assert(sum == 2);
    return 0;
}
END_OF_C

cat >many.c <<'END_OF_C'
#include <pthread.h>
static int n;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static void *add(void *unused)
{
    pthread_mutex_lock(&lock);
    n++;
    pthread_mutex_unlock(&lock);
    return unused;
}
int main(void)
{
    pthread_t all[40];
    for (int i = 0; i < 40; i++)
        pthread_create(&all[i], NULL, add, NULL);
    for (int i = 0; i < 40; i++)
        pthread_join(all[i], NULL);
    return 0;
}
END_OF_C

cat >half.c <<'END_OF_C'
#include <stdio.h>
#include <stdlib.h>
int answer(int question);
int main(int count, char **words)
{
    printf("%d\n", answer(count > 1 ? atoi(words[1]) : 1));
    return 0;
}
END_OF_C
echo 'int answer(int question) { return FACTOR * question; }' >other.c
printf '#include <unistd.h>\nint main(void) { return fork() < 0; }\n' >forks.c
echo 'int main(void) { return missing; }' >wrong.c

# ---- Playing ----------------------------------------------------------------

expect everybody_stands_at_the_next_thing_that_matters 0 \
    '*1  thread 1 add: is about to read total: 0*update.c:5  total++;*' \
    '' update.c
also who_waits_says_for_whom '*0  main: waits for thread 1 to end*'
also shared_variables_are_shown '*Shared: total = 0*'
expect what_will_be_written_is_said 0 '*thread 1 add: is about to write total: 1*' \
    '1\n' update.c
expect a_lost_update_is_recognised 0 \
    '*Well done! The goal, in 4 moves and 1 preemption.*' '1 2 2 1\n' update.c \
    --goal lose-update
also and_told '*Thread 1 read total, then thread 2 wrote it*wrote 1 over that*'
expect the_lesson_calls_it_lost_update 0 '*Well done!*' '1 2\n2 1\n' update.c \
    --points accesses --goal lost-update
expect one_after_the_other_loses_nothing 0 '*The program has ended.*' \
    '1 1 2 2 0\n' update.c
never one_after_the_other_is_no_loss '*Well done!*'
expect a_goal_is_found 0 '*Goal: a deadlock*' '' locks.c
expect a_deadlock_is_recognised 0 '*Well done! The goal, in 2 moves*' '1 2\n' \
    locks.c
also down_to_the_root '*1  thread 1 upwards: waits for b, which thread 2 holds, *
      which thread 1 holds: deadlock*'
also and_locks_tell_their_owners '*mutex a: held by thread 1 since locks.c:7;*'
also output_is_shown '*Output: down*'
expect a_blocked_thread_says_why 0 \
    '*Thread 2 cannot go on: it waits for b, which thread 1 holds.*' \
    '1 1 2\n' locks.c
expect threads_that_are_not_there_are_refused 0 \
    '*There is no thread 7: they are 0 to 2.*' '7\n' locks.c
expect threads_that_have_ended_are_refused 0 '*Thread 1 has ended.*' \
    '1 1 1\n' update.c
expect a_race_is_a_goal_too 0 '*Well done! The goal, in 3 moves*data race on total*' '1 2 2\n' \
    update.c --goal data_race
expect undo_goes_back_to_the_beginning 0 \
    '*move 2*move 1*move 0*Nothing to take back*' '1 2\nu\nu\nu\n' update.c
"$play" update.c --goal any </dev/null >first 2>&1
printf '1 1 2\nr\n' | "$play" update.c --goal any >again 2>&1
expect restart_is_as_at_first 0 "*$(head -n -1 first)*" '1 1 2\nr\n' \
    update.c --goal any
expect undo_and_the_same_again_is_the_same 0 '*Well done!*Well done!*' \
    '1 2 2 1\nu 1\n' update.c --goal lose-update
expect all_can_go_on_to_the_end 0 '*ended the program, with status 0*' 'f\n' \
    update.c
expect finer_moves_are_offered 0 '*(each access)*is about to read*' 'x\n1\n' \
    update.c
expect coarser_moves_are_offered 0 '*(each synchronisation)*thread 1 has ended*' \
    'x x 1\n' update.c
expect coarse_moves_can_be_asked_for 0 '*(each synchronisation)*' '' locks.c \
    --points sync
expect the_source_is_shown_with_who_stands_there 0 '*1,2 >    5      total++;*' \
    's 1\n' update.c
expect commands_have_names_in_both_languages 0 '*move 1*move 0*' \
    '1\ndeshacer\nquit\n' update.c
expect the_help_names_them 0 '*  u   takes the latest move back*' '?\n' update.c
expect what_is_no_command_is_refused 0 "*There is no command 'jump'*" 'jump\n' \
    update.c
expect and_is_harmless 0 "*There is no command '\\\\x1b?2J'*" '\033[2J\n' update.c
never and_does_nothing_to_a_terminal "*$escape*"
expect behind_a_refusal_nothing_is_done 0 "*There is no thread 9*" '9 1\n' update.c
never behind_a_refusal_nothing_moves '*move 1*'
expect an_empty_line_does_nothing 0 '*move 1*' '1\n\n\n' update.c
never an_empty_line_repeats_nothing '*move 2*'

# ---- Chance -----------------------------------------------------------------

expect a_wakeup_without_a_signal_is_offered 0 \
    '*wa  thread 1 wakes at changed without a signal*' '1 1 1\n' waits.c
expect and_is_what_is_wrong_with_if 0 '*Well done!*assertion failed*' \
    '1 1 1\nwa\n1 1\n' waits.c --goal assertion
expect and_can_be_forbidden 0 '*Nothing is left to chance here*' '1 1 1\nw\n' \
    waits.c --spurious 0
expect who_is_woken_can_be_chosen 0 \
    '*wb  main signals changed and wakes thread 2*2  thread 2 take: was woken and*' \
    '1 1 1 2 2 2 0 0\nwb\n' waits.c --spurious 0
expect a_letter_that_is_none_is_refused 0 '*w and a letter*' '1 1 1\nw z\n' waits.c
expect only_chance_can_go_on 0 '*wa  the time limit of main expires at never*' \
    '0\n' timed.c
also and_that_is_said '*main cannot go on: *Chance could help it: w and a letter.*'
expect and_it_does 0 '*time limit over*ended the program, with status 0*' \
    '0\nwa\n' timed.c
expect a_loop_that_waits_says_so 0 \
    '*Thread 1 cannot go on: it loops until flag changes.*' '1 1 1 1\n' spins.c
expect a_local_variable_can_be_shared 0 '*Well done!*' '1 0 0 1\n' local.c \
    --goal lose-update
cat >lost.c <<'END_OF_C'
#include <pthread.h>
#include <stdatomic.h>
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t changed = PTHREAD_COND_INITIALIZER;
static atomic_int ready;
static void *wait(void *unused)
{
    pthread_mutex_lock(&lock);
    while (!ready)
        pthread_cond_wait(&changed, &lock);
    pthread_mutex_unlock(&lock);
    return unused;
}
int main(void)
{
    pthread_t one;
    pthread_create(&one, NULL, wait, NULL);
    ready = 1;
    pthread_cond_signal(&changed);
    pthread_join(one, NULL);
    return 0;
}
END_OF_C
expect a_lost_wakeup_is_recognised 0 '*1 signal was lost*Well done!*' \
    '1 1 0 0 1\n' lost.c --spurious 0 --goal lost_wakeup

# ---- Hints and schedules ----------------------------------------------------

expect a_hint_names_a_thread 0 '*Hint: ?, so that thread ? goes on.*' 'h\n' update.c
expect a_hint_knows_when_it_is_too_late 0 '*Hint: not from here. Take back*' \
    '1 1 2 2\nh\n' update.c --goal lose-update
expect a_hint_knows_when_it_is_done 0 '*You are there already.*' '1 2 2 1\nh\n' \
    update.c

# Follows the hints from the beginning.
follow() { # FILE ARG...
    moves=
    for _ in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16; do
        printf '%s\nh\n' "$moves" | "$play" "$@" >"$box/out" 2>"$box/err"
        grep -q 'Well done!' "$box/out" && return 0
        hint=$(sed -n 's/^Hint: \([0-9]*\|w[a-z]\)[,:].*/\1/p' "$box/out")
        [ -n "$hint" ] || return 1
        moves="$moves $hint"
    done
    return 1
}
for game in "update.c" "locks.c" "lost.c --spurious 0" "local.c" \
    "update.c --goal data_race"; do
    # shellcheck disable=SC2086 # words
    if follow $game; then good; else bad "hints lead to the goal: $game"; fi
done

expect the_schedule_is_said 0 "*explore update.c --replay '1:accesses:1:*" \
    '1 2 2 1\np\n' update.c
schedule=$(schedule_said)
"$explore" update.c --replay "$schedule" >"$box/out" 2>"$box/err"
said=$(cat "$box/out")
also what_was_played_is_replayed '*writes total: 1*'
expect a_game_begins_at_a_schedule 0 \
    '*move 4, 1 preemption*This schedule reaches the goal, in 4 moves*' '' \
    update.c --goal lose-update --schedule "$schedule"
expect with_undo_from_there 0 '*move 3*move 0*' 'u\nu u u\n' update.c \
    --goal lose-update --schedule "$schedule"
"$explore" locks.c >"$box/out" 2>"$box/err"
expect what_explore_found_can_be_played 0 '*reaches the goal, in 2 moves*' '' locks.c \
    --schedule "$(schedule_said)" --goal deadlock
"$explore" local.c --points accesses --check assert >"$box/out" 2>"$box/err"
expect also_of_a_local_that_is_shared 0 '*assert(sum == 2)*' '' local.c \
    --schedule "$(schedule_said)" --goal assertion

# ---- What is played ---------------------------------------------------------

expect several_files_options_and_arguments 0 '*Output: 42*' 'f\n' half.c other.c \
    --cflags -DFACTOR=6 --goal any -- 7
expect and_the_command_repeats_them 0 \
    "*explore half.c other.c --cflags -DFACTOR=6 --replay '1:*' -- 7*" 'p\n' \
    half.c other.c --cflags -DFACTOR=6 --goal any -- 7
expect a_program_without_threads_cannot_fail 0 '*It cannot: prove it*' '' other.c \
    half.c --cflags -DFACTOR=1
expect many_threads_have_numbers_of_two_digits 0 \
    '*Thread 40 cannot go on: it waits for lock, which thread 12 holds.*' \
    '12\n40\n' many.c --goal any

# ---- What cannot be played --------------------------------------------------

expect no_program_is_refused 2 'telar: play what?*' ''
expect a_program_that_is_not_there 2 "telar: *no file*nothing.c*" '' nothing.c
expect an_unknown_goal 2 "telar: *no goal 'glory'*" '' update.c --goal glory
expect an_unknown_view 2 "telar: *no view 'glory': there are timeline*" '' update.c --view glory
expect a_time_that_is_no_step 2 'telar: *--at soon*' '' update.c --at soon
expect an_unknown_option 2 'telar: *--fast*' '' update.c --fast
expect a_value_that_is_none 2 'telar: *--spurious many*' '' update.c \
    --spurious many
expect a_call_that_is_not_supported 2 'telar: *fork*' '' forks.c
expect a_schedule_that_is_none 2 'telar: *version*' '' update.c --schedule x
expect a_schedule_of_another_build 2 'telar: *another program*' '' update.c \
    --schedule 1:sync:1:0123456789abcdef:0*1
expect a_schedule_that_does_not_fit 2 'telar: *does not fit*' '' update.c \
    --schedule "${schedule%:*}:0*3000"
timeout 60 "$play" wrong.c </dev/null >"$box/out" 2>"$box/err"
said="$? $(tail -n 1 "$box/err")"
also what_does_not_compile_is_told '2 telar: *'

# ---- Spanish ----------------------------------------------------------------

expect spanish_goal_and_words 0 \
    '*Meta: un interbloqueo*hilo 2 downwards: va a tomar b*¡Lo lograste!*' \
    '1\n2\n' locks.c --lang es --goal interbloqueo
also spanish_has_its_articles '*espera b, que tiene el hilo 2, que espera a*'
expect spanish_of_one_move 0 '*jugada 1*vence el plazo de main*' 'wa\nu\n' \
    timed.c --lang es --goal any
expect spanish_of_what_was_done 0 \
    '*¡Lo lograste! La meta, en 4 jugadas y 1 expropiación.*' '1 2 2 1\n' update.c \
    --lang es --goal perder-suma

# ---- A terminal -------------------------------------------------------------

on_terminal() { # KEYS COMMAND
    printf '%b' "$1" | timeout 60 script -qec "$2" /dev/null |
        tr -d '\r' >"$box/out"
    said=$(cat "$box/out")
}

# The same, but the keys come only once the screen stands.
on_screen() { # KEYS COMMAND
    : >"$box/screen"
    { for _ in $(seq 600); do
        grep -q '1049h' "$box/screen" && break
        sleep 0.1
    done; printf '%b' "$1"; } | timeout 90 script -qfec "$2" /dev/null \
        >"$box/screen"
    tr -d '\r' <"$box/screen" >"$box/out"
    said=$(cat "$box/out")
}

# What the screen shows, test_play_terminal.c sees.
on_terminal '1221q' "stty rows 24 cols 80; $play update.c --goal lose-update;
    stty -a"
also a_terminal_is_left_as_it_was "*$escape?[?]1049l*[!-]icanon*[!-]echo *"
also and_the_schedule_stays "*1049l*--schedule '1:accesses*"
also colours_are_used "*$escape?36m*"
on_terminal '1221q' "NO_COLOR=1 $play update.c --goal lose-update"
never no_color_is_respected "*$escape?3[0-7]m*"
on_terminal '1 2\n2 1\nq\n' "TERM=dumb $play update.c --goal lose-update"
also a_dumb_terminal_takes_lines '*Well done!*'
never and_gets_no_escape_sequence "*$escape*"
on_terminal '1 2\n2 1\nq\n' "$play update.c --goal lose-update --plain"
also plain_takes_lines_too '*Well done!*'
never and_gets_none_either "*$escape*"
on_terminal '\033[A\033[1;5C\tkq' "$play update.c --goal any; echo status \$?"
also keys_that_are_none_do_no_harm "*status 0*"
never arrows_move_nothing '*To play it on*'
on_screen '1\003' "trap : INT; $play update.c --goal any; stty -a"
also ctrl_c_leaves_the_terminal_sane "*$escape?[?]1049l*[!-]icanon*[!-]echo *"
on_terminal '' "$play update.c --goal any; echo status \$?"
also the_end_of_the_input_quits '*status 0*'

echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
