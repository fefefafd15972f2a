// inside.c - joins the trace, begins and ends the tasks of this process
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/single_threaded.h>
#include <time.h>

#include "tools/recorder/inside/calls.h"
#include "tools/recorder/inside/environment.h"
#include "tools/recorder/inside/ends.h"
#include "tools/recorder/inside/fork.h"
#include "tools/recorder/inside/loading.h"
#include "tools/recorder/inside/mutex.h"
#include "tools/recorder/inside/raw.h"
#include "tools/recorder/inside/real.h"
#include "tools/recorder/inside/redirect.h"
#include "tools/recorder/inside/state.h"

struct inside inside;
_Thread_local struct inside_self inside_self;

// ---- The table of tasks -----------------------------------------------------

static struct trace_entry *entry_at(uint32_t number)
{
    char *file = (char *)inside.writer.header;

    return (struct trace_entry *)(file + inside.writer.layout.tasks) + number;
}

static bool is_alive(struct trace_entry *entry, uint32_t pid, uint32_t tid)
{
    return atomic_load_explicit(&entry->check, memory_order_acquire) != 0 &&
           entry->pid == pid && entry->tid == tid &&
           atomic_load(&entry->ended) == 0;
}

static uint32_t find_task(pid_t pid, pid_t tid)
{
    return writer_task_find(&inside.writer, (uint32_t)pid, (uint32_t)tid);
}

uint32_t inside_number_of(pid_t tid)
{
    return find_task(raw_getpid(), tid);
}

// ---- Begin ------------------------------------------------------------------

static uint64_t cpu_time_ns(clockid_t whose)
{
    struct timespec used = {0};

    raw_call(SYS_clock_gettime, whose, &used);
    return (uint64_t)used.tv_sec * 1000000000u + (uint64_t)used.tv_nsec;
}

uint64_t inside_birth(void)
{
    uint64_t start = inside.writer.header->start, now = writer_now();
    uint64_t used = cpu_time_ns(CLOCK_THREAD_CPUTIME_ID);

    return now > start + used ? now - used : start;
}

static void live(struct writer_task *task)
{
    inside_self.task = inside_self.real = task;
    inside_self.life = INSIDE_LIVES;
}

static void say_name(const char *name)
{
    writer_event(inside_self.task, TRACE_TASK_NAME,
                 writer_name(&inside.writer, name), 0);
}

// After exec there is an entry of that number; and where telar-run saw the
// thread before the thread itself got to say a word.
static void join(uint32_t number, const char *name)
{
    live(writer_task_join(&inside.writer, number));
    say_name(name);
}

void inside_begin(const char *name, uint32_t parent)
{
    uint32_t number;

    if (inside_self.life == INSIDE_LIVES) { // under --calls: by its first call
        say_name(name);
        return;
    }
    inside_self.life = INSIDE_ENDED; // for a handler that comes now
    inside_self.tid = raw_gettid();
    number = find_task(raw_getpid(), inside_self.tid);
    if (number)
        join(number, name);
    else
        live(writer_task_begin_at(&inside.writer, inside_birth(), name, parent,
                                  0, (uint32_t)inside_self.tid));
}

// A thread that no wrapper of ours began.
static struct writer_task *begin_unknown(void)
{
    char name[16] = "";
    pid_t pid = raw_getpid();

    raw_call(SYS_prctl, PR_GET_NAME, name);
    inside_begin(name, find_task(pid, pid));
    return inside_self.task;
}

struct writer_task *inside_task_slowly(void)
{
    if (inside.what == 0)
        return NULL;
    if (inside_self.life == INSIDE_NEW)
        return begin_unknown();
    if (inside_self.life == INSIDE_DOUBT && raw_gettid() == inside_self.tid)
        return inside_self.real;
    return NULL;
}

// ---- End --------------------------------------------------------------------

// The second number of "on-cpu delay slices".
static uint64_t second_number(const char *text)
{
    uint64_t number = 0;

    while (*text >= '0' && *text <= '9')
        text++;
    for (text += *text == ' '; *text >= '0' && *text <= '9'; text++)
        number = number * 10 + (uint64_t)(*text - '0');
    return number;
}

static uint64_t delay_ns(const char *path)
{
    char text[80] = "";
    long fd = raw_call(SYS_openat, AT_FDCWD, path, O_RDONLY | O_CLOEXEC);

    if (fd < 0)
        return 0;
    raw_call(SYS_read, fd, text, sizeof text - 1);
    raw_call(SYS_close, fd);
    return second_number(text);
}

// "/proc/self/task/TID/schedstat", without the help of libc.
static void schedstat_path(uint32_t tid, char path[64])
{
    char digits[16], *at = digits + sizeof digits;

    *--at = '\0';
    do
        *--at = (char)('0' + tid % 10);
    while (tid /= 10);
    memcpy(path, "/proc/self/task/", 17);
    memcpy(path + 16, at, strlen(at) + 1);
    memcpy(path + strlen(path), "/schedstat", 11);
}

// The kernel's number for the clock of what tid uses.
static clockid_t clock_of(uint32_t tid)
{
    return (clockid_t)(~tid << 3 | 6);
}

static void measure(struct trace_entry *entry)
{
    char path[64];
    uint64_t used = cpu_time_ns(clock_of(entry->tid));

    if (used == 0)
        return; // it has ended by itself meanwhile
    schedstat_path(entry->tid, path);
    atomic_store(&entry->cpu_ns, used);
    atomic_store(&entry->delay_ns, delay_ns(path));
}

void inside_measure_others(void)
{
    const struct trace_header *header = inside.writer.header;
    uint32_t pid = (uint32_t)raw_getpid(), tid = (uint32_t)raw_gettid();

    if (!inside.what || __libc_single_threaded)
        return;
    for (uint32_t i = 1; i < header->task_count && i < header->next_task; i++)
        if (entry_at(i)->tid != tid &&
            is_alive(entry_at(i), pid, entry_at(i)->tid))
            measure(entry_at(i));
}

static void say_end(struct writer_task *task, int status)
{
    struct trace_entry *entry = entry_at(task->task);
    uint64_t nobody = 0, now;

    atomic_store(&entry->cpu_ns, cpu_time_ns(CLOCK_THREAD_CPUTIME_ID));
    atomic_store(&entry->delay_ns, delay_ns("/proc/thread-self/schedstat"));
    now = writer_now();
    if (atomic_compare_exchange_strong(&entry->ended, &nobody, now))
        writer_event_at(task, now, 0, TRACE_TASK_EXIT, 0, (uint32_t)status);
}

void inside_end(int status)
{
    struct writer_task *task = inside_task();

    if (!task)
        return;
    inside_self.life = INSIDE_ENDED;
    inside_self.task = NULL;
    if (inside_records(RECORD_SYNC) && inside_self.depth == 0)
        mutex_abandon(task);
    if (task->task != 0)
        say_end(task, status);
    writer_task_end(task);
}

// ---- The process ------------------------------------------------------------

static void begin_process(void)
{
    pid_t parent = (pid_t)raw_call(SYS_getppid);

    inside_begin(program_invocation_short_name, find_task(parent, parent));
}

// Before the program's own constructors, but not before those of the libraries
// it needs: of what these do only the calls are recorded, from outside
// (tools/recorder/loading.h), before the first word here.
static __attribute__((constructor(101))) void begin(void)
{
    const char *path = getenv(RECORD_TRACE_VARIABLE);
    const char *what = getenv(RECORD_WHAT_VARIABLE);
    const char *facts = getenv("TELAR_FACTS_FD");
    unsigned bits = what ? (unsigned)strtoul(what, NULL, 10) : 0;
    bool was_seen = bits & RECORD_CALLS && loading_is_over();

    real_find_all();
    redirect_begin();
    dlerror(); // what we did not find is none of the program's business
    if (!path || !what)
        return;
    environment_take();
    if (writer_open(&inside.writer, path) != 0)
        return;
    inside.what = bits;
    inside.facts = facts ? atoi(facts) : -1;
    begin_process();
    ends_begin();
    fork_begin();
    if (inside_records(RECORD_CALLS) && !was_seen)
        loading_say_unseen();
    if (inside_records(RECORD_CALLS))
        calls_arm();
}
