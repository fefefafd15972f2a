// cache.h - what was built before, and whether it is still right
//
// A folder for each key: "program", and "needs", whose lines name the files the
// compiler read and a number for what was in each.
//
// Interface: cache_folder, cache_scratch, cache_is_valid, cache_needs,
// cache_keep, cache_remove.
// Threads, processes: several may build the same; the last one stays.
// Ownership: strings are the caller's to free.
#ifndef TELAR_CACHE_H
#define TELAR_CACHE_H

#include <stdbool.h>
#include <stdint.h>

#include "tools/explorer/wordlist.h"

// Where all is kept: ROOT/build/explore, else TMPDIR/telar-explore-UID. NULL
// with errno when neither can be written.
char *cache_folder(void);

// A new, empty folder in it to build in, or NULL with errno.
char *cache_scratch(const char *cache);

// Is what stands in the folder ready, and made from files that did not change?
bool cache_is_valid(const char *folder);

// Writes scratch/needs for these files; false with errno.
bool cache_needs(const char *scratch, const struct wordlist *files);

// scratch becomes folder; the oldest go when there are too many. False with
// errno.
bool cache_keep(const char *cache, const char *scratch, const char *folder);

// Removes a folder and the files in it.
void cache_remove(const char *folder);

#endif
