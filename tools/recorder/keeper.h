// keeper.h - the process between the caller and the program that it runs
//
// It is the parent of the whole family and nobody else's: it may wait for any
// child, change its own signals and adopt orphans without the caller noticing,
// and it outlives a caller that is killed just long enough to kill the family.
//
// Interface: keeper_main.
// Threads: a process of its own. Ownership: it frees nothing; it exits.
#ifndef TELAR_KEEPER_H
#define TELAR_KEEPER_H

#include "tools/recorder/run.h"

// What the keeper sends, followed by the bytes, the pieces and the facts.
struct keeper_report {
    bool started;
    char error[512];          // when not started
    struct run_result result; // its pointers mean nothing
    size_t facts_bytes;
};

// Runs spec, sends a report through socket and exits. The end of what the
// caller sends (it sends nothing) means: stop.
_Noreturn void keeper_main(const struct run_spec *spec, int socket);

#endif
