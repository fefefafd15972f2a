// state.h - what the library knows of its process and of the calling thread
//
//     struct writer_task *task = inside_task();
//
//     if (task && inside_records(RECORD_SYNC))
//         writer_event(task, TRACE_YIELD, 0, 0);
//
// Interface: inside, inside_self, inside_task, inside_records.
// Threads: inside changes only before there are threads (and in the child of a
// fork); inside_self is each thread's own. All of it is async-signal-safe.
// Ownership: the handle is the thread's; nobody gives it back.
#ifndef TELAR_INSIDE_STATE_H
#define TELAR_INSIDE_STATE_H

#include <stdbool.h>
#include <stdint.h>

#include "tools/recorder/inside.h"
#include "tools/trace/writer.h"

#define likely(condition) __builtin_expect(!!(condition), 1)
#define unlikely(condition) __builtin_expect(!!(condition), 0)

struct inside {           // this process
    struct writer writer; // joined
    unsigned what;        // sum of enum record_what; 0: nothing is recorded
};

enum inside_life {
    INSIDE_NEW,   // has said nothing yet
    INSIDE_LIVES, // task is its handle
    INSIDE_DOUBT, // shares its thread-local memory with a raw clone
    INSIDE_ENDED  // has said its end, or cannot be recorded
};

// A wait that was begun: one that a jump leaves is ended by the next event.
struct inside_wait {
    uint16_t kind; // of the event that began it, 0: none
    uint64_t object, value;
    uintptr_t frame; // where the stack stood
};

struct inside_self {          // this thread
    struct writer_task *task; // NULL: see life
    struct writer_task *real; // its handle also while task is NULL
    struct inside_wait wait;
    pid_t tid;
    uint8_t life;   // enum inside_life
    uint8_t rounds; // of its thread-specific destructors
    bool armed;     // its system calls are dispatched to calls.c, who sets it
    bool quiet;     // between writing events of its own accord
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

#endif
