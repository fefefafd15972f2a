// threads.c - threads that begin, are named, and are waited for
#include <stdarg.h>
#include <string.h>

#include "tools/recorder/inside/calls.h"
#include "tools/recorder/inside/ends.h"
#include "tools/recorder/inside/names.h"
#include "tools/recorder/inside/raw.h"
#include "tools/recorder/inside/real.h"
#include "tools/recorder/inside/say.h"
#include "tools/recorder/inside/threads.h"

// ---- Which thread has which tid ---------------------------------------------

// A thread that has ended cannot be asked for its tid any more, so each enters
// it here when it begins. One whose place is taken by another is forgotten.
enum { KNOWN = 1024, PROBES = 16 };

static struct {
    _Atomic uintptr_t thread;
    _Atomic pid_t tid;
} known[KNOWN];

static size_t place_of(pthread_t thread, unsigned probe)
{
    return ((uintptr_t)thread * UINT64_C(0x9e3779b97f4a7c15) >> 32) + probe;
}

static void remember(pthread_t thread, pid_t tid)
{
    size_t at = 0;

    for (unsigned probe = 0; probe < PROBES; probe++) {
        uintptr_t there = 0;

        at = place_of(thread, probe) % KNOWN;
        if (atomic_compare_exchange_strong(&known[at].thread, &there,
                                           (uintptr_t)thread) ||
            there == (uintptr_t)thread)
            break;
    }
    atomic_store(&known[at].thread, (uintptr_t)thread);
    atomic_store(&known[at].tid, tid);
}

// 0: not known.
static pid_t tid_of(pthread_t thread)
{
    for (unsigned probe = 0; probe < PROBES; probe++) {
        size_t at = place_of(thread, probe) % KNOWN;

        if (atomic_load(&known[at].thread) == (uintptr_t)thread)
            return atomic_load(&known[at].tid);
    }
    return 0;
}

// ---- Beginning --------------------------------------------------------------

// What goes from one who creates to one who begins. Whoever is through with it
// last frees it.
struct start {
    _Atomic uint32_t holders; // 0: free
    _Atomic pid_t tid;        // of the new one; ASKED: its creator looks
    uint32_t parent;
    void *(*routine)(void *);
    int (*c11_routine)(void *);
    void *argument;
    char name[64];
};

enum { STARTS = 256, LOOKED_UP = 16, ASKED = -1, ANSWERED = -2 };

static struct start starts[STARTS];

// NULL when there are STARTS threads that have not begun yet: such a thread
// begins without us.
static struct start *new_start(struct writer_task *task)
{
    for (int i = 0; i < STARTS; i++) {
        uint32_t nobody = 0;

        if (atomic_load(&starts[i].holders) == 0 &&
            atomic_compare_exchange_strong(&starts[i].holders, &nobody, 2)) {
            starts[i].tid = 0;
            starts[i].parent = task->task;
            return &starts[i];
        }
    }
    return NULL;
}

static void drop(struct start *start)
{
    atomic_fetch_sub(&start->holders, 1);
}

// The first few routines are looked up once: most threads begin with the same.
static struct {
    _Atomic int is_taken;
    _Atomic uintptr_t routine; // 0: not written yet
    char name[64];
} looked_up[LOOKED_UP];

static void look_up(struct start *start, uintptr_t routine, int place)
{
    names_of_routine((const void *)routine, start->name, sizeof start->name);
    if (!start->name[0])
        raw_call(SYS_prctl, PR_GET_NAME, start->name);
    if (place == LOOKED_UP || atomic_exchange(&looked_up[place].is_taken, 1))
        return;
    memcpy(looked_up[place].name, start->name, sizeof start->name);
    atomic_store(&looked_up[place].routine, routine);
}

static void name_start(struct start *start, uintptr_t routine)
{
    int place;

    for (place = 0; place < LOOKED_UP; place++) {
        uintptr_t there = atomic_load(&looked_up[place].routine);

        if (there == routine) {
            memcpy(start->name, looked_up[place].name, sizeof start->name);
            return;
        }
        if (there == 0)
            break;
    }
    look_up(start, routine, place);
}

// While its creator reads the tid from the new thread's own structure it must
// not come to an end.
static void announce(struct start *start)
{
    pid_t nobody = 0;

    if (!atomic_compare_exchange_strong(&start->tid, &nobody, inside_self.tid))
        while (atomic_load(&start->tid) == ASKED)
            raw_call(SYS_sched_yield);
}

static pid_t tid_from_clock(pthread_t thread)
{
    clockid_t its_clock;

    if (pthread_getcpuclockid(thread, &its_clock) != 0)
        return 0;
    return ~(its_clock >> 3); // as glibc and the kernel make it of a tid
}

static pid_t ask(struct start *start, pthread_t thread)
{
    pid_t tid = 0;

    if (!atomic_compare_exchange_strong(&start->tid, &tid, ASKED))
        return tid;
    tid = tid_from_clock(thread);
    remember(thread, tid); // it may be joined before it has begun
    atomic_store(&start->tid, ANSWERED);
    return tid;
}

static void begin(struct start *start)
{
    inside_begin(start->name, start->parent);
    remember(pthread_self(), inside_self.tid);
    announce(start);
    drop(start);
    ends_thread();
    if (inside_records(RECORD_CALLS))
        calls_arm();
}

static void *run(void *at)
{
    struct start *start = at;
    void *(*routine)(void *) = start->routine;
    void *argument = start->argument;

    begin(start);
    return routine(argument);
}

static int run_c11(void *at)
{
    struct start *start = at;
    int (*routine)(void *) = start->c11_routine;
    void *argument = start->argument;

    begin(start);
    return routine(argument);
}

static void created(struct writer_task *task, uint64_t time,
                    struct start *start, pthread_t thread)
{
    pid_t tid = ask(start, thread);

    if (inside_records(RECORD_THREADS))
        say_at(task, time, TRACE_THREAD_CREATE, (uint32_t)tid, 0);
    drop(start);
}

static void not_created(struct start *start)
{
    drop(start);
    drop(start);
}

EXPORT int pthread_create(pthread_t *thread, const pthread_attr_t *attributes,
                          void *(*routine)(void *), void *argument)
{
    struct writer_task *task = inside.what ? inside_task() : NULL;
    struct start *start = task ? new_start(task) : NULL;
    uint64_t time;
    int error;

    if (!start)
        return REAL(pthread_create)(thread, attributes, routine, argument);
    start->routine = routine;
    start->argument = argument;
    name_start(start, (uintptr_t)routine);
    time = writer_now();
    error = REAL(pthread_create)(thread, attributes, run, start);
    if (error)
        not_created(start);
    else
        created(task, time, start, *thread);
    return error;
}

EXPORT int thrd_create(thrd_t *thread, thrd_start_t routine, void *argument)
{
    struct writer_task *task = inside.what ? inside_task() : NULL;
    struct start *start = task ? new_start(task) : NULL;
    uint64_t time;
    int result;

    if (!start)
        return REAL(thrd_create)(thread, routine, argument);
    start->c11_routine = routine;
    start->argument = argument;
    name_start(start, (uintptr_t)routine);
    time = writer_now();
    result = REAL(thrd_create)(thread, run_c11, start);
    if (result != thrd_success)
        not_created(start);
    else
        created(task, time, start, *thread);
    return result;
}

// ---- Waiting for their end --------------------------------------------------

// A join that was cancelled or timed out ends without JOIN_DONE's meaning, but
// it ends.
#define JOIN(thread, call, done)                                               \
    do {                                                                       \
        struct writer_task *task = inside_task_for(RECORD_THREADS);            \
        uint64_t tid = task ? (uint32_t)tid_of(thread) : 0;                    \
        int result;                                                            \
                                                                               \
        if (task)                                                              \
            wait_begin(task, TRACE_JOIN_REQUEST, tid, 0);                      \
        result = call;                                                         \
        if (task && result == done)                                            \
            wait_end(task, TRACE_JOIN_DONE, tid, 0);                           \
        else if (task)                                                         \
            wait_end(task, TRACE_BLOCK_END, 0, 0);                             \
        return result;                                                         \
    } while (0)

EXPORT int pthread_join(pthread_t thread, void **value)
{
    JOIN(thread, REAL(pthread_join)(thread, value), 0);
}

EXPORT int pthread_timedjoin_np(pthread_t thread, void **value,
                                const struct timespec *until)
{
    JOIN(thread, REAL(pthread_timedjoin_np)(thread, value, until), 0);
}

EXPORT int pthread_clockjoin_np(pthread_t thread, void **value, clockid_t id,
                                const struct timespec *until)
{
    JOIN(thread, REAL(pthread_clockjoin_np)(thread, value, id, until), 0);
}

EXPORT int thrd_join(thrd_t thread, int *value)
{
    JOIN(thread, REAL(thrd_join)(thread, value), thrd_success);
}

EXPORT int pthread_tryjoin_np(pthread_t thread, void **value)
{
    struct writer_task *task = inside_task_for(RECORD_THREADS);
    uint64_t tid = task ? (uint32_t)tid_of(thread) : 0;
    int error = REAL(pthread_tryjoin_np)(thread, value);

    if (task && !error)
        say(task, TRACE_JOIN_DONE, tid, 0);
    return error;
}

// ---- Names ------------------------------------------------------------------

static void say_own_name(const char *name)
{
    struct writer_task *task = inside_task_for(RECORD_THREADS);

    if (task)
        say(task, TRACE_TASK_NAME, writer_name(&inside.writer, name), 0);
}

// Of a name that one thread gives to another only a stream of the other can
// tell.
static void say_name_of(pid_t tid, const char *name)
{
    uint32_t number = tid > 0 ? inside_number_of(tid) : 0;
    struct writer_task *task;

    if (!number || !inside_records(RECORD_THREADS))
        return;
    task = writer_task_join(&inside.writer, number);
    writer_event(task, TRACE_TASK_NAME, writer_name(&inside.writer, name), 0);
    writer_task_end(task);
}

EXPORT int pthread_setname_np(pthread_t thread, const char *name)
{
    int error = REAL(pthread_setname_np)(thread, name);

    if (error || !inside.what)
        return error;
    if (pthread_equal(thread, pthread_self()))
        say_own_name(name);
    else
        say_name_of(tid_of(thread), name);
    return error;
}

void threads_say_name(const char *given)
{
    char name[16] = "";

    strncpy(name, given, sizeof name - 1);
    say_own_name(name);
}
