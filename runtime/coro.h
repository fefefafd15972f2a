// coro.h - functions that stop half way and go on later, on stacks of their own
//
//     static void count(void *unused)
//     {
//         for (int i = 0;; i++) {
//             printf("%d\n", i);
//             coro_yield();               // back to who resumed me
//         }
//     }
//     struct coro *counter = coro_create(count, NULL, 0);
//     coro_resume(counter);               // prints 0
//     coro_resume(counter);               // prints 1
//     coro_destroy(counter);
//
// Interface: coro_create, coro_resume, coro_yield, coro_destroy, coro_running,
// coro_fast, coro_old_guards.
// Threads: a coroutine lives in the thread that created it; each thread may
// have its own. Ownership: who creates destroys. Errors: coro_create returns
// NULL; a mistake (resume of a coroutine that is not suspended, or of NULL, a
// stack that overflows) is told by its name on standard error, and the program
// aborts.
#ifndef TELAR_CORO_H
#define TELAR_CORO_H

#include <stdbool.h>
#include <stddef.h>
#include <ucontext.h>

#include "runtime/coro_sanitizer.h"
#include "runtime/coro_stack.h"

enum coro_state {
    CORO_SUSPENDED, // never resumed, or inside coro_yield
    CORO_RUNNING,   // the one that runs now in its thread
    CORO_RESUMING,  // inside coro_resume: another one runs for it
    CORO_DEAD,      // its function has returned, or it was destroyed
};

// Lies at the top of its own stack: a coroutine that has run costs one page.
struct coro {
    enum coro_state state;
    bool fast;            // coro_fast when it was created
    struct coro *resumer; // where coro_yield goes; NULL: not resumed
    struct coro *thread;  // stands for the code of its thread that is in no
                          // coroutine; itself, if this is that one
    void *pointer;        // fast: the stack pointer; all else is on the stack
    ucontext_t context;   // else: all registers, and the signal mask
    void (*entry)(void *);
    void *argument;
    unsigned long number; // 1 is the first one of the program
    struct coro_stack stack;
    struct coro_fiber fiber; // what the sanitizers want to be told
};

// How coroutines that are created from now on are switched: by swapcontext,
// which is portable and makes a system call each time (false, at the start), or
// by a dozen instructions of assembly (true; x86-64 and aarch64 only, elsewhere
// it changes nothing). The fast way leaves the signal mask and the rounding
// mode of floating point as they are.
extern bool coro_fast;

// Makes coro_resume(coro) begin entry(argument). The stack has stack_bytes (0:
// 60 KiB) or somewhat more and a page below it that nobody may touch. A frame
// larger than a page could jump over that one: on x86-64 lesson programs are
// compiled with -fstack-clash-protection, which touches each page of it.
// Returns NULL when the system has no room for it, with the reason in errno.
struct coro *coro_create(void (*entry)(void *), void *argument,
                         size_t stack_bytes);

// Runs coro until it yields or its function returns; it is dead then.
// Coroutines may resume others.
void coro_resume(struct coro *coro);

// Back to who resumed this coroutine. Returns at its next resume.
void coro_yield(void);

// Suspended or dead: its stack is free for the next one. What it holds beside
// its stack (memory, descriptors, locks) stays held. NULL is allowed.
void coro_destroy(struct coro *coro);

// The coroutine that runs in this thread; NULL outside of all of them.
struct coro *coro_running(void);

#endif
