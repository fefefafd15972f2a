// link.h - objects and the engine become one program
//
// Interface: link_program.
// Threads: no shared state. Ownership: nothing is handed over.
#ifndef TELAR_LINK_H
#define TELAR_LINK_H

#include <stdbool.h>
#include <stddef.h>

#include "tools/explorer/wordlist.h"

struct link_request {
    const char *folder;             // to work in
    const struct wordlist *objects; // what was compiled with the hooks
    const char *engine;             // engine32.o
    const char *cc;
    const char *output; // path of the program
};

// Links them. Returns false with one line in error: no main, a name that is
// defined nowhere, a variable of the C library that cannot be explored.
bool link_program(const struct link_request *request, char *error,
                  size_t error_size);

#endif
