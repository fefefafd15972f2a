// worker.h - the untrusted side of a lab: the adapter to the student's code
//
// Interface: worker_operations (the adapter defines it), take_int, take_text,
// take_bytes, give_int, give_text, give_bytes.
// Threads: an operation runs in the main thread of the worker. Ownership: what
// take_... returns lives until the operation returns; what give_... is given is
// copied. Errors: taking a field that the suite did not send ends the worker
// with a message (the suite and the adapter disagree: the lab is wrong).
//
// The adapter, tests/labs/NN_topic/worker.c, is linked with the student's code
// and with nothing of Telar but this. It knows inputs and never what is
// expected. It calls the student's function and tells what came out of it,
// without judging: no comparison belongs here. Its descriptors 0, 1 and 2 are
// the student's: whatever is printed reaches the suite as worker_printed.
//
// The whole adapter of the example in suite.h:
//
//     // worker.c - calls the student's add
//     #include "tools/grader/worker.h"
//
//     #include "sum.h"
//
//     static void call_add(struct call *call)
//     {
//         long a = take_int(call);
//         long b = take_int(call);
//         give_int(call, add(a, b));
//     }
//
//     const struct operation worker_operations[] = {
//         {"add", call_add},
//         {0},
//     };
//
// A function that gives memory back:
//
//         size_t size = 0;
//         char *out = capture(take_text(call), &size);
//         give_int(call, out != NULL);
//         give_int(call, errno);          // only if the lab promises errno
//         give_bytes(call, out, out ? size : 0);
//         free(out);
//
// What the student's code keeps (globals, descriptors, threads) is kept from
// one operation to the next of the same worker, so that a suite can ask "open",
// then "put", then "close".
#ifndef TELAR_WORKER_H
#define TELAR_WORKER_H

#include <stddef.h>

struct call;

struct operation {
    const char *name; // as the suite asks for it
    void (*run)(struct call *call);
};

// The table of the adapter; it ends with a row without a name.
extern const struct operation worker_operations[];

// The next argument of worker_ask, in order: 'i', 's', 'b'.
long long take_int(struct call *call);
const char *take_text(struct call *call);
const void *take_bytes(struct call *call, size_t *size_bytes);

// The next field of the answer, read by worker_int, worker_text, worker_bytes.
// NULL is allowed where size_bytes is 0, and for give_text means ""; elsewhere
// it ends the worker, and the suite tells the student.
void give_int(struct call *call, long long value);
void give_text(struct call *call, const char *text);
void give_bytes(struct call *call, const void *bytes, size_t size_bytes);

// main() of the student's files, if they have one (renamed by the grader).
// Declared for the adapter that wants to call it; no definition otherwise.
int student_main(int count, char **arguments);

#endif
