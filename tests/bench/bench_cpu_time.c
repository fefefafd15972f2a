// bench_cpu_time.c - on-CPU time as it is told, against what the kernel charged
//
// Each program by perf and by samples in turn. Told are the sum of a report and
// the sum of the lanes; both in percent of the rusage of the same run.
#include <fcntl.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <unistd.h>

#include "runtime/message.h"
#include "runtime/must.h"
#include "runtime/stats.h"
#include "tools/recorder/inside.h"
#include "tools/recorder/preload.h"
#include "tools/recorder/supervise.h"
#include "tools/recorder/tally.h"

enum { ROUNDS = 5, WAYS = 2, TASKS = 4096 };

static const char *const way_names[WAYS] = {"perf", "samples"};

static const struct program {
    const char *name, *script;
} programs[] = {
    {"python3, two threads", "exec /usr/bin/python3 -c 'import threading as t\n"
                             "def f():\n"
                             "  for i in range(3000000): pass\n"
                             "a=[t.Thread(target=f) for i in range(2)]\n"
                             "[b.start() for b in a];[b.join() for b in a]'"},
    {"sort --parallel=2", "seq 400000 -1 1 | sort --parallel=2 -n >/dev/null"},
    {"xz -T2", "xz -T2 --block-size=1MiB -0 -k -c /usr/bin/python3 >/dev/null"},
    {"200 times true",
     "i=0; while [ $i -lt 200 ]; do /bin/true; i=$((i+1)); done"},
    {"gcc -O2, a file", "echo '#include <stdio.h>' | gcc -O2 -xc -c -o "
                        "/dev/null -"},
    {"a pipeline of four", "seq 300000 | grep 1 | sort -r | wc -l >/dev/null"},
    {"make, eight jobs of two",
     "printf 'all: 1 2 3 4 5 6 7 8\\n%%:\\n\\t@seq 20000 | sort >/dev/null\\n' "
     "| make -s -j2 -f - all"},
};

struct told {
    double used_ms, sum, lanes; // the last two in percent of the first
};

// ---- One run ----------------------------------------------------------------

static double used_ms(void)
{
    struct rusage u;

    MUST(getrusage(RUSAGE_CHILDREN, &u));
    return (double)(u.ru_utime.tv_sec + u.ru_stime.tv_sec) * 1e3 +
           (double)(u.ru_utime.tv_usec + u.ru_stime.tv_usec) / 1e3;
}

static double lanes_ms(const char *path)
{
    struct reader reader;
    struct model model;
    struct tally tally;
    double sum = 0;

    if (!reader_open(&reader, path) || !model_open(&model, &reader) ||
        !tally_open(&tally, &model))
        exit(could_not("%s cannot be read", path));
    for (uint32_t i = 0; i < tally.task_count; i++)
        sum += (double)tally.tasks[i].ns[MODEL_RUNNING] / 1e6;
    tally_close(&tally);
    model_close(&model);
    reader_close(&reader);
    return sum;
}

static void record(const struct program *program, const char *path,
                   struct writer *writer, bool no_perf,
                   struct supervised *result)
{
    const char *argv[] = {"sh", "-c", program->script, NULL};
    struct supervision how = {"/bin/sh", (char *const *)argv, writer, no_perf};
    struct preload preload = {"/bin/sh", path,
                              RECORD_THREADS | RECORD_SYNC | RECORD_PROCESS |
                                  RECORD_IO | RECORD_SLEEP,
                              true};
    char error[1000];

    if (!preload_into(&preload, error, sizeof error) ||
        !supervise(&how, result, error, sizeof error))
        exit(could_not("%s", error));
    preload_done();
}

static struct told run(const struct program *program, bool no_perf)
{
    const struct writer_options sizes = {.task_count = TASKS};
    char path[] = "/tmp/bench_cpu_time.XXXXXX";
    struct supervised result;
    struct writer writer;
    double used = used_ms();
    struct told told;

    close(MUST(mkstemp(path)));
    if (writer_create(&writer, path, &sizes) != 0)
        exit(could_not("%s", path));
    record(program, path, &writer, no_perf, &result);
    used = used_ms() - used;
    writer_close(&writer);
    told = (struct told){used, (double)result.totals.cpu_ns / 1e4 / used - 100,
                         lanes_ms(path) * 100 / used - 100};
    unlink(path);
    return told;
}

// ---- All of them ------------------------------------------------------------

static double median(const double *sample)
{
    struct stats s;

    return stats_of(sample, ROUNDS, &s) ? s.median : NAN;
}

static void compare(const struct program *program)
{
    double used[WAYS][ROUNDS], sum[WAYS][ROUNDS], lanes[WAYS][ROUNDS];

    for (int i = 0; i < ROUNDS; i++)
        for (int way = 0; way < WAYS; way++) {
            struct told told = run(program, way == 1);

            used[way][i] = told.used_ms;
            sum[way][i] = told.sum;
            lanes[way][i] = told.lanes;
        }
    for (int way = 0; way < WAYS; way++)
        printf("%-25s %-8s %9.1f %+10.2f %+10.2f\n", program->name,
               way_names[way], median(used[way]), median(sum[way]),
               median(lanes[way]));
}

int main(void)
{
    lang_set("en");
    printf("%-25s %-8s %9s %10s %10s\n", "program", "source", "rusage ms",
           "sum %", "lanes %");
    for (size_t i = 0; i < sizeof programs / sizeof *programs; i++)
        compare(&programs[i]);
    return 0;
}
