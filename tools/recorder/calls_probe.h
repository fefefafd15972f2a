// calls_probe.h - whether --calls can work on this machine
//
// Interface: calls_possible.
// Threads: any; it forks a child and waits for it. Ownership: none.
#ifndef TELAR_CALLS_PROBE_H
#define TELAR_CALLS_PROBE_H

#include <stdbool.h>
#include <stddef.h>

// Whether every system call can be seen here. If not, why says in a clause what
// is missing ("the kernel is older than Linux 5.11"), and all that can be had
// are the totals in /proc/PID/io: what was read and written, in calls and in
// bytes.
bool calls_possible(char *why, size_t why_size);

#endif
