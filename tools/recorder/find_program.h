// find_program.h - the program that a name means, and what it lets be seen
//
// Interface: program_find, program_free, program_blind_because.
// Threads: one at a time. Ownership: program_free gives back what program_find
// filled in.
#ifndef TELAR_FIND_PROGRAM_H
#define TELAR_FIND_PROGRAM_H

#include <stdbool.h>
#include <stddef.h>

// Why the library inside cannot be in it.
enum program_blind {
    PROGRAM_SEEN,       // it can
    PROGRAM_STATIC,     // no dynamic loader
    PROGRAM_PRIVILEGED, // gains rights: its loader ignores what is preloaded
    PROGRAM_SANITIZED,  // ASan and TSan do not start with a library before them
    PROGRAM_OTHER_WIDTH,   // 32 bits here
    PROGRAM_OTHER_MACHINE, // of another architecture
    PROGRAM_OTHER_LOADER,  // of another C library
};

struct program {
    char *path; // to be executed
    char *name; // its argv[0]
    bool is_of_lesson;
    enum program_blind blind; // of a script: what its interpreter is
    bool may_preload; // false: the library would break it, or be complained of
};

// Finds what name means: one with a slash is a path; any other a program of a
// lesson, else one in PATH (in PATH first where as_command). A file that cannot
// be executed is not found. Returns false with a sentence in error; there is
// nothing to free then.
bool program_find(struct program *program, const char *name, bool as_command,
                  char *error, size_t error_size);

void program_free(struct program *program);

// "it is linked statically", in the language of message.h; "" where seen.
const char *program_blind_because(enum program_blind blind);

#endif
