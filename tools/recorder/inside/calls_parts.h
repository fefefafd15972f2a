// calls_parts.h - what the files calls*.c share
//
// Interface: struct call, struct calls_self, calls_made_openly, calls_mask,
// calls_readable, calls_writable, calls_begin, calls_end, calls_note,
// calls_switch_on, calls_let_go; of calls_signals.c, calls_clone.c and
// calls_stub.c below.
// Threads: calls_self is each thread's own (a child by vfork has its parent's);
// all of it runs in the handler of SIGSYS, where every signal is held back and
// nothing may be called that makes a system call outside our text.
// Ownership: none.
#ifndef TELAR_CALLS_PARTS_H
#define TELAR_CALLS_PARTS_H

#include <signal.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>
#include <ucontext.h>

#include "tools/recorder/inside/state.h"

// What a set of signals is for the kernel.
#define CALLS_BIT(number) (UINT64_C(1) << ((number)-1))
enum { CALLS_SET_SIZE = 8 }; // bytes

// As the kernel lays it out.
struct calls_action {
    uintptr_t handler; // or SIG_DFL, SIG_IGN
    unsigned long flags;
    void (*restorer)(void);
    uint64_t mask;
};

struct call {            // one that the program makes
    ucontext_t *context; // where it makes it
    long number;
    long arguments[6];
};

enum calls_outcome {
    CALLS_RETURNS, // with a result
    CALLS_GOES_ON  // as the context says now
};

enum { CALLS_VFORKS = 4 }; // one within the other

struct calls_open {      // a call under the program's own mask
    ucontext_t *context; // of the program; NULL: there is none
    volatile bool is_done;
};

struct calls_self {
    struct calls_open open;    // the innermost one
    bool hides_sigsys;         // the program believes that SIGSYS is blocked
    uint8_t depth;             // of children by vfork that run on this memory
    struct writer_task *spare; // for calls in the middle of another event
    struct calls_kept {        // of the parent while its child runs
        pid_t tid;
        volatile bool is_on; // the child has begun
        struct inside_self self;
        struct writer_task *spare;
        bool hides_sigsys;
    } kept[CALLS_VFORKS];
};

extern _Thread_local struct calls_self calls_self
    __attribute__((tls_model("initial-exec")));

static inline uint64_t *calls_mask(ucontext_t *context)
{
    return (uint64_t *)context->uc_sigmask.__val;
}

static inline greg_t *calls_registers(ucontext_t *context)
{
    return context->uc_mcontext.gregs;
}

// ---- calls.c ----------------------------------------------------------------

// The kernel's handler of SIGSYS, and where calls are not dispatched.
extern struct calls_action calls_action;
extern uintptr_t calls_from, calls_size;
extern volatile char calls_selector;

// What the program has asked SIGSYS to do.
extern struct calls_action calls_aside;

// Makes the call with its arguments, as the program is: what signals it lets
// through may come meanwhile.
long calls_made_openly(struct call *call);

// Whether the memory is there; it stays the program's, who may take it away.
bool calls_readable(long address, size_t size);
bool calls_writable(long address, size_t size);

void calls_begin(long number);
void calls_end(long number, long result);

// Says what is no longer seen, and why.
void calls_note(const char *what);

// The calling thread, or its child by fork, is dispatched from now on.
bool calls_switch_on(void);

// No thread of this process is dispatched any longer; the call goes to the
// kernel as it is.
enum calls_outcome calls_let_go(struct call *call, const char *why);

// ---- calls_signals.c --------------------------------------------------------

long calls_change_mask(struct call *call);   // rt_sigprocmask
long calls_change_action(struct call *call); // rt_sigaction
long calls_change_stack(struct call *call);  // sigaltstack
long calls_wait_masked(struct call *call);   // rt_sigsuspend, ppoll...
void calls_return(struct call *call) __attribute__((noreturn)); // rt_sigreturn

// SIGSYS came, but not for a call of ours: what the program wanted happens.
void calls_pass_on(int number, siginfo_t *info, ucontext_t *context);

// ---- calls_clone.c, calls_stub.c --------------------------------------------

// fork, vfork, clone, clone3.
enum calls_outcome calls_clone(struct call *call, long *result);

// To be asked while depth is not 0: a parent whose child is gone goes on as
// before.
void calls_see_vfork(void);

// After a clone, in the parent and in the child: both go on where they should.
void calls_after_clone(ucontext_t *context);

enum { CALLS_STUBS = 64, CALLS_STUB_BYTES = 32 };

enum calls_kind {
    CALLS_FORK,   // a copy of our memory
    CALLS_VFORK,  // on its parent's, which stands still
    CALLS_THREAD, // on our memory, with thread-local memory of its own
    CALLS_GUEST   // on ours as well: two at once, and it is not dispatched
};

struct calls_slot {           // of the stub with the same number
    _Atomic uintptr_t target; // where parent and child go on; 0: free
    uint32_t arms;            // 1: the child is dispatched
    uint32_t number;          // of the call
    enum calls_kind kind;
};

extern struct calls_slot calls_slots[CALLS_STUBS];
extern const char calls_stubs[], calls_trap[], calls_trapped[];
extern const char calls_kernel_done[];
extern void calls_restorer(void);

// Makes the call. Returns what the kernel did: a negative error number on
// failure.
long calls_kernel(long number, const long arguments[6]);

#endif
