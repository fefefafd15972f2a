// fact.h - a program says what it measured
//
// Interface: fact.
// Threads: any thread may call it. Ownership: name is only read.
#ifndef TELAR_FACT_H
#define TELAR_FACT_H

// Writes the line "fact NAME VALUE" with one write() to the descriptor that
// TELAR_FACTS_FD names, else to standard error. Not through stdout: fork would
// double what waits in its buffer and _exit would lose it. name is made of
// letters, digits and '_', at most 63 of them, and says the unit
// ("wait_ns"). Preserves errno; a fact that cannot be written is lost.
void fact(const char *name, long long value);

#endif
