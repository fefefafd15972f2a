// suite.h - the trusted side of a lab: promises, and workers asked over pipes
//
// Interface: suite_main, expect, broken, unjudged, worker_start, worker_ask,
// worker_try, worker_int, worker_bytes, worker_text, worker_fault,
// worker_calls, worker_descriptors, worker_children, worker_threads,
// worker_peak_kib, worker_printed, worker_folder, worker_end,
// objects_use_listed, objects_static_bytes, random_int, random_bytes.
// Threads: a test is one thread. Ownership: whatever a worker_... function
// hands out lives until the end of the test; a test frees nothing and stops
// nothing. Errors: see "When something goes wrong" below.
//
// A lab is three folders and a file (NN_topic is the same name everywhere):
//
//   labs/NN_topic/              what a student edits, the given headers,
//                               lab.es.md, lab.en.md, hints.es.md, hints.en.md
//                               (hints: sections "## 1", "## 2", "## 3")
//   solutions/NN_topic/         the same file names, solved; given files too
//   tests/labs/NN_topic.c       the suite: this header; built by make
//   tests/labs/NN_topic/worker.c     the adapter: worker.h; it runs in the
//                               worker process, beside the student's code
//   tests/labs/NN_topic/harness/     X.c: see "Labs that are explored"
//   tests/labs/NN_topic/starter/     pristine copy of what students edit
//   tests/labs/NN_topic/wrong/       X.c, or a folder X/ of several files;
//                               first line (of X.c, or of the first listed file
//                               that X/ has): // refused by: PROMISE
//   tests/labs/NN_topic/hostile/     X.c or X/: must earn no more than starter
//
// X.c stands in for the first of lab.files; files that X/ does not have are
// taken from solutions/. The self-check (tests/test_labs.sh) finds all of them.
//
// The whole suite of a lab whose student writes  long add(long a, long b)  in
// sum.c, with the given header sum.h:
//
//     // 00_sum.c - the promises of lab 00
//     #include "tools/grader/suite.h"
//
//     static void adds(void)
//     {
//         struct worker *worker = worker_start();
//         for (int i = 0; i < 20; i++) {
//             long long a = random_int(-1000, 1000);
//             long long b = random_int(-1000, 1000);
//             worker_ask(worker, "add", "ii", a, b);
//             long long sum = worker_int(worker);
//             expect(sum == a + b,
//                    M("add(%lld, %lld) should be %lld; it returned %lld",
//                      "add(%lld, %lld) debía ser %lld; devolvió %lld"),
//                    a, b, a + b, sum);
//         }
//     }
//
//     static const struct promise promises[] = {
//         {.name = "add_gives_the_sum", .level = BASIC, .points = 10,
//          .english = "add gives the sum", .spanish = "add da la suma",
//          .test = adds, .man = "3 abs", .step = "functions"},
//         {.name = "add_stays_in_its_memory", .level = INTERMEDIATE,
//          .points = 5, .build = ADDRESS, .english = "...", .spanish = "...",
//          .test = adds},
//         {0},
//     };
//
//     int main(int count, char **arguments)
//     {
//         static const struct lab lab = {
//             .files = {"sum.c"}, .given = {"sum.h"}, .promises = promises};
//         return suite_main(&lab, count, arguments);
//     }
//
// and its adapter, tests/labs/00_sum/worker.c: see worker.h.
//
// Labs that are explored. A row with .explore = "NAME" (and neither .test nor
// .build) is judged by the explorer: tests/labs/NN_topic/harness/NAME.c,
// trusted, has a main that drives the student's functions with threads and
// states with assert what must hold in every interleaving. It is compiled with
// the student's files and the given ones, -std=c11 -D_GNU_SOURCE
// -Ilabs/NN_topic, and explored for at most .seconds (0 means 10). "proved"
// keeps the promise; "failed" breaks it with the story; "sampled" breaks it,
// too: keep threads and loops few, so that a solution is proved in about a
// second. The student's objects are checked before (object_check.h): they call
// what object_names.c lists and what the harness and the given files define
// (so: make static there what is not for students), and no student's code can
// end the program; let main return .status, not 0, at its end, and that is
// seen, too. A lab whose rows are all explored has no worker.c.
//
// When something goes wrong. Every worker_... function judges for itself: where
// the student's code exits, is killed, loops, blocks, prints without end or
// writes on a descriptor that is not its own, the promise is recorded as
// broken, with a message that says which function and how, and the test ends
// there. expect ends the test in the same way. So a test reads as if nothing
// could fail; only worker_try hands the outcome back. A test that comes to its
// end without a word has kept its promise. What the grader itself cannot do
// (no memory, no process) is unjudged: never a pass, never the student's fault.
#ifndef TELAR_SUITE_H
#define TELAR_SUITE_H

#include <stdbool.h>
#include <stddef.h>

#include "runtime/message.h"

enum level { BASIC, INTERMEDIATE, ADVANCED };

// How the student's code is compiled for the workers of a promise. Every build
// has -std=c11 -D_GNU_SOURCE -g -O1 -pthread -lm; a student's main() is renamed
// to student_main(), so that it does no harm (and can be called).
enum build {
    PLAIN,   // as it is
    ADDRESS, // address and undefined-behaviour sanitizers; memory that is lost
             // is reported by worker_end. What leaves their sight (by an
             // attribute, a malloc of its own) does not compile
    FAULTS,  // the same, and the calls in lab.faults can be made to fail:
             // worker_fault. Only calls in the student's files; given files and
             // the adapter not
};

// One row a promise; the table ends with a row without a name.
struct promise {
    const char *name; // what is promised: [a-z0-9_], at most 63
    enum level level;
    int points;          // 1 or more
    const char *english; // the title: what the student reads beside the mark,
    const char *spanish; // at most about 60 characters
    void (*test)(void);
    enum build build;
    const char *man;  // what to read when it is broken: "7 pipe", or NULL
    const char *step; // id of a step of this lab's lesson, or NULL
    int seconds;      // for the whole test; 0 means 20
    // Kept in every interleaving: instead of a test, and with no build. See
    // "Labs that are explored" below.
    const char *explore; // name of a harness
    const char *choices; // --points: sync, races, accesses; NULL: auto
    const char *checks;  // --check: race,deadlock,assert,memory,leak; NULL: all
                         // but leak
    int spurious;        // wakeups without a reason; 0 means 1, -1 none
    int status;          // that the harness's main returns at its end
};

struct lab {
    const char *files[8];   // what a student edits; the rest is NULL
    const char *given[8];   // .h and .c from solutions/NN_topic, or, if it
                            // is not there, tests/labs/NN_topic; .c files
                            // are compiled too
    const char *faults[24]; // for FAULTS: see the list at worker_fault
    const char *names[48];  // for objects_use_listed; the rest is NULL
    const struct promise *promises;
    int memory_mib;     // that a worker can fill; 0 means 512
    int processes;      // beside the worker itself; 0 means 64
    int answer_seconds; // for one worker_ask; 0 means 5
};

// Runs the suite as telar-check asked (or by hand: build/labs/NN_topic --help).
// Returns the exit status of the program.
int suite_main(const struct lab *lab, int count, char **arguments);

// ---- Verdicts ---------------------------------------------------------------

// Ends the test with the promise broken unless condition holds. The message
// says in one or two sentences what was expected and what happened; the
// commands to replay it and what to read are added to it.
#define expect(condition, ...)                                                 \
    do {                                                                       \
        if (!(condition))                                                      \
            broken(__VA_ARGS__);                                               \
    } while (0)

_Noreturn void broken(const char *format, ...)
    __attribute__((format(printf, 1, 2)));

// Ends the test without a verdict: the grader, not the student, is at fault.
_Noreturn void unjudged(const char *format, ...)
    __attribute__((format(printf, 1, 2)));

// ---- Workers ----------------------------------------------------------------

struct worker;

// A new process with the student's code, in the build of the promise's row, in
// an empty folder of its own, stdin at its end. At most 64 in one test.
struct worker *worker_start(void);

// Asks for the operation (a name from the adapter's table, best the name of the
// student's function: messages say "NAME()"). types has a letter for each
// argument that follows: i long long (cast it!), s const char *, b const void *
// and size_t. Blocks until the answer, at most lab.answer_seconds. What
// one question or answer carries is at most 32 MiB.
void worker_ask(struct worker *worker, const char *operation, const char *types,
                ...);

// The same, but the outcome is handed back, and the worker is gone unless it
// ANSWERED. For promises such as "a wrong argument is answered by abort".
enum outcome { ANSWERED, EXITED, KILLED, LATE, FLOODED, FORGED };
enum outcome worker_try(struct worker *worker, const char *operation,
                        const char *types, ...);

// For EXITED the status, for KILLED the signal.
int worker_code(const struct worker *worker);

// The next field of the latest answer, in the order in which the adapter gave
// them. A field of the other kind, or none left: the promise is broken.
long long worker_int(struct worker *worker);
const void *worker_bytes(struct worker *worker, size_t *size_bytes);
const char *worker_text(struct worker *worker); // ends in '\0', has none inside

// Asks the worker to return from main and waits for it. Broken when it ends
// with anything but 0, a sanitizer's report of lost memory among it. Not
// needed otherwise: the end of the test ends its workers.
void worker_end(struct worker *worker);

// ---- Faults (build FAULTS only) ---------------------------------------------

// In the next worker_ask, from the nth call of that name on (1 is the first),
// `times` calls (0: all) fail with this errno value without being made; close
// does close. Several can be set. Known calls: accept calloc close dup dup2
// dup3 fcntl fork fstat ftruncate kill lseek malloc mmap open openat pipe pipe2
// poll ppoll pthread_create pread pwrite read readv realloc select sigaction
// socket socketpair wait waitpid write writev.
void worker_fault(struct worker *worker, const char *call, int nth, int times,
                  int error);

// In the next worker_ask every read, write, pread, pwrite of the student's code
// (call names which) moves at most this many bytes: 1 or more.
void worker_short(struct worker *worker, const char *call, size_t size_bytes);

// How often the student's code made that call in the latest worker_ask, the
// processes it forked included. First ask without a fault to learn n; then
// let each of the n fail in turn.
int worker_calls(struct worker *worker, const char *call);

// ---- Seen from outside ------------------------------------------------------
// Taken from /proc by the suite, not told by the worker: nothing in it is the
// student's word. Compare before and after rather than with a fixed number.

int worker_descriptors(struct worker *worker); // open now, in the worker
int worker_children(struct worker *worker, int *zombies); // zombies included
int worker_threads(struct worker *worker);
long worker_peak_kib(struct worker *worker); // most resident memory so far

// What the worker and its children wrote on descriptor 1 or 2 so far: at most
// the first MiB, '\0' after it. A worker that prints more than 64 MiB is ended.
const char *worker_printed(struct worker *worker, int descriptor,
                           size_t *size_bytes);

// The worker's own folder, its current directory: an absolute path. The suite
// may put files there and read what the student's code left.
const char *worker_folder(const struct worker *worker);

// ---- The student's objects --------------------------------------------------
// As the compiler made them for the build PLAIN (a row must have it). What is in
// them is seen, whatever the source hides.

// Broken when the student's files use a function or variable that is neither
// theirs nor in lab.names (list the given files' functions there, too), define
// a name of the C library, or make a system call by themselves. object_use.h
// says what remains.
void objects_use_listed(void);

// Bytes of their global, static and thread-local variables.
long long objects_static_bytes(void);

// ---- Inputs -----------------------------------------------------------------
// From the seed of this grading and the promise's name: --seed N --only NAME
// gives the same ones again.

long long random_int(long long low, long long high); // both ends included
void random_bytes(void *bytes, size_t size_bytes);

#endif
