// bench_trace.c - what one event costs, how long large traces take to open and
// to seek in; nothing is asserted
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "runtime/stats.h"
#include "tools/trace/model.h"
#include "tools/trace/writer.h"

enum { ROUNDS = 101, EVENTS = 10000, SEEKS = 400 };

static char path[64];

static double ms_since(uint64_t start)
{
    return (double)(writer_now() - start) / 1e6;
}

static void put(const char *what, const double *sample, size_t count,
                const char *unit)
{
    struct stats s;

    if (stats_of(sample, count, &s))
        printf("%-36s %9.3f %s  [%.3f, %.3f], largest %.3f\n", what, s.median,
               unit, s.sure_low, s.sure_high, s.maximum);
}

// ---- One event --------------------------------------------------------------

static double time_events(struct writer_task *task)
{
    uint64_t start = writer_now();

    for (uint64_t i = 0; i < EVENTS; i++)
        writer_event(task, TRACE_COUNTER, 0, i);
    return (double)(writer_now() - start) / EVENTS;
}

static double time_stores(struct trace_record *records)
{
    uint64_t start = writer_now();

    for (uint64_t i = 0; i < EVENTS; i++) {
        struct trace_record *r = &records[i];

        r->time = writer_now();
        r->object = 0;
        r->value = i;
        atomic_store_explicit(&r->last, 1, memory_order_release);
    }
    return (double)(writer_now() - start) / EVENTS;
}

// A file like a trace's, that nobody has stored to yet.
static struct trace_record *new_file(void)
{
    size_t size = (ROUNDS + 1) * EVENTS * sizeof(struct trace_record);
    char name[80];
    void *at;
    int fd;

    snprintf(name, sizeof name, "%s.stores", path);
    fd = open(name, O_RDWR | O_CREAT | O_EXCL, 0600);
    if (fd < 0 || unlink(name) != 0 || ftruncate(fd, (off_t)size) != 0)
        exit(2);
    at = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    if (at == MAP_FAILED)
        exit(2);
    close(fd);
    return at;
}

// Both in turn, so that a machine that is busy meanwhile slows both.
static void bench_event(const char *what, const struct writer_options *options,
                        struct trace_record *records, size_t stride)
{
    static double events[ROUNDS], stores[ROUNDS], ratios[ROUNDS];
    struct writer writer;
    struct writer_task *task;

    if (writer_create(&writer, path, options) != 0)
        exit(2);
    task = writer_task_begin(&writer, "bench", 0, 0, 0);
    time_events(task);
    time_stores(records);
    for (int i = 0; i < ROUNDS; i++) {
        events[i] = time_events(task);
        stores[i] = time_stores(records += stride);
        ratios[i] = events[i] / stores[i];
    }
    printf("%s\n", what);
    put("  an event", events, ROUNDS, "ns");
    put("  a clock read and a 32-byte store", stores, ROUNDS, "ns");
    put("  ratio", ratios, ROUNDS, "  ");
    writer_close(&writer);
}

// ---- Large traces -----------------------------------------------------------

static void write_large(uint64_t events)
{
    const struct writer_options options = {.chunk_count = 1 << 18};
    struct writer_task *tasks[8];
    struct writer writer;

    if (writer_create(&writer, path, &options) != 0)
        exit(2);
    for (uint32_t i = 0; i < 8; i++)
        tasks[i] = writer_task_begin(&writer, "worker", 0, 1, i + 1);
    for (uint64_t i = 0; i < events / 4; i++) {
        struct writer_task *task = tasks[i * 7919 % 8];
        uint64_t lock = 0x1000 + i % 100 * 64;

        writer_event(task, TRACE_LOCK_REQUEST, lock, 0);
        writer_event(task, TRACE_LOCK_ACQUIRE, lock, 0);
        writer_event(task, TRACE_PIPE_WRITE, 7, TRACE_FLOW_OF(10, i));
        writer_event(task, TRACE_LOCK_RELEASE, lock, 0);
    }
    writer_close(&writer);
}

static void time_seeks(struct model *model)
{
    static double seeks[SEEKS], steps[SEEKS];
    uint64_t state = 1;

    for (int i = 0; i < SEEKS; i++) {
        uint64_t start = writer_now();

        state = state * 6364136223846793005u + 1442695040888963407u;
        model_seek(model, state % model->reader->count);
        seeks[i] = ms_since(start);
        start = writer_now();
        model_step(model, -1);
        steps[i] = ms_since(start);
    }
    put("  seek to anywhere", seeks, SEEKS, "ms");
    put("  one step back", steps, SEEKS, "ms");
}

static void bench_large(uint64_t events, int rounds)
{
    static double opens[ROUNDS], models[ROUNDS];
    struct reader reader;
    struct model model;

    write_large(events);
    printf("%llu events of 8 tasks\n", (unsigned long long)events);
    for (int i = 0; i < rounds; i++) {
        uint64_t start = writer_now();

        if (!reader_open(&reader, path))
            exit(2);
        opens[i] = ms_since(start);
        if (!model_open(&model, &reader))
            exit(2);
        models[i] = ms_since(start);
        if (i + 1 == rounds)
            time_seeks(&model);
        model_close(&model);
        reader_close(&reader);
    }
    put("  open", opens, (size_t)rounds, "ms");
    put("  open, with the model at its end", models, (size_t)rounds, "ms");
}

int main(void)
{
    static struct trace_record warm[EVENTS];
    const struct writer_options ring = {.policy = TRACE_OVERWRITE,
                                        .chunk_count = 64};

    snprintf(path, sizeof path, "%s/telar-bench-%d.trace",
             getenv("TMPDIR") ? getenv("TMPDIR") : "/tmp", (int)getpid());
    bench_event("both into warm memory (overwriting)", &ring, warm, 0);
    bench_event("both into a growing file (each page new)", NULL, new_file(),
                EVENTS);
    bench_large(1000000, 11);
    bench_large(10000000, 5);
    unlink(path);
    return 0;
}
