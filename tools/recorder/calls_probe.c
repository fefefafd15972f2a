// calls_probe.c - whether --calls can work on this machine, and what is left
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "runtime/message.h"
#include "tools/recorder/calls_probe.h"

enum answer { POSSIBLE, REFUSED, CLOCK_CALLS, OTHER_MACHINE };

#if defined(__x86_64__)

#ifndef PR_SET_SYSCALL_USER_DISPATCH // Linux 5.11
#define PR_SET_SYSCALL_USER_DISPATCH 59
#endif

static volatile char selector; // 0: calls go to the kernel, 1: to the handler

static void on_call(int number)
{
    (void)number;
    selector = 0;
    _exit(CLOCK_CALLS);
}

// The handler reads the clock for each event: that must not be a call itself.
static enum answer ask(void)
{
    struct timespec now;

    signal(SIGSYS, on_call);
    if (prctl(PR_SET_SYSCALL_USER_DISPATCH, 1, 0, 0, &selector) != 0)
        return REFUSED;
    selector = 1;
    clock_gettime(CLOCK_MONOTONIC, &now);
    selector = 0;
    return POSSIBLE;
}

#else

static enum answer ask(void)
{
    return OTHER_MACHINE;
}

#endif

// In a child, who takes with it what it changed.
static enum answer asked(void)
{
    int status;
    pid_t child = fork();

    if (child == 0)
        _exit((int)ask());
    if (child < 0 || waitpid(child, &status, 0) < 0 || !WIFEXITED(status))
        return REFUSED;
    return (enum answer)WEXITSTATUS(status);
}

static const char *reason(enum answer answer)
{
    switch (answer) {
    case POSSIBLE:
        return "";
    case REFUSED:
        return M("the kernel refuses Syscall User Dispatch "
                 "(it needs Linux 5.11 or later)",
                 "el núcleo no permite Syscall User Dispatch "
                 "(hace falta Linux 5.11 o posterior)");
    case CLOCK_CALLS:
        return M("on this machine even reading the clock is a system call",
                 "en esta máquina hasta leer el reloj es una llamada al "
                 "sistema");
    default:
        return M("it exists on x86-64 only", "solo existe en x86-64");
    }
}

bool calls_possible(char *why, size_t why_size)
{
    enum answer answer = asked();

    snprintf(why, why_size, "%s", reason(answer));
    return answer == POSSIBLE;
}

// ---- What is left -----------------------------------------------------------

static bool is_total(const char *line, const char *name, uint64_t *value)
{
    size_t length = strlen(name);

    if (strncmp(line, name, length) != 0)
        return false;
    *value = strtoull(line + length, NULL, 10);
    return true;
}

unsigned calls_filters(void)
{
    uint64_t filters = 0;
    char line[200];
    FILE *status = fopen("/proc/self/status", "re");

    while (status && fgets(line, sizeof line, status))
        if (is_total(line, "Seccomp_filters:", &filters))
            break;
    if (status)
        fclose(status);
    return (unsigned)filters;
}

bool calls_totals(pid_t pid, struct calls_totals *totals)
{
    char text[80];
    int found = 0;
    FILE *io;

    snprintf(text, sizeof text, "/proc/%d/io", (int)pid);
    io = fopen(text, "re");
    while (io && fgets(text, sizeof text, io))
        found += is_total(text, "rchar: ", &totals->read_bytes) ||
                 is_total(text, "wchar: ", &totals->written_bytes) ||
                 is_total(text, "syscr: ", &totals->reads) ||
                 is_total(text, "syscw: ", &totals->writes);
    if (io)
        fclose(io);
    return found == 4;
}
