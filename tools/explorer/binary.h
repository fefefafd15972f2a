// binary.h - what an object file or a program is made of
//
// Interface: struct binary, binary_read, binary_free, binary_hash.
// Threads: no shared state. Ownership: a binary owns its lists.
#ifndef TELAR_BINARY_H
#define TELAR_BINARY_H

#include <stdint.h>

#include "tools/explorer/wordlist.h"

struct binary {
    struct wordlist defined;   // global symbols, sorted
    struct wordlist undefined; // sorted
    struct wordlist sections;  // in the order of the file
};

// Reads the tables of the ELF file at path. Returns false when it is none.
bool binary_read(const char *path, struct binary *binary);
void binary_free(struct binary *binary);

// A number for everything of the program at path that is loaded when it runs.
// Returns false when it is no program.
bool binary_hash(const char *path, uint64_t *hash);

#endif
