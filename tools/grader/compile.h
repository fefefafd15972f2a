// compile.h - from a student's files to the workers' programs
//
// Interface: compile_lab.
// Threads: one. Ownership: the caller frees the texts of struct compiled.
#ifndef TELAR_COMPILE_H
#define TELAR_COMPILE_H

#include <sys/types.h>

#include "tools/grader/brief.h"

enum compile_end {
    COMPILED,
    NOT_COMPILED, // the student's files: text says why, as the compiler said it
    NOT_THERE,    // a file is missing or cannot be taken: text says which
    NOT_POSSIBLE, // the grader could not: text says what
};

struct compiled {
    enum compile_end end;
    char *text;     // one or more lines, or NULL
    char *warnings; // what the compiler said of files that it took, or NULL
};

// Takes the files that the lab lists, and no other, from folder (FROM/NN_topic,
// shown to the student as shown), all else from the project, into scratch, and
// makes scratch/build/worker-BUILD for each build that the lab needs. The
// compiler runs in a box as uid. Blocks until done, at most about two minutes.
struct compiled compile_lab(const struct brief *brief, const char *folder,
                            const char *shown, const char *scratch, uid_t uid);

#endif
