// launch.h - starts the program to be recorded, and knows why when it cannot
//
// Interface: launch.
// Threads: for a process with a single thread, whose children are all of this
// family. Ownership: descriptors stay the caller's.
#ifndef TELAR_LAUNCH_H
#define TELAR_LAUNCH_H

#include <sys/types.h>

#include "tools/recorder/streams.h"
#include "tools/recorder/watch.h"

struct launch {
    const struct run_spec *spec;
    const struct watch *watch; // an empty one: the writes are not watched
    struct streams *streams;   // without a watch they are made to stand alone
    int input, facts;          // descriptors for the program
    unsigned what;             // enum record_what, 0: no library goes inside
    // If not NULL, called with the program's process before it is executed.
    // Returns false when it must not be.
    bool (*held)(pid_t pid, void *context);
    void *context;
};

struct launched {
    pid_t pid;
    int listener; // of the watch; -1: this machine refused it
};

// Starts the program in a session of its own, with all signals as a shell
// would give them, none of our descriptors but those named, and the order to
// die when this process does. Blocks until it is executed. Returns false, with
// a sentence in error, when it could not be (none where held refused it);
// nothing of it is left then.
bool launch(const struct launch *launch, struct launched *launched, char *error,
            size_t error_size);

#endif
