// family.h - all that descends from this process, to its last member
//
// Orphans come to the nearest subreaper: this process, once it has adopted
// them. So no member can get away by setsid, by ignoring signals or by the
// death of its parent.
//
// Interface: family_adopt, family_reap, family_kill.
// Threads: for a process with a single thread. Ownership: none.
#ifndef TELAR_FAMILY_H
#define TELAR_FAMILY_H

#include <stdbool.h>
#include <sys/types.h>

// Is told of each member that was waited for here.
typedef void family_ended(pid_t pid, int status, void *context);

// From now on orphans of the family become children of this process.
bool family_adopt(void);

// Waits for those who have ended. Does not block. Returns false when there is
// nobody left.
bool family_reap(family_ended *ended, void *context);

// Kills everybody, also who forks on all the time: first all are stopped, and
// only when nobody new is found they are killed. Blocks until nobody is left.
void family_kill(family_ended *ended, void *context);

#endif
