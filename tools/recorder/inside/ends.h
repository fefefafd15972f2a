// ends.h - notices that a thread or the process ends
//
// Nothing relies on it: of whoever is killed, or leaves by a way unseen here,
// telar-run says the end.
//
// Interface: ends_begin, ends_thread.
// Threads: begin: once, before there are others; thread: each new one.
// Ownership: one key of the process's thread-specific data.
#ifndef TELAR_ENDS_H
#define TELAR_ENDS_H

void ends_begin(void);
void ends_thread(void);

#endif
