// calls_names.c - what each system call is called
#include <string.h>

#include "tools/recorder/calls_names.h"

#define ROW(number, name, sort, way)                                           \
    [number] = {#name, CALLS_##sort, CALLS_##way},
const struct calls_row calls_table[CALLS_LIMIT] = {CALLS_TABLE(ROW)};

#define WORD(sort, word) word,
const char *const calls_sort_names[CALLS_SORT_COUNT] = {CALLS_SORTS(WORD)};

const char *calls_name(long number, char text[16])
{
    if (number < 0 || number >= CALLS_LIMIT)
        return "syscall";
    if (calls_table[number].name)
        return calls_table[number].name;
    memcpy(text, "syscall_0x000", 14);
    for (int at = 12; at > 9; at--, number >>= 4)
        text[at] = "0123456789abcdef"[number & 15];
    return text;
}

enum calls_sort calls_sort(long number)
{
    if (number < 0 || number >= CALLS_LIMIT || !calls_table[number].name)
        return CALLS_UNKNOWN;
    return (enum calls_sort)calls_table[number].sort;
}
