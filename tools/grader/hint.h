// hint.h - one more hint for a lab, each more direct
//
// Interface: hint_give.
// Threads: one. Ownership: nothing is handed over.
#ifndef TELAR_HINT_H
#define TELAR_HINT_H

// Prints the next section "## N" of labs/NN_topic/hints.LANG.md and remembers,
// in STATE/hints/NN_topic, that it was given. Behind the last one it says so
// and points to the lesson. Returns the exit status.
int hint_give(const char *lab);

#endif
