// coro.h - a small coroutine (given, do not edit)
//
// Interface: coro_create, coro_resume, coro_yield, coro_done, coro_destroy.
// Threads: one. Ownership: who creates destroys.
//
// The one of lesson 11 (runtime/coro.h) does the same faster, for a million of
// them, and tells mistakes by name.
#ifndef CORO_H
#define CORO_H

#include <stdbool.h>

struct coro;

// Makes coro_resume begin entry(argument), on a stack of 32 KiB with a guard
// below it: whoever needs more is ended by SIGSEGV. Returns NULL when there is
// no memory.
struct coro *coro_create(void (*entry)(void *), void *argument);

// Runs it until it yields, or its function returns. Not one that is done.
void coro_resume(struct coro *coro);

// Back to who resumed the coroutine that runs. Returns at its next resume.
void coro_yield(void);

// Has its function returned?
bool coro_done(const struct coro *coro);

// Frees it, done or not; not the one that runs. NULL is allowed.
void coro_destroy(struct coro *coro);

#endif
