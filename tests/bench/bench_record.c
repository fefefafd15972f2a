// bench_record.c - what an event inside a recorded program costs, and what
// whole programs cost recorded, under strace -f and alone; nothing is asserted
#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "runtime/stats.h"
#include "tools/trace/writer.h"

enum { ROUNDS = 15, INNER = 40, TIMES = 2000, PROGRAM_ROUNDS = 7 };

// ---- What is measured: this program, started again with a word --------------

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t condition = PTHREAD_COND_INITIALIZER;
static int zeros, ends[2];

static void lock(void)
{
    pthread_mutex_lock(&mutex);
    pthread_mutex_unlock(&mutex);
}

static void allocate(void)
{
    void *volatile block = malloc(24);

    free(block);
}

static void signal_nobody(void)
{
    pthread_cond_signal(&condition);
}

static void through_pipe(void)
{
    char byte = 0;

    if (write(ends[1], &byte, 1) + read(ends[0], &byte, 1) != 2)
        exit(2);
}

static void read_byte(void)
{
    char byte;

    if (read(zeros, &byte, 1) != 1)
        exit(2);
}

// What no event can be cheaper than.
static void store(void)
{
    static struct trace_record ring[4096];
    static uint32_t at;
    struct trace_record *r = &ring[at++ % 4096];

    r->time = writer_now();
    r->object = (uintptr_t)r;
    r->value = at;
    atomic_store_explicit(&r->last, 1, memory_order_release);
}

// A program of one thread locks and unlocks without an atomic instruction.
static const struct subject {
    const char *name;
    void (*once)(void);
    int events;    // recorded each time
    bool threaded; // measured last, while there is another thread
} subjects[] = {
    {"a clock read and a 32-byte store", store, 0, false},
    {"mutex, lock and unlock", lock, 2, false},
    {"malloc and free", allocate, 2, false},
    {"signal to a condition", signal_nobody, 1, false},
    {"read of a byte from /dev/zero", read_byte, 2, false},
    {"a byte through a pipe", through_pipe, 4, false},
    {"mutex, lock and unlock, two threads", lock, 2, true},
    {"malloc and free, two threads", allocate, 2, true},
};
enum { SUBJECTS = sizeof subjects / sizeof *subjects };

// The quickest of several: the others were interrupted.
static double time_of(void (*once)(void))
{
    double best = 1e18;

    for (int i = 0; i < INNER; i++) {
        uint64_t start = writer_now(), took;

        for (int k = 0; k < TIMES; k++)
            once();
        took = writer_now() - start;
        if ((double)took / TIMES < best)
            best = (double)took / TIMES;
    }
    return best;
}

static void *stand_by(void *nothing)
{
    pause();
    return nothing;
}

static int measure(void)
{
    pthread_t other;

    zeros = open("/dev/zero", O_RDONLY);
    if (pipe(ends) != 0)
        return 2;
    for (int i = 0; i < SUBJECTS; i++) {
        if (subjects[i].threaded && !subjects[i - 1].threaded &&
            pthread_create(&other, NULL, stand_by, NULL) != 0)
            return 2;
        printf("%.2f\n", time_of(subjects[i].once));
    }
    return 0;
}

// ---- Who measures -----------------------------------------------------------

static char own[4096], recorder[4200], trace[4200];

static bool run(const char *before, double figures[SUBJECTS])
{
    char command[16384], line[64];
    FILE *from;
    int count = 0;

    snprintf(command, sizeof command, "%s '%s' measure 2>/dev/null", before,
             own);
    from = popen(command, "r");
    while (from && count < SUBJECTS && fgets(line, sizeof line, from))
        figures[count++] = strtod(line, NULL);
    return from && pclose(from) == 0 && count == SUBJECTS;
}

static void put(const char *what, const double *sample, size_t count,
                const char *unit)
{
    struct stats s;

    if (stats_of(sample, count, &s))
        printf("  %-30s %9.2f %s  [%.2f, %.2f]\n", what, s.median, unit,
               s.sure_low, s.sure_high);
}

static double alone[SUBJECTS][ROUNDS], recorded[SUBJECTS][ROUNDS];

static void put_subject(int i)
{
    double cost[ROUNDS], ratio[ROUNDS];

    printf("%s\n", subjects[i].name);
    put("alone", alone[i], ROUNDS, "ns");
    if (subjects[i].events == 0)
        return;
    put("recorded", recorded[i], ROUNDS, "ns");
    for (int k = 0; k < ROUNDS; k++) {
        cost[k] = (recorded[i][k] - alone[i][k]) / subjects[i].events;
        ratio[k] = cost[k] / recorded[0][k];
    }
    put("an event", cost, ROUNDS, "ns");
    put("of a clock read and a store", ratio, ROUNDS, "  ");
}

// Both in turn, so that a machine that is busy meanwhile slows both.
static void bench_events(const char *record)
{
    for (int round = 0; round < ROUNDS; round++) {
        double once[SUBJECTS], twice[SUBJECTS];

        if (!run("", once) || !run(record, twice)) {
            puts("events could not be measured here");
            return;
        }
        for (int i = 0; i < SUBJECTS; i++) {
            alone[i][round] = once[i];
            recorded[i][round] = twice[i];
        }
    }
    for (int i = 0; i < SUBJECTS; i++)
        put_subject(i);
}

// ---- Whole programs ---------------------------------------------------------

static const char *const programs[] = {
    "python3 -c 'import threading as t\n"
    "def f():\n"
    "  for i in range(200000): pass\n"
    "a=[t.Thread(target=f) for i in range(4)]\n"
    "[b.start() for b in a];[b.join() for b in a]'",
    "sort --parallel=2 -o /dev/null /usr/bin/python3",
    "sh -c 'for i in 1 2 3 4 5 6 7 8 9; do /bin/true; done'",
    "xz -T2 -0 -k -c /usr/bin/python3",
};
enum { PROGRAMS = sizeof programs / sizeof *programs };

static double ms_of(const char *before, const char *program)
{
    char command[16384];
    uint64_t start;

    snprintf(command, sizeof command, "%s %s >/dev/null 2>&1", before, program);
    start = writer_now();
    if (system(command) == -1)
        exit(2);
    return (double)(writer_now() - start) / 1e6;
}

static void bench_program(const char *program, const char *record)
{
    const char *const ways[] = {"", record, "strace -f -o /dev/null"};
    const char *const names[] = {"alone", "recorded", "strace -f"};
    double took[3][PROGRAM_ROUNDS];

    for (int round = 0; round < PROGRAM_ROUNDS; round++)
        for (int way = 0; way < 3; way++)
            took[way][round] = ms_of(ways[way], program);
    printf("%.40s...\n", program);
    for (int way = 0; way < 3; way++)
        put(names[way], took[way], PROGRAM_ROUNDS, "ms");
}

static void find_paths(void)
{
    ssize_t length = readlink("/proc/self/exe", own, sizeof own - 1);
    const char *folder = getenv("TMPDIR");
    char *slash;

    own[length > 0 ? length : 0] = '\0';
    slash = strrchr(own, '/');
    if (!slash)
        exit(2);
    snprintf(trace, sizeof trace, "%s/telar-bench-%d.trace",
             folder ? folder : "/tmp", (int)getpid());
    snprintf(recorder, sizeof recorder, "%.*s/../bin/telar-run",
             (int)(slash - own), own);
}

int main(int argc, char **argv)
{
    char record[12000];

    if (argc > 1 && !strcmp(argv[1], "measure"))
        return measure();
    find_paths();
    snprintf(record, sizeof record,
             "'%s' --quiet --newest --size 1 --what sync,io,memory "
             "--trace '%s' --",
             recorder, trace);
    bench_events(record);
    snprintf(record, sizeof record, "'%s' --quiet --trace '%s' --", recorder,
             trace);
    for (int i = 0; i < PROGRAMS; i++)
        bench_program(programs[i], record);
    unlink(trace);
    return 0;
}
