// threads.h - what else tells of a thread
//
// Interface: threads_say_name.
// Threads: any. Ownership: name is copied.
#ifndef TELAR_INSIDE_THREADS_H
#define TELAR_INSIDE_THREADS_H

// The calling thread is called so from now on; at most 15 bytes of it.
void threads_say_name(const char *name);

#endif
