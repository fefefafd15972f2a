// scheduling.h - who was on which CPU when, seen from outside
//
// Two sources, one result: CPU_RUN, CPU_PREEMPT, CPU_BLOCK, CPU_WAKE (and
// CPU_DELAY where only a sum is known) for every thread of the family, in a
// stream of its own beside what the library inside writes about that thread.
//
// - perf: the kernel's context switches (perf_event_open(2): a software dummy
//   event with context_switch, inherited, one ring a CPU). Ready-but-not-on-CPU
//   comes from run_delay in /proc/PID/task/TID/schedstat: a switch record does
//   not tell when its thread was woken.
// - fallback: samples of /proc/PID/task/TID/schedstat, and for threads that
//   end between two samples what they said themselves (trace_entry.cpu_ns).
//
// Two things are in the lanes that no record says. A switch is charged to who
// comes, some microseconds before its record (scheduling_cpus.c). And a process
// is taken away behind its last word: what that cost is told to who waits for
// it (scheduling_used.c), but for children that system() and pclose() wait for,
// or nobody. Samples place what they know: totals are exact, edges to about a
// millisecond where the library says of no wait. A process that it is not in,
// begun by another such, and that ends between two samples, is missed: how many
// these can be at most is counted.
//
// A thread that no library speaks for (static program, raw clone) gets its
// entry and its TASK_BEGIN here; whoever says TASK_EXIT first sets
// trace_entry.ended.
//
// Interface: scheduling_begin, scheduling_leave_out, scheduling_go,
// scheduling_fds, scheduling_timeout_ms, scheduling_turn, scheduling_exited,
// scheduling_end.
// Threads: for a process with a single thread. Ownership: the writer stays the
// caller's and must outlive it; scheduling_end gives all back.
#ifndef TELAR_SCHEDULING_H
#define TELAR_SCHEDULING_H

#include <poll.h>
#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

#include "tools/trace/writer.h"

struct scheduling_totals {
    uint64_t cpu_ns;       // charged to all threads together: what their lanes
                           // show, and what the kernel does in switching to
                           // them and taking them away
    uint64_t lost;         // records of the kernel that found no room
    uint32_t threads;      // of the family, ever
    uint32_t blind;        // processes that nobody could see inside
    char blind_names[256]; // some of them, with commas
    int64_t unseen; // at most so many more began and ended between two samples;
                    // -1: how many is not known
};

struct scheduling; // its fields: scheduling_parts.h

// Begins with process pid, a child that is held before its exec, and all that
// will descend from it. Never fails for want of perf: then, or where no_perf,
// it is the fallback, and why says in a sentence what was refused ("" when
// nobody asked). NULL when memory or descriptors are short. SCHEDULING is
// written with the source that it has.
struct scheduling *scheduling_begin(struct writer *writer, pid_t pid,
                                    bool no_perf, char *why, size_t why_size);

// Child pid of the caller, which has no children, is none of the family. To be
// called before the first turn.
void scheduling_leave_out(struct scheduling *scheduling, pid_t pid);

// The child is let go at time: its lane begins there, not with our
// preparations.
void scheduling_go(struct scheduling *scheduling, uint64_t time);

enum trace_source scheduling_source(const struct scheduling *scheduling);

// What to poll for, at most room of them; returns how many. To be called
// before each poll. And how long to wait at most.
int scheduling_fds(const struct scheduling *scheduling, struct pollfd *fds,
                   int room);
int scheduling_timeout_ms(const struct scheduling *scheduling);

// Takes in what there is. To be called after each poll. Does not block.
void scheduling_turn(struct scheduling *scheduling);

// Process pid has ended with status, as waitpid gives it. To be called before
// turn, and best before it is waited for (waitid with WNOWAIT): then its last
// accounts can still be read.
void scheduling_exited(struct scheduling *scheduling, pid_t pid, int status);

// The last of it; those who live on stay without an end. Frees scheduling.
void scheduling_end(struct scheduling *scheduling,
                    struct scheduling_totals *totals);

#endif
