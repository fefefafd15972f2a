// options.h - what the driver asks for
//
// Interface: options_read, kind_word.
// Threads: none. Ownership: none.
#ifndef TELAR_OPTIONS_H
#define TELAR_OPTIONS_H

#include "tools/explorer/kinds.h"

// Reads TELAR_WEAVE (protocol.h) into loom and search, and takes it out of the
// environment. Refuses what it does not know.
void options_read(void);

// "data_race"
const char *kind_word(enum failure_kind kind);

#endif
