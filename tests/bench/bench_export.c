// bench_export.c - what it takes to write a large trace in each format:
// seconds, megabytes a second, and memory beyond that of reader and model;
// nothing is asserted
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include "tests/bench/busy_trace.h"
#include "tools/trace/export.h"

static char path[300];

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
    busy_trace_make(path, events);
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
