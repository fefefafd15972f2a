// unsupported.h - what the explorer cannot judge
//
// Interface: weave_unsupported.
// Threads: none. Ownership: none.
#ifndef TELAR_UNSUPPORTED_H
#define TELAR_UNSUPPORTED_H

// The program called that function. Ends the exploration.
_Noreturn void weave_unsupported(const char *name, const void *pc);

#endif
