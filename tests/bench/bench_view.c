// bench_view.c - what a frame costs, on a terminal too, and how long large
// traces take to open and to seek in, as the visualizer does; nothing is
// asserted
#include <fcntl.h>
#include <locale.h>
#include <pty.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "runtime/stats.h"
#include "tests/bench/busy_trace.h"
#include "viz/frame.h"
#include "viz/display.h"
#include "viz/view.h"

enum { OPENINGS = 9, FRAMES = 300, SEEKS = 200, ROWS = 60, COLUMNS_WIDE = 200 };

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

// ---- On a terminal ----------------------------------------------------------

static double cpu_ms(void)
{
    struct rusage used;

    getrusage(RUSAGE_SELF, &used);
    return (double)(used.ru_utime.tv_sec + used.ru_stime.tv_sec) * 1e3 +
           (double)(used.ru_utime.tv_usec + used.ru_stime.tv_usec) / 1e3;
}

// What a viewer on a terminal finds out: CPU time of a frame.
struct cost {
    double drawn_ms, shown_ms; // drawn only; drawn and written
};

static double play_frames(struct grid *grid, bool shows)
{
    double start = cpu_ms();

    stage_go_event(&stage, stage.reader.count / 2);
    for (int i = 0; i < FRAMES; i++) {
        stage_tick(&stage, 33000000);
        grid_size(grid, ROWS, COLUMNS_WIDE);
        frame_draw(&stage, grid);
        if (shows)
            display_show(grid);
    }
    return (cpu_ms() - start) / FRAMES;
}

static void be_viewer(int report)
{
    struct grid grid = {0};
    struct cost cost;
    char error[200];

    setenv("TERM", "xterm-256color", 1);
    if (!display_begin(THEME_DARK, false, error, sizeof error))
        _exit(2);
    stage.plays = true;
    stage.length = (stage.lanes.end - stage.lanes.begin) / 2;
    cost.drawn_ms = play_frames(&grid, false);
    cost.shown_ms = play_frames(&grid, true);
    display_end();
    if (write(report, &cost, sizeof cost) != sizeof cost)
        _exit(2);
    _exit(0);
}

static size_t read_all(int master)
{
    char bytes[65536];
    size_t sum = 0;
    ssize_t n;

    while ((n = read(master, bytes, sizeof bytes)) > 0)
        sum += (size_t)n;
    return sum;
}

// The same number of bytes through a pty, with nothing done for them.
static double raw_ms(size_t bytes)
{
    int master, slave, status;
    struct rusage used;
    pid_t pid;

    if (openpty(&master, &slave, NULL, NULL, NULL) != 0)
        exit(2);
    pid = fork();
    if (pid == 0) {
        static char text[4096];

        close(master);
        memset(text, 'a', sizeof text);
        for (size_t sent = 0; sent < bytes; sent += sizeof text)
            if (write(slave, text, sizeof text) < 0)
                _exit(2);
        _exit(0);
    }
    close(slave);
    read_all(master);
    close(master);
    wait4(pid, &status, 0, &used);
    return (double)(used.ru_utime.tv_sec + used.ru_stime.tv_sec) * 1e3 +
           (double)(used.ru_utime.tv_usec + used.ru_stime.tv_usec) / 1e3;
}

static void say_cost(const char *what, double ms)
{
    printf("%-40s %9.3f ms a frame, %.1f %% of a core at 30 a second\n", what,
           ms, ms * 3);
}

// CPU time, not wall-clock time.
static void bench_terminal(int view)
{
    struct winsize size = {.ws_row = ROWS, .ws_col = COLUMNS_WIDE};
    struct cost cost;
    int report[2], master;
    size_t bytes;
    pid_t pid;

    stage.view = view;
    if (pipe(report) != 0)
        exit(2);
    fflush(stdout);
    pid = forkpty(&master, NULL, NULL, &size);
    if (pid == 0)
        be_viewer(report[1]);
    close(report[1]);
    bytes = read_all(master);
    if (read(report[0], &cost, sizeof cost) != sizeof cost)
        exit(2);
    waitpid(pid, NULL, 0);
    close(report[0]);
    close(master);
    printf("%s on a terminal of 200 x 60: %zu bytes a frame\n",
           views[view].word, bytes / FRAMES);
    say_cost("  drawn", cost.drawn_ms);
    say_cost("  drawn and written", cost.shown_ms);
    say_cost("  as many bytes written raw", raw_ms(bytes) / FRAMES);
}

static void bench_seeks(void)
{
    double sample[SEEKS];

    for (int i = 0; i < SEEKS; i++) {
        uint64_t start = writer_now();

        stage_go_event(&stage, busy_trace_dice((uint32_t)stage.reader.count));
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

// ---- Opening ----------------------------------------------------------------

struct opening {
    double ms;
    long faults, resident_kib;
};

static void open_stage(void)
{
    char error[600];

    if (stage_open(&stage, path, error, sizeof error))
        return;
    fprintf(stderr, "%s\n", error);
    exit(2);
}

static long faults(void)
{
    struct rusage used;

    getrusage(RUSAGE_SELF, &used);
    return used.ru_minflt + used.ru_majflt;
}

static int be_opener(void)
{
    struct opening opening = {.faults = faults()};
    uint64_t start = writer_now();

    open_stage();
    opening.ms = ms_since(start);
    opening.faults = faults() - opening.faults;
    opening.resident_kib = resident_kib();
    return fwrite(&opening, sizeof opening, 1, stdout) == 1 ? 0 : 2;
}

// In a program of its own, as telar-view is: it has no memory yet.
static struct opening open_anew(void)
{
    struct opening opening;
    int report[2];
    pid_t pid;

    if (pipe(report) != 0)
        exit(2);
    fflush(stdout);
    pid = fork();
    if (pid == 0) {
        dup2(report[1], STDOUT_FILENO);
        execl("/proc/self/exe", "bench_view", path, NULL);
        _exit(2);
    }
    close(report[1]);
    if (read(report[0], &opening, sizeof opening) != sizeof opening)
        exit(2);
    waitpid(pid, NULL, 0);
    close(report[0]);
    return opening;
}

static void bench_opening(size_t events)
{
    struct opening opening;
    double sample[OPENINGS];

    for (int i = 0; i < OPENINGS; i++) {
        opening = open_anew();
        sample[i] = opening.ms;
    }
    put("opening", sample, OPENINGS, "ms");
    printf("%-40s %9ld\n", "  page faults", opening.faults);
    printf("%-40s %9.1f bytes an event\n", "  resident memory",
           (double)opening.resident_kib * 1024 / (double)events);
}

static void bench(size_t events)
{
    printf("%zu events\n", events);
    busy_trace_make(path, events);
    bench_opening(events);
    open_stage();
    bench_seeks();
    for (int i = 0; i < view_count; i++)
        bench_frames(i);
    bench_terminal(0);
    stage_close(&stage);
    unlink(path);
}

// With a path: only opens it, and writes a struct opening.
int main(int argc, char **argv)
{
    const char *folder = getenv("TMPDIR");

    setlocale(LC_CTYPE, "C.UTF-8");
    if (argc > 1) {
        snprintf(path, sizeof path, "%s", argv[1]);
        return be_opener();
    }
    snprintf(path, sizeof path, "%s/bench_view.trace",
             folder && *folder ? folder : "/tmp");
    bench(1000000);
    bench(10000000);
    bench_raw();
    return 0;
}
