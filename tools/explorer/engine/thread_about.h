// thread_about.h - what pthread_cleanup_push left to be done
//
// Interface: cleanup_before_exit.
// Threads: none. Ownership: none.
#ifndef TELAR_THREAD_ABOUT_H
#define TELAR_THREAD_ABOUT_H

// The task that runs leaves by pthread_exit(result). Where it has routines to
// run, goes to the latest of them, which comes back to pthread_exit; returns
// when there are none.
void cleanup_before_exit(void *result);

#endif
