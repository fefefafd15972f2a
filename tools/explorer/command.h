// command.h - what a person types to have the same again
//
// Interface: command_files, command_arguments, command_cut.
// Threads: no shared state. Ownership: the texts are the caller's, to be freed.
#ifndef TELAR_COMMAND_H
#define TELAR_COMMAND_H

#include "tools/explorer/build.h"
#include "tools/explorer/wordlist.h"

// "bank.c --cflags -DCURED": each word as a shell takes it for one.
char *command_files(const struct wordlist *files,
                    const struct build_request *build);

// " -- 2 3", or nothing. The first of arguments is the program's own name.
char *command_arguments(const struct wordlist *arguments);

// Adds the words of a command that these made: the way back. Returns false
// where a quotation mark is missing.
bool command_cut(const char *command, struct wordlist *words);

#endif
