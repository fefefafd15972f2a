// environment.h - our variables: out of the program's sight, in its children
//
// The program sees the environment that it would have without us. What it
// executes gets our variables again, whatever environment it gives: before an
// LD_PRELOAD of its own, never twice.
//
// Interface: environment_take, environment_room, environment_fill,
// environment_show, environment_hide, environment_forked, environment_forget.
// Threads: take: before there are others. room and fill: any number of them,
// async-signal-safe. show and hide: any number of them.
// Ownership: fill writes into the caller's room.
#ifndef TELAR_ENVIRONMENT_H
#define TELAR_ENVIRONMENT_H

#include <stdbool.h>
#include <stddef.h>

// Keeps our variables' values and takes them out of environ. False when they
// are not complete: then there is nothing to be passed on.
bool environment_take(void);

// The library's path as ld.so was told, "" when it was not.
const char *environment_library(void);

// How many bytes fill needs for given; 0: too many, give it as it is.
size_t environment_room(char *const given[]);

// given and our variables, without the library where it cannot be loaded.
char **environment_fill(void *room, char *const given[], bool with_library);

// While libc starts a shell from environ itself, ours are in it. Each show is
// followed by one hide.
void environment_show(void);
void environment_hide(void);

// From here on children get nothing of ours.
void environment_forget(void);

// In a child by fork, which has a single thread.
void environment_forked(void);

#endif
