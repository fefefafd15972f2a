// bench_calls.c - what a system call costs alone, recorded by --calls, and
// under strace -f; nothing is asserted
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "runtime/stats.h"
#include "tools/trace/writer.h"

enum { ROUNDS = 15, CALLS = 2000 };

// ---- What is measured: this program, started again with a word --------------

static double time_getppid(void)
{
    uint64_t start = writer_now();

    for (int i = 0; i < CALLS; i++)
        syscall(SYS_getppid);
    return (double)(writer_now() - start) / CALLS;
}

static double time_read(void)
{
    int fd = open("/dev/zero", O_RDONLY);
    uint64_t start = writer_now();
    char byte;

    for (int i = 0; i < CALLS; i++)
        if (read(fd, &byte, 1) != 1)
            exit(2);
    close(fd);
    return (double)(writer_now() - start) / CALLS;
}

static int measure(const char *what)
{
    double (*once)(void) = strcmp(what, "read") ? time_getppid : time_read;

    once();
    for (int i = 0; i < ROUNDS; i++)
        printf("%.1f\n", once());
    return 0;
}

// ---- Who measures -----------------------------------------------------------

static char own[4096], recorder[4200], trace[4200];

static bool run(const char *before, const char *what, double sample[ROUNDS])
{
    char command[16384], line[64];
    FILE *from;
    int count = 0;

    snprintf(command, sizeof command, "%s '%s' %s 2>/dev/null", before, own,
             what);
    from = popen(command, "r");
    while (from && count < ROUNDS && fgets(line, sizeof line, from))
        sample[count++] = strtod(line, NULL);
    return from && pclose(from) == 0 && count == ROUNDS;
}

static void bench(const char *how, const char *before, const char *what)
{
    double sample[ROUNDS];
    struct stats s;

    if (run(before, what, sample) && stats_of(sample, ROUNDS, &s))
        printf("%-8s %-28s %9.0f ns  [%.0f, %.0f], largest %.0f\n", what, how,
               s.median, s.sure_low, s.sure_high, s.maximum);
    else
        printf("%-8s %-28s could not be measured here\n", what, how);
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
    static const char *const calls[] = {"getppid", "read"};
    char record[12000];

    if (argc > 1)
        return measure(argv[1]);
    find_paths();
    snprintf(record, sizeof record,
             "'%s' --calls --what calls --quiet --trace '%s' --", recorder,
             trace);
    for (int i = 0; i < 2; i++) {
        bench("alone", "", calls[i]);
        bench("recorded", record, calls[i]);
        bench("strace -f", "strace -f -o /dev/null", calls[i]);
    }
    unlink(trace);
    return 0;
}
