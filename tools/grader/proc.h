// proc.h - what /proc tells of other processes
//
// Interface: proc_children, proc_descriptors, proc_number, proc_times,
// proc_times_below, proc_idle_ms, proc_kill_below, proc_tasks_of.
// Threads: no shared state. Ownership: nothing is handed over.
#ifndef TELAR_PROC_H
#define TELAR_PROC_H

#include <stdint.h>
#include <sys/types.h>

// The children of pid, zombies included; how many are zombies in *zombies.
int proc_children(pid_t pid, int *zombies);

// How many descriptors pid has open; -1 with errno when nobody may know.
int proc_descriptors(pid_t pid);

// The number behind "name:" in /proc/PID/status, -1 when there is none.
long proc_number(pid_t pid, const char *name);

// Of pid and the children it has reaped: the processor time; and, of all its
// threads that live, the time for which they were ready to run and others ran
// (0 where the kernel does not count it).
struct proc_times {
    int64_t cpu_ms, delay_ms;
};
struct proc_times proc_times(pid_t pid);

// The same, with all living descendants. Looks at every process there is.
struct proc_times proc_times_below(pid_t pid);

// How long the processors of this machine have been idle, all added up.
int64_t proc_idle_ms(void);

// Kills whatever descends from this process, however it forks on meanwhile,
// and reaps it. Needs PR_SET_CHILD_SUBREAPER, or orphans get away.
void proc_kill_below(void);

// How many processes and threads the user has; -1 when /proc is closed.
long proc_tasks_of(uid_t uid);

#endif
