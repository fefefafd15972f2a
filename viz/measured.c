// measured.c - when something was measured, on what machine, and by what
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/utsname.h>
#include <time.h>
#include <unistd.h>

#include "runtime/must.h"
#include "viz/measured.h"

// The name of the processor, as /proc/cpuinfo says it on most machines; else
// the name of its kind.
static char *processor(const struct utsname *system)
{
    FILE *in = fopen("/proc/cpuinfo", "re");
    char *line = NULL, *name = NULL;
    size_t size = 0;

    while (in && !name && getline(&line, &size, in) > 0)
        if (strncmp(line, "model name", 10) == 0 && strstr(line, ": "))
            name = MUST(strndup(strstr(line, ": ") + 2,
                                strcspn(strstr(line, ": ") + 2, "\n")));
    free(line);
    if (in)
        fclose(in);
    return name ? name : MUST(strdup(system->machine));
}

static char *machine(void)
{
    struct utsname system;
    char *text, *name;

    MUST(uname(&system));
    name = processor(&system);
    MUST(asprintf(&text, "%ld × %s, %s %s", sysconf(_SC_NPROCESSORS_ONLN), name,
                  system.sysname, system.release));
    free(name);
    return text;
}

char *measured_now(const char *command)
{
    time_t now = time(NULL);
    struct tm local;
    char date[40], *text, *where = machine();

    localtime_r(&now, &local);
    strftime(date, sizeof date, "%Y-%m-%d %H:%M", &local);
    MUST(asprintf(&text, "date %s\nmachine %s\ncommand %s\n", date, where,
                  command));
    free(where);
    return text;
}

// ---- Who was in the way -----------------------------------------------------

static double seconds_of(const struct rusage *usage)
{
    return (double)(usage->ru_utime.tv_sec + usage->ru_stime.tv_sec) +
           (double)(usage->ru_utime.tv_usec + usage->ru_stime.tv_usec) / 1e6;
}

// Of all programs, with what a host took from this machine; 0: not told.
static double seconds_of_all(void)
{
    unsigned long long user, nice, system, irq, softirq, steal;
    FILE *in = fopen("/proc/stat", "re");
    int told = in ? fscanf(in, "cpu %llu %llu %llu %*u %*u %llu %llu %llu",
                           &user, &nice, &system, &irq, &softirq, &steal)
                  : 0;

    if (in)
        fclose(in);
    return told == 6 ? (double)(user + nice + system + irq + softirq + steal) /
                           (double)sysconf(_SC_CLK_TCK)
                     : 0;
}

struct measured_use measured_begin(void)
{
    struct rusage here, children;
    struct timespec now;

    MUST(clock_gettime(CLOCK_MONOTONIC, &now));
    MUST(getrusage(RUSAGE_SELF, &here));
    MUST(getrusage(RUSAGE_CHILDREN, &children));
    return (struct measured_use){
        .at = (double)now.tv_sec + (double)now.tv_nsec / 1e9,
        .all = seconds_of_all(),
        .ours = seconds_of(&here) + seconds_of(&children)};
}

static int percent_of_others(const struct measured_use *begin)
{
    struct measured_use end = measured_begin();
    double passed =
        (end.at - begin->at) * (double)sysconf(_SC_NPROCESSORS_ONLN);
    double others = (end.all - begin->all) - (end.ours - begin->ours);

    return passed > 0 ? (int)(100 * others / passed + 0.5) : 0;
}

char *measured_end(const struct measured_use *begin, const char *command)
{
    char *lines = measured_now(command), *text;
    int percent = percent_of_others(begin);

    if (percent < BUSY_PERCENT)
        return lines;
    MUST(asprintf(&text, "%sbusy %d\n", lines, percent));
    free(lines);
    return text;
}

char *measured_line(const char *lines, const char *key)
{
    size_t length = strlen(key);

    for (; *lines; lines += strcspn(lines, "\n"), lines += *lines == '\n')
        if (strncmp(lines, key, length) == 0 && lines[length] == ' ')
            return MUST(
                strndup(lines + length + 1, strcspn(lines + length + 1, "\n")));
    return NULL;
}
