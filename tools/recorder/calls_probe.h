// calls_probe.h - whether --calls can work on this machine, and what is left if
// it cannot
//
// Interface: calls_possible, calls_filters, calls_totals.
// Threads: any; calls_possible forks a child and waits for it. Ownership: none.
#ifndef TELAR_CALLS_PROBE_H
#define TELAR_CALLS_PROBE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

struct calls_totals {
    uint64_t reads, writes; // calls that read or wrote
    uint64_t read_bytes, written_bytes;
};

// Whether every system call can be seen here. If not, why says in a clause what
// is missing ("the kernel is older than Linux 5.11").
bool calls_possible(char *why, size_t why_size);

// Under how many seccomp filters this process is.
unsigned calls_filters(void);

// What the kernel counted for process pid and those it waited for: of one that
// has ended, but was not waited for yet, all there is. Returns false where the
// kernel does not count.
bool calls_totals(pid_t pid, struct calls_totals *totals);

#endif
