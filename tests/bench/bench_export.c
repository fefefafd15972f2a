// bench_export.c - what it takes to write a large trace in each format: seconds,
// megabytes a second, and memory beyond that of reader and model; nothing is
// asserted
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include "tools/trace/export.h"
#include "tools/trace/writer.h"

enum { TASKS = 50 };

static char path[300];

static uint32_t dice(uint32_t sides)
{
    static uint64_t state = 1;

    state = state * 6364136223846793005u + 1442695040888963407u;
    return (uint32_t)(state >> 33) % sides;
}

// Turns on the CPU, locks, a pipe that fills.
static void one_round(struct writer_task *task, uint64_t *time)
{
    static const uint16_t kinds[] = {TRACE_CPU_RUN,      TRACE_LOCK_REQUEST,
                                     TRACE_CPU_BLOCK,    TRACE_CPU_RUN,
                                     TRACE_LOCK_ACQUIRE, TRACE_PIPE_WRITE,
                                     TRACE_LOCK_RELEASE, TRACE_CPU_PREEMPT};
    uint64_t lock = 1 + dice(8);

    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        bool is_lock = trace_kind_of(kinds[i])->object == TRACE_LOCK;
        bool is_flow = kinds[i] == TRACE_PIPE_WRITE;

        *time += 100 + dice(2000);
        writer_event_at(task, *time, 0, kinds[i],
                        is_lock   ? lock
                        : is_flow ? 77
                                  : dice(2),
                        is_flow ? TRACE_FLOW_OF(1, dice(65536)) : 0);
    }
}

static void make_trace(size_t events)
{
    const struct writer_options options = {
        .chunk_count = (uint32_t)(events / 100 + 4 * TASKS)};
    struct writer writer;
    struct writer_task *tasks[TASKS];
    uint64_t time;
    char name[20];

    if (writer_create(&writer, path, &options) != 0)
        exit(2);
    for (int i = 0; i < TASKS; i++) {
        snprintf(name, sizeof name, "worker %d", i);
        tasks[i] = writer_task_begin(&writer, name, 0, 1, (uint32_t)i + 1);
    }
    writer_event(tasks[0], TRACE_SCHEDULING, TRACE_SOURCE_PERF, 0);
    time = writer_now();
    for (size_t i = 0; i < events / 8; i++)
        one_round(tasks[dice(TASKS)], &time);
    writer_close(&writer);
}

static long peak_kib(void)
{
    struct rusage usage;

    getrusage(RUSAGE_SELF, &usage);
    return usage.ru_maxrss;
}

// To where nothing is kept, but through all of the formatting.
static void bench(const struct export_format *format, struct model *model)
{
    struct export_what what = export_all();
    FILE *out = fopen("/dev/null", "w");
    uint64_t start = writer_now();
    long before = peak_kib();
    double seconds, mb;

    if (!out || format->write(out, model, &what) != 0)
        exit(2);
    seconds = (double)(writer_now() - start) / 1e9;
    fclose(out);
    out = tmpfile(); // how much it is, untimed
    if (!out || format->write(out, model, &what) != 0 || fflush(out) != 0)
        exit(2);
    mb = (double)ftell(out) / 1e6;
    fclose(out);
    printf("%-7s %-11s %7.2f s  %8.1f MB  %7.1f MB/s  %6.1f M events/s  "
           "%+ld KiB at most\n",
           format->name, format->table, seconds, mb, mb / seconds,
           (double)model->reader->count / 1e6 / seconds, peak_kib() - before);
}

static void bench_all(size_t events)
{
    struct reader reader;
    struct model model;

    printf("%zu events\n", events);
    make_trace(events);
    if (!reader_open(&reader, path) || !model_open(&model, &reader))
        exit(2);
    for (int i = 0; export_at(i); i++)
        bench(export_at(i), &model);
    model_close(&model);
    reader_close(&reader);
    unlink(path);
}

int main(void)
{
    const char *folder = getenv("TMPDIR");

    snprintf(path, sizeof path, "%s/bench_export.trace",
             folder && *folder ? folder : "/tmp");
    bench_all(1000000);
    bench_all(10000000);
    return 0;
}
