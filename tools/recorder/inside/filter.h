// filter.h - a program that confines itself is left alone
//
// A seccomp filter may kill for any system call that its author did not think
// of, and the library's own are among those. So before a filter comes the
// process is recorded no longer, and neither are its children.
//
// Interface: filter_comes.
// Threads: async-signal-safe. Ownership: none.
#ifndef TELAR_INSIDE_FILTER_H
#define TELAR_INSIDE_FILTER_H

// Notes it in the trace and falls silent, for the whole process and for good.
void filter_comes(void);

#endif
