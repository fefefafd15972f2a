// switch.h - from one stack to another
//
// Interface: stack_switch, stack_prepare.
// Threads: one kernel thread. Ownership: stacks belong to the caller.
#ifndef TELAR_SWITCH_H
#define TELAR_SWITCH_H

#include <stddef.h>

// Saves the registers a call must preserve on this stack and its pointer in
// *save, and goes on where the stack at `to` left off. Returns when somebody
// switches back. A few nanoseconds: no system call, the signal mask stays.
void stack_switch(void **save, void *to);

// Makes a stack of size_bytes at base ready for a first switch: entry() begins
// there with an empty frame above it and must not return. The pointer to
// switch to.
void *stack_prepare(void *base, size_t size_bytes, void (*entry)(void));

#endif
