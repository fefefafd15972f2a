// asleep.h - what another process is doing now, as the kernel tells it
//
// Interface: asleep, bytes_waiting, writer_blocked, look_again.
// Threads: no shared state. Ownership: nothing is kept.
#ifndef TELAR_ASLEEP_H
#define TELAR_ASLEEP_H

#include <stdbool.h>
#include <stdio.h>
#include <sys/ioctl.h>
#include <sys/types.h>
#include <time.h>

#include "runtime/must.h"

// Is this process asleep, in a call that has to wait? /proc/PID/stat says
// "PID (NAME) STATE ..."; state S is sleep, and a process that runs, or could
// run and waits for a core, is R. False when there is no such process.
static inline bool asleep(pid_t pid)
{
    char path[64], state = '?';

    snprintf(path, sizeof path, "/proc/%d/stat", (int)pid);
    FILE *stat = fopen(path, "r");
    if (!stat)
        return false;
    if (fscanf(stat, "%*d (%*[^)]) %c", &state) != 1)
        state = '?';
    fclose(stat);
    return state == 'S';
}

// How many bytes wait in this pipe? Either end may be asked.
static inline int bytes_waiting(int end)
{
    int bytes = 0;

    MUST(ioctl(end, FIONREAD, &bytes));
    return bytes;
}

// Does the process that writes into this pipe sleep while bytes wait in it? A
// writer sleeps only when the pipe is full. False for end -1: no pipe any more.
static inline bool writer_blocked(pid_t writer, int end)
{
    return end >= 0 && bytes_waiting(end) > 0 && asleep(writer);
}

// For loops that wait for a state:  while (!asleep(pid)) look_again();
// The millisecond only spares the core; no result depends on it.
static inline void look_again(void)
{
    nanosleep(&(struct timespec){.tv_nsec = 1000 * 1000}, NULL);
}

#endif
