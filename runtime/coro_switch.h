// coro_switch.h - from one stack to another, in a dozen instructions
//
// Interface: coro_switch, coro_switch_prepare, CORO_SWITCH_EXISTS.
// Threads: no shared state. Ownership: stacks belong to the caller.
#ifndef TELAR_CORO_SWITCH_H
#define TELAR_CORO_SWITCH_H

#include <stddef.h>

#if defined(__x86_64__) || defined(__aarch64__)
enum { CORO_SWITCH_EXISTS = 1 };
#else
enum { CORO_SWITCH_EXISTS = 0 };
#endif

// Saves the registers that a call must preserve on this stack and its pointer
// in *save, and goes on where the stack at `to` left off. Returns when somebody
// switches back. No system call.
void coro_switch(void **save, void *to);

// Makes a stack ready for its first switch: entry() begins there and must not
// return. Returns the pointer to switch to.
void *coro_switch_prepare(void *low, size_t bytes, void (*entry)(void));

#endif
