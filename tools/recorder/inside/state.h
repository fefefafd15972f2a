// state.h - what the library knows of its process and of the calling thread
//
//     struct writer_task *task = inside_task();
//
//     if (task && inside_records(RECORD_SLEEP))
//         writer_event(task, TRACE_YIELD, 0, 0);
//
// Interface: inside, inside_self, inside_task, inside_records, inside_begin,
// inside_birth, inside_number_of, inside_end, inside_measure_others.
// Threads: inside changes only before there are threads; inside_self is each
// thread's own. All of it is async-signal-safe and keeps errno.
// Ownership: the handle is the thread's; nobody gives it back.
#ifndef TELAR_INSIDE_STATE_H
#define TELAR_INSIDE_STATE_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

#include "tools/recorder/inside.h"
#include "tools/trace/writer.h"

#define likely(condition) __builtin_expect(!!(condition), 1)
#define unlikely(condition) __builtin_expect(!!(condition), 0)

struct inside {           // this process
    struct writer writer; // joined
    unsigned what;        // sum of enum record_what; 0: nothing is recorded
    int facts;            // descriptor of ours that the program has, -1: none
};

enum inside_life {
    INSIDE_NEW,   // has said nothing yet
    INSIDE_LIVES, // task is its handle
    INSIDE_DOUBT, // somebody else may run on its thread-local memory
    INSIDE_ENDED  // has said its end, or is not recorded
};

enum { INSIDE_VFORKS = 4 }; // one within the other

// Of a child by vfork this is its parent's, which stands still meanwhile: task
// is the child's handle then, and of depth 1 or more.
struct inside_self {          // this thread
    struct writer_task *task; // NULL: see life
    struct writer_task *real; // its handle while in doubt
    pid_t tid;
    uint16_t waits; // kind of the event that began a wait, 0: none
    uint16_t wants; // TRACE_PUT_REQUEST or TRACE_GET_REQUEST, 0: neither
    uint64_t wanted_of, wanted_item; // if so, of which queue, and which item
    uint8_t life;                    // enum inside_life
    uint8_t rounds;                  // of its thread-specific destructors
    bool armed;    // its system calls are dispatched to calls.c, who sets it
    uint8_t depth; // of children by vfork
    struct {
        struct writer_task *task; // of who called vfork
        void *back;               // where it goes on afterwards
        uint64_t begin;           // when
    } vforks[INSIDE_VFORKS];
};

extern struct inside inside;
extern _Thread_local struct inside_self inside_self
    __attribute__((tls_model("initial-exec")));

struct writer_task *inside_task_slowly(void);

// The handle of the calling thread, NULL when nothing is to be recorded of it.
// The first call in a thread begins its task, or joins the one there is.
static inline struct writer_task *inside_task(void)
{
    struct writer_task *task = inside_self.task;

    return likely(task != NULL) ? task : inside_task_slowly();
}

static inline bool inside_records(unsigned what)
{
    return (inside.what & what) != 0;
}

// The same, NULL as well when none of what is recorded.
static inline struct writer_task *inside_task_for(unsigned what)
{
    return inside_records(what) ? inside_task() : NULL;
}

// Begins the task of the calling thread; of one that has begun it says the
// name.
void inside_begin(const char *name, uint32_t parent);

// When the calling thread began, before it could say a word: as long ago as it
// has been on a CPU, at least.
uint64_t inside_birth(void);

// The number of the task that lives as tid in this process, 0: none.
uint32_t inside_number_of(pid_t tid);

// Says the end of the calling thread's task with a status as waitpid gives it,
// unless somebody did; nothing is recorded of the thread from then on. To be
// called as late as possible: under --calls by the call that ends it.
void inside_end(int status);

// Says what the other threads of this process, which ends, have used so far.
void inside_measure_others(void);

#endif
