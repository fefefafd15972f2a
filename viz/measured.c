// measured.c - when something was measured, on what machine, and by what
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
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

// "" unless others are in the way, beyond what building has just left behind:
// how many programs want a processor, on average.
static void say_load(char text[40])
{
    double load, room = 1.5 * (double)sysconf(_SC_NPROCESSORS_ONLN);

    *text = '\0';
    if (getloadavg(&load, 1) == 1 && load >= room)
        snprintf(text, 40, "busy %.0f\n", load);
}

char *measured_now(const char *command)
{
    time_t now = time(NULL);
    struct tm local;
    char date[40], load[40], *text, *where = machine();

    localtime_r(&now, &local);
    strftime(date, sizeof date, "%Y-%m-%d %H:%M", &local);
    say_load(load);
    MUST(asprintf(&text, "date %s\nmachine %s\ncommand %s\n%s", date, where,
                  command, load));
    free(where);
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
