// redirect.h - what the writer asks of libc is asked of the kernel here
//
// Interface: redirect_begin.
// Threads: once, before there are others. Ownership: none.
#ifndef TELAR_REDIRECT_H
#define TELAR_REDIRECT_H

// Finds the clock that the kernel has put into every process. Until then, and
// where there is none, the time is a system call.
void redirect_begin(void);

#endif
