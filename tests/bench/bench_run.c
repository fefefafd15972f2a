// bench_run.c - what it costs a program that its writes are recorded
//
// Called with a descriptor and a count this binary is itself the program: it
// writes so many single bytes and says as a fact how long one took.
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "runtime/fact.h"
#include "runtime/message.h"
#include "runtime/must.h"
#include "runtime/stats.h"
#include "tools/recorder/run.h"
#include "tools/trace/writer.h"

#define ROUNDS 31
#define WRITES "2000"

static int write_bytes(const char *where, long count)
{
    int fd = strcmp(where, "stdout") == 0 ? STDOUT_FILENO
                                          : MUST(open("/dev/null", O_WRONLY));
    uint64_t begin_ns;

    MUST(write(fd, "x", 1));
    begin_ns = writer_now();
    for (long i = 0; i < count; i++)
        MUST(write(fd, "x", 1));
    fact("write_ns", (long long)(writer_now() - begin_ns) / count);
    return 0;
}

static double one_round(const char *where, enum run_stdio stdio, bool unordered)
{
    const char *argv[] = {"/proc/self/exe", where, WRITES, NULL};
    struct run_spec spec = {.argv = (char *const *)argv,
                            .stdio = stdio,
                            .unordered = unordered,
                            .timeout_ms = 60000,
                            .limit_bytes = 1 << 20};
    struct run_result result;
    char error[512];
    long long ns = 0;

    if (!run_program(&spec, &result, error, sizeof error))
        exit(could_not("%s", error));
    if (sscanf(result.facts, "fact write_ns %lld", &ns) != 1)
        exit(could_not("no fact"));
    run_free(&result);
    return (double)ns;
}

static void show(const char *what, const double *sample, const char *unit)
{
    struct stats s;

    if (stats_of(sample, ROUNDS, &s))
        printf("  %-12s %9.1f %-2s  (95%%: %.1f to %.1f)\n", what, s.median,
               unit, s.sure_low, s.sure_high);
}

static void compare(const char *where, const char *name)
{
    double plain[ROUNDS], recorded[ROUNDS], ratio[ROUNDS];
    enum run_stdio stdio;

    run_stdio_named(name, &stdio);
    for (int i = 0; i < ROUNDS; i++) { // by turns: both meet the same weather
        plain[i] = one_round(where, stdio, true);
        recorded[i] = one_round(where, stdio, false);
        ratio[i] = recorded[i] / plain[i];
    }
    printf("one byte to %s (%s)\n", where, name);
    show("plain", plain, "ns");
    show("recorded", recorded, "ns");
    show("ratio", ratio, "");
}

int main(int argc, char **argv)
{
    if (argc == 3)
        return write_bytes(argv[1], atol(argv[2]));
    compare("stdout", "pipe");
    compare("stdout", "tty");
    compare("stdout", "file");
    compare("/dev/null", "pipe");
    return 0;
}
