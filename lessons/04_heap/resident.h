// resident.h - how much memory of the machine this process occupies
//
// Interface: resident_kib.
// Threads: no shared state. Ownership: nothing is kept.
#ifndef TELAR_RESIDENT_H
#define TELAR_RESIDENT_H

#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

#include "runtime/must.h"

// In KiB, as the kernel counts it; without malloc, which would disturb it.
static inline long resident_kib(void)
{
    char text[128] = "";
    long pages = 0;
    int file = MUST(open("/proc/self/statm", O_RDONLY));

    MUST(read(file, text, sizeof text - 1));
    MUST(close(file));
    sscanf(text, "%*d %ld", &pages);
    return pages * (sysconf(_SC_PAGESIZE) / 1024);
}

#endif
