// table.h - every program of a folder, one row each
//
// Interface: struct table_request, table_print.
// Threads: one; each program is judged by a process of its own, so that nothing
// of one hurts the next. Ownership: nothing is handed over.
#ifndef TELAR_TABLE_H
#define TELAR_TABLE_H

#include <signal.h>
#include <stdbool.h>

struct table_request {
    const char *folder;
    char *const *options; // of telar-explore for each, NULL behind the last
    bool json;
    double seconds; // that one may take; then it is killed, with some grace
    const volatile sig_atomic_t *stop; // or NULL
};

// Judges each *.c with a main in the folder and those below it, in the order of
// their names, and prints the table. Returns the exit status: 0 none failed, 1
// some did, 2 some could not be judged (or the folder not read).
int table_print(const struct table_request *request);

#endif
