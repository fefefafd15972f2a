// find.h - "there is no such lesson; did you mean ..."
//
// Interface: find_say_unknown.
// Threads: one. Ownership: nothing is handed over.
#ifndef TELAR_FIND_H
#define TELAR_FIND_H

// Says on standard error that no lesson is called asked, which one is nearest
// and which there are. Returns 2.
int find_say_unknown(const char *asked);

#endif
