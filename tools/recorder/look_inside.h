// look_inside.h - what a file is that somebody wants to execute
//
// Interface: look_inside.
// Threads: one at a time. Ownership: the caller's struct.
#ifndef TELAR_LOOK_INSIDE_H
#define TELAR_LOOK_INSIDE_H

#include <limits.h>
#include <stdbool.h>

enum looks {
    LOOKS_UNREADABLE, // it may be executed all the same
    LOOKS_EMPTY,
    LOOKS_ELF,
    LOOKS_SCRIPT,  // begins with #!
    LOOKS_OBJECT,  // ELF, but not linked (.o) or a dump of memory
    LOOKS_UNKNOWN, // text, or anything else
};

struct look {
    enum looks looks;
    char interpreter[PATH_MAX]; // of a script, or the loader of an ELF; ""
    bool ends_in_return;        // the line that names the interpreter
    int machine, width;         // EM_..., 32 or 64
    bool is_static, is_sanitized;
};

// Reads the file at path; never fails: what cannot be read is unreadable.
void look_inside(const char *path, struct look *look);

#endif
