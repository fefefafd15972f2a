// loading.h - that what happens before this library can be seen from outside
//
// Interface: loading_comes, loading_is_over, loading_say_unseen.
// Threads: any number; async-signal-safe. Ownership: none.
#ifndef TELAR_INSIDE_LOADING_H
#define TELAR_INSIDE_LOADING_H

#include <stdbool.h>

// The calling thread will execute path next: has telar-run's helper see it,
// where that changes nothing for the program. Waits a second at most.
void loading_comes(int at, const char *path);

// The first word of the library. Returns whether somebody saw all before it.
bool loading_is_over(void);

void loading_say_unseen(void);

#endif
