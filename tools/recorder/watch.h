// watch.h - is told of every write of a family of processes before it happens
//
// The kernel holds a task that is about to write, tells us through a listener
// (seccomp user notification, Linux 5.5) and lets it go on when we answer. It
// follows fork, exec and threads by itself, sees stdio's own writes and static
// programs, and leaves ptrace to gdb, strace and LeakSanitizer. One honest
// limit: a signal whose handler has no SA_RESTART and that arrives in the few
// microseconds before the call is received makes that write return EINTR.
//
// Interface: watch_init, watch_free, watch_install, watch_receive,
// watch_let_go, watch_has_left, watch_leader.
// Threads: one at a time. Ownership: the watch owns its filter; the listener
// belongs to the caller.
#ifndef TELAR_WATCH_H
#define TELAR_WATCH_H

#include <linux/filter.h>
#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

#define WATCH_SIZE_UNKNOWN UINT64_MAX

struct watch {
    struct sock_fprog filter; // len 0: nothing can be watched here
};

// One call that waits for its answer.
struct watch_call {
    uint64_t id;
    pid_t tid;
    int number;          // of the system call
    int fd;              // the descriptor it writes to
    uint64_t size_bytes; // asked for, or WATCH_SIZE_UNKNOWN
};

// Builds the filter. Returns false where this machine has no notification.
bool watch_init(struct watch *watch);
void watch_free(struct watch *watch);

// Puts the calling process and all its descendants under watch, for ever, and
// takes from them what set-user-ID programs would give. Returns the listener,
// or -1 with errno.
int watch_install(const struct watch *watch);

// Takes the next call that waits. Blocks while there is none, so poll first.
// Returns false when the call went away meanwhile.
bool watch_receive(int listener, struct watch_call *call);

// Lets the call happen. Returns false when its task is no longer waiting.
bool watch_let_go(int listener, uint64_t id);

// Is it certain that the task is no longer inside this call: it has ended, or
// it sleeps in another one?
bool watch_has_left(pid_t tid, int number);

// The process that a thread belongs to; tid itself when it cannot be read.
pid_t watch_leader(pid_t tid);

#endif
