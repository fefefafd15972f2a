#!/bin/sh
# test_explore.sh - telar-explore as a person calls it
cd "$(dirname "$0")/.." || exit 2
root=$PWD
bin=$root/${BUILD:-build}/bin
dir=$(mktemp -d) || exit 2
trap 'rm -rf "$dir"' EXIT
passed=0 failed=0
cd "$dir" || exit 2
unset TELAR_LANG LANGUAGE LC_ALL LC_MESSAGES LANG TELAR_ROOT
export TELAR_LANG=en

good() {
    passed=$((passed + 1))
}

bad() { # WHAT...
    failed=$((failed + 1))
    echo "FAILED: $*"
    head -n 12 "$dir/out" "$dir/err"
}

# Runs the rest; its status must be STATUS and WORDS must stand in what it
# says; where it could not, one line of ours is the last on standard error.
expect() { # STATUS WORDS COMMAND...
    status=$1 words=$2
    shift 2
    "$@" >"$dir/out" 2>"$dir/err" </dev/null
    got=$?
    if [ "$got" = "$status" ] &&
        cat "$dir/out" "$dir/err" | grep -F -- "$words" >/dev/null &&
        { [ "$status" != 2 ] || grep -q '^telar: ' "$dir/err"; }; then
        good
    else
        bad "status $got, wanted $status with '$words': $*"
    fi
}

# What jq makes of the report must be WANTED.
report() { # WANTED FILTER COMMAND...
    wanted=$1 filter=$2
    shift 2
    "$@" --format json >"$dir/out" 2>"$dir/err" </dev/null
    got=$(jq -r "$filter" <"$dir/out" 2>>"$dir/err")
    if [ "$got" = "$wanted" ]; then
        good
    else
        bad "'$got' is not '$wanted': $*"
    fi
}

explore=$bin/telar-explore

# ---- Programs ---------------------------------------------------------------

cat >race.c <<'END'
#include <pthread.h>
#include <stdlib.h>
static int counter, times = 3;
static void *add(void *unused)
{
    for (int i = 0; i < times; i++)
        counter++;
    return unused;
}
int main(int count, char **words)
{
    pthread_t one, two;
    if (count > 1)
        times = atoi(words[1]);
    pthread_create(&one, NULL, add, NULL);
    pthread_create(&two, NULL, add, NULL);
    pthread_join(one, NULL);
    pthread_join(two, NULL);
    return 0;
}
END
cat >locks.c <<'END'
#include <assert.h>
#include <pthread.h>
#include <stdio.h>
static pthread_mutex_t fork_of[3] = {PTHREAD_MUTEX_INITIALIZER,
    PTHREAD_MUTEX_INITIALIZER, PTHREAD_MUTEX_INITIALIZER};
static void *eat(void *number)
{
    long left = (long)number, right = (left + 1) % 3;
#ifdef CURED
    if (left > right) { long other = left; left = right; right = other; }
#endif
    pthread_mutex_lock(&fork_of[left]);
    pthread_mutex_lock(&fork_of[right]);
    puts("ate");
    pthread_mutex_unlock(&fork_of[right]);
    pthread_mutex_unlock(&fork_of[left]);
    return NULL;
}
int main(void)
{
    pthread_t thread[3];
    for (long i = 0; i < 3; i++)
        pthread_create(&thread[i], NULL, eat, (void *)i);
    for (int i = 0; i < 3; i++)
        pthread_join(thread[i], NULL);
    return 0;
}
END
cat >half.c <<'END'
int answer(void);
int main(void) { return answer() != 42; }
END
echo 'int answer(void) { return 42; }' >other.c
echo 'int answer(void) { return 42 }' >wrong.c
echo '#include <unistd.h>
int main(void) { return fork() == 0; }' >forks.c
echo '#include <unistd.h>
int main(int n, char **w) { (void)w; return n > 100 && fork(); }' >may_fork.c
echo 'int main(void) { return 3; }' >three.c
echo 'int main(void) { for (;;); }' >loops.c
echo '#include <pthread.h>
static void *no(void *a) { return a; }
int main(void)
{
    pthread_t t[60];
    for (int i = 0; i < 60; i++) pthread_create(&t[i], 0, no, 0);
    for (int i = 0; i < 60; i++) pthread_join(t[i], 0);
    return 0;
}' >sixty.c

# ---- Verdicts ---------------------------------------------------------------

expect 1 'FAILED: data race on counter: ' "$explore" race.c
expect 1 'race.c:7' "$explore" race.c
expect 1 'counter++;' "$explore" race.c
expect 1 'carrera de datos en counter' "$explore" race.c --lang es
expect 1 'which thread 2 holds' "$explore" locks.c
expect 1 'que tiene el hilo 2' "$explore" locks.c --lang es
expect 1 'mutex fork_of[0]: held by thread ' "$explore" locks.c
expect 0 'PROVED' "$explore" locks.c --cflags -DCURED
expect 0 'SAMPLED' "$explore" locks.c --preemptions 0
expect 0 'at most 0 preemptions' "$explore" locks.c --preemptions 0
expect 1 'deadlock' "$explore" locks.c --preemptions 1
expect 0 'PROVED' "$explore" half.c other.c
expect 0 'exit status: 3' "$explore" three.c
expect 0 'PROVED' "$explore" sixty.c
expect 0 'PROVED' "$explore" may_fork.c
expect 2 'has no end' "$explore" loops.c --seconds 2
expect 0 'Usage' sh -c "'$explore' --help | sed 's/^usage/Usage/'"
report failed .verdict "$explore" race.c
report data_race .kind "$explore" race.c
report deadlock .kind "$explore" locks.c
report 'true proved' '"\(.exhausted) \(.verdict)"' \
    "$explore" locks.c --cflags -DCURED
report 'race.c 7 counter' '.locations[0] | "\(.file) \(.line) \(.what)"' \
    "$explore" race.c
report error .verdict "$explore" forks.c

# ---- Counts that are known (design, section 5) ------------------------------

count() { # WANTED ARG...
    wanted=$1
    shift
    report "$wanted" .executions "$explore" --points accesses --keep-going \
        --spurious 0 "$@"
}

count 328 race.c
report 924 .executions "$explore" race.c --strategy dfs --points accesses \
    --keep-going --spurious 0
"$explore" race.c --points accesses --keep-going --spurious 0 --format json \
    -- 4 >"$dir/out" 2>"$dir/err"
if [ "$(jq .executions "$dir/out")" = 3334 ]; then good; else bad "4: 3334"; fi
count 7 locks.c

# ---- Replay: the same story, byte for byte ----------------------------------

schedule=$("$explore" locks.c --format json | jq -r .schedule)
expect 1 'deadlock' "$explore" locks.c --replay "$schedule"
"$explore" locks.c --replay "$schedule" >first
"$explore" locks.c --replay "$schedule" >second
if cmp -s first second && [ -s first ]; then good; else bad "replays differ"; fi
"$explore" race.c --points accesses --keep-going --format json >"$dir/out"
expect 2 'another program' "$explore" race.c --replay "$schedule"
expect 2 'does not make sense' "$explore" locks.c --replay "${schedule}x"
expect 2 'does not fit' "$explore" locks.c --replay "${schedule%:*}:0*900"
schedule=$("$explore" race.c --format json | jq -r .schedule)
sed 's/$/\r/' race.c >windows.c
expect 1 'data race' "$explore" windows.c
if grep -qF '\x0d' "$dir/out"; then bad 'ends of lines shown'; else good; fi
cp race.c copy.c && mkdir -p deeper && cp race.c deeper/race.c
report "$schedule" .schedule "$explore" deeper/race.c

# ---- Both compilers ---------------------------------------------------------

if command -v clang >/dev/null; then
    expect 1 'data race on counter' "$explore" race.c --cc clang
    expect 0 'PROVED' "$explore" locks.c --cflags -DCURED --cc clang
    count 7 locks.c --cc clang
fi

# ---- What cannot be judged --------------------------------------------------

expect 2 'calls fork' "$explore" forks.c
expect 2 'no main' "$explore" other.c
expect 2 "'answer' is defined nowhere" "$explore" half.c
expect 2 'wrong.c does not compile' "$explore" half.c wrong.c
expect 2 'expected' "$explore" half.c wrong.c
expect 2 'there is no file' "$explore" nobody.c
expect 2 'there is no file' "$explore" nobody
expect 2 'not a C file' "$explore" first
expect 2 'explore what' "$explore"
expect 2 '--seconds' "$explore" race.c --seconds soon
expect 2 '--strategy' "$explore" race.c --strategy clever
expect 2 '--check' "$explore" race.c --check race,love
expect 2 '--bogus' "$explore" race.c --bogus
expect 2 '--lang takes' "$explore" race.c --lang fr
expect 2 '--cflags' "$explore" race.c --cflags "'"

# ---- Traces -----------------------------------------------------------------

expect 1 'data race' "$explore" race.c --trace race.trace
expect 0 'chosen by the explorer' "$bin/telar-view" race.trace --plain
expect 0 'race.c:7' "$bin/telar-export" race.trace --to text
expect 0 "./telar play race.c --schedule '" "$bin/telar-export" race.trace --to text
expect 1 'deadlock' "$explore" locks.c --trace locks.trace
expect 0 'fork_of[1]' "$bin/telar-view" locks.trace --plain
expect 0 'longest wait 1 step, for fork_of[' "$bin/telar-view" locks.trace --view statistics
expect 2 'No such file' "$explore" race.c --trace no/such/folder
expect 2 'no existe' "$explore" race.c --trace no/such/folder --lang es
expect 0 'no trace' "$explore" three.c --trace none.trace
expect 2 'could not write' sh -c "'$explore' race.c >/dev/full"
expect 1 'telar explore race.c --view --replay' "$explore" race.c
expect 1 'Trace ' "$explore" race.c --view
expect 1 'chosen by the explorer' "$explore" locks.c --view
expect 1 'Traza ' "$explore" race.c --view --lang es
expect 1 'Trace kept.trace' "$explore" race.c --view --trace kept.trace
expect 0 'nothing to see' "$explore" three.c --view
expect 2 '--view is for people' "$explore" race.c --view --format json
expect 2 '--all takes a folder alone' "$explore" --all . --view

# ---- A folder ---------------------------------------------------------------

mkdir -p all/below empty
cp race.c locks.c forks.c other.c three.c all/
cp locks.c all/below/again.c
expect 2 'race.c ' "$explore" --all all
expect 2 'below/again.c ' "$explore" --all all
expect 2 'exit 2  the program calls fork' "$explore" --all all
expect 2 '5 of 5 files: 0 proved, 1 sampled, 3 failed, 1 not judged' \
    "$explore" --all all
"$explore" --all all --format json >"$dir/out" 2>"$dir/err"
if [ "$(jq '.summary.failed' "$dir/out")" = 3 ]; then good; else bad "--all"; fi
expect 2 'no C file' "$explore" --all empty
rm all/forks.c
expect 1 '4 of 4 files' "$explore" --all all

# ---- Interrupted ------------------------------------------------------------

cat >long.c <<'END'
#include <pthread.h>
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static void *turn(void *unused)
{
    for (int i = 0; i < 30; i++) {
        pthread_mutex_lock(&lock);
        pthread_mutex_unlock(&lock);
    }
    return unused;
}
int main(void)
{
    pthread_t thread[4];
    for (int i = 0; i < 4; i++)
        pthread_create(&thread[i], NULL, turn, NULL);
    for (int i = 0; i < 4; i++)
        pthread_join(thread[i], NULL);
    return 0;
}
END
expect 0 'interrupted' timeout --preserve-status -s INT 3 "$explore" long.c \
    --seconds 300
expect 0 'SAMPLED' "$explore" long.c --max 2000
report 2000 .executions "$explore" long.c --max 2000

echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
