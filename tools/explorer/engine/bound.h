// bound.h - what limits what an exploration looked at
//
// Interface: enum bound_kind, BOUND_LIST, struct bound_count, bounds,
// bound_names, bound_met.
// Threads: none. Ownership: counts live as long as the engine.
#ifndef TELAR_BOUND_H
#define TELAR_BOUND_H

#include <stdint.h>

#define BOUND_LIST(X)                                                          \
    X(STEPS, "steps")       /* an execution was cut off */                     \
    X(EXPIRIES, "expiries") /* more time limits could have expired */          \
    X(SPURIOUS, "spurious") /* more wakeups without a reason were possible */  \
    X(RANDOM, "random")     /* one sequence of random numbers was looked at */ \
    X(CLOCK, "clock")       /* time is virtual */                              \
    X(INPUT, "input")       /* the program asked for some; there is none */    \
    X(HEAP, "heap")         /* an allocation failed for a limit of ours */     \
    X(OUTPUT, "output")     /* text was dropped */                             \
    X(UNKNOWN, "unknown")   /* a value is one of many (verifier.c) */          \
    X(THREADS, "threads")   /* who creates one more than TASK_LIMIT stops */   \
    X(SECTIONS, "sections") /* locks within what nobody interrupts */          \
    X(SIGNALS, "signals")   /* a handler may run at any moment: it did not */  \
    X(ALONE, "alone")       /* ended badly before it created a thread */

#define BOUND_ENUM(name, word) BOUND_##name,
enum bound_kind { BOUND_LIST(BOUND_ENUM) BOUND_COUNT };
#undef BOUND_ENUM

struct bound_count {
    uint64_t count; // how often, over all executions; 0: never
    const void *pc; // the first time
};
extern struct bound_count bounds[BOUND_COUNT];
extern const char *const bound_names[BOUND_COUNT]; // as protocol.h has them

// The program met that bound, in a call that returns to pc.
void bound_met(enum bound_kind kind, const void *pc);

#endif
