// names.h - what the numbers of a report are called in the program
//
// A pc becomes file, line and function; an address becomes "counter",
// "account[2].balance" or "the block of queue.c:12, byte 8"; a value is written
// as its type has it. From the debugging information of the built program, and
// from what a replay told about its memory.
//
// Interface: struct names, names_open, names_close, names_place, names_block,
// names_forget, names_frame, names_what, names_value, names_global.
// Threads: one at a time. Ownership: strings of a place belong to names, the
// others are written into the caller's.
#ifndef TELAR_NAMES_H
#define TELAR_NAMES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct names;

// NULL, with one line in error, when program cannot be read. Without debugging
// information nothing has a name, which is no error.
struct names *names_open(const char *program, char *error, size_t error_size);
void names_close(struct names *names);

struct place {
    const char *path;     // of the source; NULL: not known
    const char *file;     // without folders
    int line;             // 0: not known
    const char *function; // NULL: not known
};

// Where a call that returns to pc stands. False when that is not known, and
// *place is then empty.
bool names_place(struct names *names, uint64_t pc, struct place *place);

// The name of the function that begins at address, or NULL.
const char *names_function(struct names *names, uint64_t address);

// What a replay tells of memory: a block of the heap, allocated at pc; one that
// was freed keeps its name. A frame of a task: cfa is its canonical address.
void names_block(struct names *names, uint64_t address, uint64_t size_bytes,
                 uint64_t pc);
void names_frame(struct names *names, int task, uint64_t pc, uint64_t cfa);
void names_forget(struct names *names); // all that was told

// What size_bytes at address are (size 0: an object), in words for people:
// never empty.
void names_what(struct names *names, uint64_t address, uint64_t size_bytes,
                char *text, size_t text_size);

// Value as its type at address is written: 7, -1, true, 'x', NULL, &counter.
void names_value(struct names *names, uint64_t address, uint64_t size_bytes,
                 uint64_t value, char *text, size_t text_size);

// The globals of the program's own, in the order of their addresses; false
// behind the last.
struct global {
    const char *name;
    uint64_t address, size_bytes;
    const char *file;
    int line;
};
bool names_global(struct names *names, size_t number, struct global *global);

// Where the engine has the stacks of tasks (engine.h, task.h): the task whose
// stack address lies in, or -1.
int names_stack_of(uint64_t address);
bool names_is_heap(uint64_t address);

#endif
