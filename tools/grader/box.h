// box.h - processes that cannot leave anything behind
//
// Interface: box_enter, box_start, box_trouble, box_isolation, box_leave.
// Threads: one; the process that enters must have no other. Ownership: the
// process that enters owns every process started, and its descendants.
//
// A process enters once; from then on what it starts lives in a PID namespace
// of its own, where the machine allows it (directly as root, else within a user
// namespace). When the process leaves or dies, by whatever signal, the kernel
// kills everything in there: setsid, a second fork and ignored signals do not
// help. Where there is no namespace, this process becomes the reaper of all
// orphans below it and kills until none is left; only its own death by SIGKILL
// is then not covered.
#ifndef TELAR_BOX_H
#define TELAR_BOX_H

#include <stdbool.h>
#include <sys/types.h>

struct box_limits { // 0: no limit
    long memory_mib;
    long file_mib;    // each file
    long cpu_seconds; // each process
    long processes;   // of the user, where the machine counts them for us
    long descriptors;
};

struct box_plan {
    char *const *arguments; // the program's path comes first; ends with NULL
    char *const *environment;
    const char *folder;   // current directory
    int output, error;    // become 1 and 2; 0 is /dev/null
    int extra[2];         // become BOX_EXTRA and BOX_EXTRA + 1, or -1
    bool fixed_addresses; // no randomisation: sanitizers need it
    struct box_limits limits;
};

enum { BOX_EXTRA = 198 }; // out of the way of what a student opens

// uid 0 means: stay who you are. Returns false when not even a keeper process
// could be started (errno says why).
bool box_enter(uid_t uid);

// Starts a process in the box. Returns its id, as seen from here; -1 on
// failure: box_trouble then says which call or program failed, and the reason.
pid_t box_start(const struct box_plan *plan);
const char *box_trouble(void);

// What was reached: "pid namespace, uid 61184, rlimits".
const char *box_isolation(void);

// Ends all that was started and waits until it is gone.
void box_leave(void);

#endif
