// fork.h - what becomes of our state in a child
//
// Interface: fork_begin, semaphore_forked.
// Threads: begin: once, before there are others. Ownership: none.
#ifndef TELAR_INSIDE_FORK_H
#define TELAR_INSIDE_FORK_H

void fork_begin(void);

// In the child, which has a single thread (semaphore.c).
void semaphore_forked(void);

#endif
