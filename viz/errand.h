// errand.h - work that takes long, done by a child while the screen lives on
//
// The child is a fork: it sees everything as it stood when it began, may change
// it as it likes, and says its result on a stream. It has no terminal, and it
// ends with its parent, or when its time is over.
//
// Interface: struct errand, errand_begin, errand_look, errand_end.
// Threads: a process with one thread. Ownership: an errand owns its child and
// what that said, until errand_end.
#ifndef TELAR_ERRAND_H
#define TELAR_ERRAND_H

#include <stdbool.h>
#include <stdio.h>
#include <sys/types.h>

enum { ERRAND_SAID_MOST = 1 << 20 }; // bytes

struct errand { // begins as {0}
    pid_t pid;  // 0: there is none
    int from;   // what it says
    char *said;
    size_t size, room;
    long long deadline_ns;
};

// Runs work in a child, which may take so long. Returns false with errno. A
// SIGTERM ends it: work that has to tidy up calls stop_setup and heeds
// stop_signal (tools/player/stop.h).
bool errand_begin(struct errand *errand, void (*work)(FILE *out, void *context),
                  void *context, int seconds);

enum errand_state { ERRAND_NONE, ERRAND_WORKS, ERRAND_DONE, ERRAND_FAILED };

// How it stands; never waits. DONE: said holds all of it, and a NUL. FAILED: it
// died, said too much, or took too long; then it is being ended.
enum errand_state errand_look(struct errand *errand);

// Ends it, with all that it began, and forgets what it said. Waits for that, a
// second or two where it does not obey.
void errand_end(struct errand *errand);

#endif
