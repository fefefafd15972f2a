// object_names.h - what a student's object may call, and what it must not be
//
// Interface: struct callable, callable_named, name_is_reserved.
// Threads: no shared state. Ownership: constants.
#ifndef TELAR_OBJECT_NAMES_H
#define TELAR_OBJECT_NAMES_H

#include <stdbool.h>

// A function that the engine answers, and that writes nowhere but where a check
// of the engine's or of ours has seen. Arguments are numbered from 1; 0: none.
struct callable {
    const char *name;
    int function; // this argument must be a function of the file, by its name
    int format;   // must be text between quotes, without %n
    int stream;   // must be stdout or stderr
    bool is_hook; // tells the engine of an access
    bool no_return;
};

// NULL: it may not be called.
const struct callable *callable_named(const char *name);

// Would a function or variable of that name take the place of somebody else's?
bool name_is_reserved(const char *name);

#endif
