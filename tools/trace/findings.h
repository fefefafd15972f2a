// findings.h - what is wrong in a trace: found once, and it stays found
//
// - DEADLOCK: each waits for what the next one has (the cycle of
//   model_blame).
// - CONVOY: takers of a lock who had to wait, one after the other, or who went
//   ahead of several that did
//   (M. Blasgen, J. Gray, M. Mitoma and T. Price: The Convoy Phenomenon, ACM
//   SIGOPS Operating Systems Review 13(2), 1979).
// - LOST_WAKEUP: a condition was signalled while nobody waited; who came to
//   wait afterwards was never woken, up to the end of the trace or to the
//   signal that ended the program. Or, where the explorer knows it, nobody
//   signalled and nobody is left who could.
// - STARVATION: a lock was taken by others again and again while this task
//   waited for it; or it was ready for long and got no CPU.
// - QUEUE_FULL: somebody wants to put into a queue that has no room.
// - GREEDY_COROUTINE: one that keeps its thread for itself while others exist.
// - FAILURE: what the explorer found and no wait shows, such as a data race or
//   an assertion that failed; in its words, which the event of that kind has.
// - LOSS: events that are not in the trace.
//
// Interface: enum finding_kind, struct finding, findings_build, findings_free,
// findings_words.
// Threads: one at a time. Ownership: findings own their memory.
#ifndef TELAR_FINDINGS_H
#define TELAR_FINDINGS_H

#include "tools/trace/model.h"

enum finding_kind {
    FINDING_DEADLOCK,
    FINDING_LOST_WAKEUP,
    FINDING_STARVATION,
    FINDING_CONVOY,
    FINDING_QUEUE_FULL,
    FINDING_GREEDY_COROUTINE,
    FINDING_FAILURE,
    FINDING_LOSS,
    FINDING_KINDS
};

enum {
    CONVOY_TAKERS = 8,         // so many in a row had to wait
    CONVOY_QUEUE = 3,          // or left so many waiting
    STARVED_TURNS = 10,        // so many others took the lock meanwhile
    GREEDY_FACTOR = 10,        // times what a turn takes on the average
    GREEDY_LEAST_NS = 5000000, // so long in any case
    FINDING_CIRCLE = 6         // tasks of a deadlock that are remembered
};

struct finding_wait { // of a deadlock: this one waits for that object, or (0)
    uint32_t task, object; // for the end of the next one. As in struct finding
};

struct finding {
    enum finding_kind kind;
    uint32_t task;       // whom it happens to; 0: nobody in particular
    uint32_t object;     // index in model.objects + 1; 0: none
    uint64_t begin, end; // time of the first and of the last of them
    size_t event;        // behind which the first one is plain to see
    uint64_t count;      // how often; of a LOSS: events; of a DEADLOCK, and
                         // of a STARVATION without object: tasks
    struct finding_wait circle[FINDING_CIRCLE]; // of a DEADLOCK
    bool at_end;                                // holds only if nothing follows
    bool is_settled;     // DEADLOCK: all of them stand still
    bool was_never_sent; // LOST_WAKEUP: there was no signal at all
};

struct findings {
    struct finding *all; // by begin
    size_t count, room;
    struct finding_watch *watch; // what was seen so far
    bool no_memory;
};

// Looks through the whole trace; the model stands at its end afterwards.
// Returns false when memory is short, with nothing left to free.
bool findings_build(struct findings *findings, struct model *model);
void findings_free(struct findings *findings);

// "deadlock: A waits for m2, which B has; B waits for m1, which A has", in the
// language of message.h, in text. Returns text.
char *findings_words(const struct model *model, const struct finding *finding,
                     char *text, size_t size);

// For who walks through the trace himself: before the first event, behind each
// of them, behind the last one; when the trace has grown, behind each new one,
// and again behind the last one. The first returns false when memory is short.
bool findings_begin(struct findings *findings, const struct model *model);
void findings_see(struct findings *findings, const struct model *model);
void findings_end(struct findings *findings, const struct model *model);

#endif
