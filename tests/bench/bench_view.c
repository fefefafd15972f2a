// bench_view.c - what a frame costs, and how long large traces take to open and
// to seek in, as the visualizer does; nothing is asserted
#include <fcntl.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "runtime/stats.h"
#include "tools/trace/writer.h"
#include "viz/frame.h"
#include "viz/view.h"

enum { TASKS = 50, FRAMES = 300, SEEKS = 200, ROWS = 60, COLUMNS_WIDE = 200 };

static char path[64];
static struct stage stage;

static double ms_since(uint64_t start)
{
    return (double)(writer_now() - start) / 1e6;
}

static void put(const char *what, const double *sample, size_t count,
                const char *unit)
{
    struct stats s;

    if (stats_of(sample, count, &s))
        printf("%-40s %9.3f %s  [%.3f, %.3f], largest %.3f\n", what, s.median,
               unit, s.sure_low, s.sure_high, s.maximum);
}

// ---- A busy trace: fifty workers, locks, turns on the CPU -------------------

static uint32_t dice(uint32_t sides)
{
    static uint64_t state = 1;

    state = state * 6364136223846793005u + 1442695040888963407u;
    return (uint32_t)(state >> 33) % sides;
}

static void one_round(struct writer_task *task, uint64_t *time)
{
    static const uint16_t kinds[] = {TRACE_CPU_RUN,      TRACE_LOCK_REQUEST,
                                     TRACE_CPU_BLOCK,    TRACE_CPU_WAKE,
                                     TRACE_CPU_RUN,      TRACE_LOCK_ACQUIRE,
                                     TRACE_LOCK_RELEASE, TRACE_CPU_PREEMPT};
    uint64_t lock = 1 + dice(8);

    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        bool is_lock = trace_kind_of(kinds[i])->object == TRACE_LOCK;

        *time += 100 + dice(2000);
        writer_event_at(task, *time, 0, kinds[i], is_lock ? lock : dice(2), 0);
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

// ---- Frames -----------------------------------------------------------------

static void bench_frames(int view)
{
    struct grid grid = {0};
    double sample[FRAMES];
    char what[80];

    stage.view = view;
    stage_go_event(&stage, stage.reader.count / 2);
    stage.length = (stage.lanes.end - stage.lanes.begin) / 2;
    stage.plays = true;
    for (int i = 0; i < FRAMES; i++) {
        uint64_t start = writer_now();

        stage_tick(&stage, 33000000);
        grid_size(&grid, ROWS, COLUMNS_WIDE);
        frame_draw(&stage, &grid);
        sample[i] = ms_since(start);
    }
    snprintf(what, sizeof what, "%s: a frame of 200 x 60", views[view].word);
    put(what, sample, FRAMES, "ms");
    grid_free(&grid);
}

// What it would cost only to write as many bytes to where nothing is done.
static void bench_raw(void)
{
    static char bytes[ROWS * COLUMNS_WIDE * 3];
    int null = open("/dev/null", O_WRONLY);
    double sample[FRAMES];

    for (int i = 0; i < FRAMES; i++) {
        uint64_t start = writer_now();

        memset(bytes, 'a' + i % 26, sizeof bytes);
        if (write(null, bytes, sizeof bytes) < 0)
            exit(2);
        sample[i] = ms_since(start);
    }
    close(null);
    put("the same bytes written raw", sample, FRAMES, "ms");
}

static void bench_seeks(void)
{
    double sample[SEEKS];

    for (int i = 0; i < SEEKS; i++) {
        uint64_t start = writer_now();

        stage_go_event(&stage, dice((uint32_t)stage.reader.count));
        sample[i] = ms_since(start);
    }
    put("a seek", sample, SEEKS, "ms");
}

static long resident_kib(void)
{
    long pages = 0;
    FILE *in = fopen("/proc/self/statm", "r");

    if (in && fscanf(in, "%*d %ld", &pages) != 1)
        pages = 0;
    if (in)
        fclose(in);
    return pages * (sysconf(_SC_PAGESIZE) / 1024);
}

static void bench(size_t events)
{
    char error[600];
    uint64_t start;
    double opened;

    printf("%zu events\n", events);
    make_trace(events);
    start = writer_now();
    if (!stage_open(&stage, path, error, sizeof error)) {
        fprintf(stderr, "%s\n", error);
        exit(2);
    }
    opened = ms_since(start);
    put("opening", &opened, 1, "ms");
    printf("%-40s %9.1f bytes an event\n", "resident memory",
           (double)resident_kib() * 1024 / (double)events);
    bench_seeks();
    for (int i = 0; i < view_count; i++)
        bench_frames(i);
    stage_close(&stage);
    unlink(path);
}

int main(void)
{
    const char *folder = getenv("TMPDIR");

    setlocale(LC_CTYPE, "C.UTF-8");
    snprintf(path, sizeof path, "%s/bench_view.trace",
             folder && *folder ? folder : "/tmp");
    bench(1000000);
    bench(10000000);
    bench_raw();
    return 0;
}
