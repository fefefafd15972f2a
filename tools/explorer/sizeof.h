// sizeof.h - what a line of C asks the size of
//
// Interface: struct sizeof_words, sizeof_in_text, sizeof_in_line.
// Threads: sizeof_in_line keeps the last file it read. Ownership: nothing is
// handed over.
#ifndef TELAR_SIZEOF_H
#define TELAR_SIZEOF_H

#include <stdbool.h>

struct sizeof_words {
    char name[80];   // of the type, or of the variable
    bool is_struct;  // sizeof(struct NAME)
    bool is_pointee; // sizeof *NAME, sizeof(*NAME)
};

// The first sizeof in text, up to its end of line, with one name in it. False
// when there is none, or it is more than a name.
bool sizeof_in_text(const char *text, struct sizeof_words *words);

// The same of a line (from 1) of the file at path.
bool sizeof_in_line(const char *path, int line, struct sizeof_words *words);

#endif
