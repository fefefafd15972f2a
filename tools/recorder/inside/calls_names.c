// calls_names.c - what each system call is called
#include "tools/recorder/inside/calls_names.h"

#define ROW(number, name, sort, way)                                           \
    [number] = {#name, CALLS_##sort, CALLS_##way},
const struct calls_row calls_table[CALLS_LIMIT] = {CALLS_TABLE(ROW)};

#define WORD(sort, word) word,
const char *const calls_sort_names[CALLS_SORT_COUNT] = {CALLS_SORTS(WORD)};
