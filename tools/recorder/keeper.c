// keeper.c - the process between the caller and the program that it runs
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "runtime/message.h"
#include "tools/course/error_words.h"
#include "tools/recorder/family.h"
#include "tools/recorder/inside.h"
#include "tools/recorder/keeper.h"
#include "tools/recorder/launch.h"
#include "tools/recorder/preload.h"
#include "tools/recorder/record.h"
#include "tools/recorder/scheduling.h"
#include "tools/recorder/streams.h"
#include "tools/recorder/turns.h"
#include "tools/recorder/watch.h"

#define FACTS_BYTES 65536
#define LINGER_NS UINT64_C(1000000000)
#define NEVER UINT64_MAX
#define SCHEDULING_FDS 1024 // one a CPU at most
#define RECORDED                                                               \
    (RECORD_THREADS | RECORD_SYNC | RECORD_PROCESS | RECORD_IO | RECORD_SLEEP)

// What the keeper waits for.
enum source { CALLER, CHILDREN, FACTS, OUT, ERR, WRITES, INPUT, SOURCES };

struct keeper {
    const struct run_spec *spec;
    // fd -1: nothing to wait for there; behind ours those of the scheduling
    struct pollfd sources[SOURCES + SCHEDULING_FDS];
    struct scheduling *scheduling; // NULL: it is not recorded
    struct streams streams;
    struct watch watch;
    struct turns turns;
    struct record record;
    pid_t program;
    bool ended; // the program; some of its family may go on
    bool alone; // nobody is left
    bool kill;  // it is time to
    uint64_t deadline_ns;
    const char *input; // what was not yet fed
    char facts[FACTS_BYTES + 1];
    size_t facts_bytes;
    char buffer[65536];
    struct keeper_report report;
};

// ---- Reading ----------------------------------------------------------------

static void take(struct keeper *k, int which, size_t size)
{
    static const struct record_write nobody[2] = {{.stream = 1}, {.stream = 2}};
    struct turn *turn = turns_writer(&k->turns, which + 1);
    size_t own = turn ? turns_own(&k->turns, turn, size) : 0;

    if (own > 0) {
        record_bytes(&k->record, &turn->write, k->buffer, own);
        turn->write.got_bytes += own;
    }
    if (own < size)
        record_bytes(&k->record, &nobody[which], k->buffer + own, size - own);
}

// Reads what has arrived, but not for ever from one that writes on and on.
static bool drain_one(struct keeper *k, int which)
{
    size_t got;

    for (int round = 0; round < 256; round++) {
        got = streams_read(&k->streams, which, k->buffer, sizeof k->buffer);
        if (got == 0)
            return round > 0;
        take(k, which, got);
        if (record_is_full(&k->record))
            streams_forget(&k->streams, which);
        if (k->streams.kind == RUN_PIPE && got < sizeof k->buffer)
            return true;
    }
    return true;
}

static void drain(struct keeper *k)
{
    bool all =
        (k->turns.busy && k->turns.now.over) || k->streams.kind == RUN_FILE;

    for (int which = 0; which < 2; which++)
        if (all || k->sources[OUT + which].revents)
            drain_one(k, which);
}

static void read_facts(struct keeper *k)
{
    size_t room;
    ssize_t got;

    while ((got = read(k->sources[FACTS].fd, k->buffer, sizeof k->buffer)) >
           0) {
        room = FACTS_BYTES - k->facts_bytes;
        if ((size_t)got < room)
            room = (size_t)got;
        memcpy(k->facts + k->facts_bytes, k->buffer, room);
        k->facts_bytes += room;
    }
    if (got == 0) {
        close(k->sources[FACTS].fd);
        k->sources[FACTS].fd = -1;
    }
}

static void feed_input(struct keeper *k)
{
    struct pollfd *source = &k->sources[INPUT];
    ssize_t sent = write(source->fd, k->input, strlen(k->input));

    if (sent > 0)
        k->input += sent;
    if (*k->input && (sent > 0 || errno == EAGAIN))
        return;
    close(source->fd);
    source->fd = -1;
}

// ---- Writes -----------------------------------------------------------------

static void receive_write(struct keeper *k)
{
    struct watch_call call;
    int stream, pid;

    if (!watch_receive(k->turns.listener, &call))
        return;
    turns_seen(&k->turns, call.tid);
    stream = record_is_full(&k->record)
                 ? 0
                 : streams_of(&k->streams, call.tid, call.fd);
    if (stream == 0) {
        watch_let_go(k->turns.listener, call.id);
        return;
    }
    pid = watch_leader(call.tid);
    record_task(&k->record, pid, call.tid);
    turns_ask(&k->turns, &call, stream, pid);
}

// ---- The family -------------------------------------------------------------

static void member_ended(pid_t pid, int status, void *context)
{
    struct keeper *k = context;
    struct run_result *result = &k->report.result;

    turns_seen(&k->turns, pid);
    drain(k); // its last write comes before its end
    turns_settle(&k->turns, &k->record);
    record_ended(&k->record, pid, status);
    if (k->scheduling)
        scheduling_exited(k->scheduling, pid, status);
    if (pid != k->program)
        return;
    k->ended = true;
    result->exit_status = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
    result->signal = WIFSIGNALED(status) ? WTERMSIG(status) : 0;
    k->deadline_ns = writer_now() + LINGER_NS;
}

// Before they are waited for: their last accounts can still be read.
static void account_ended(struct keeper *k)
{
    siginfo_t info = {0};

    if (k->scheduling && !k->ended &&
        waitid(P_PID, (id_t)k->program, &info, WEXITED | WNOHANG | WNOWAIT) ==
            0 &&
        info.si_pid != 0)
        scheduling_exited(k->scheduling, k->program,
                          info.si_code == CLD_EXITED
                              ? (info.si_status & 255) << 8
                              : info.si_status);
}

static void reap(struct keeper *k)
{
    struct signalfd_siginfo said[16];

    while (read(k->sources[CHILDREN].fd, said, sizeof said) > 0)
        continue;
    account_ended(k);
    k->alone = !family_reap(member_ended, k);
}

static void check_time(struct keeper *k)
{
    if (writer_now() < k->deadline_ns)
        return;
    k->kill = true;
    k->report.result.timed_out = !k->ended;
}

// ---- The loop ---------------------------------------------------------------

// How long until it should look by itself, because nothing would wake it.
static uint64_t patience_ns(const struct keeper *k)
{
    bool file = k->streams.kind == RUN_FILE;

    if (k->turns.busy && k->turns.waiting_count > 0)
        return file ? 100000 : 1000000;
    return file ? 20000000 : NEVER;
}

static uint64_t time_left_ns(const struct keeper *k)
{
    uint64_t now_ns = writer_now();

    if (k->deadline_ns == NEVER)
        return NEVER;
    return k->deadline_ns > now_ns ? k->deadline_ns - now_ns : 0;
}

static uint64_t scheduling_due_ns(const struct keeper *k)
{
    if (!k->scheduling)
        return NEVER;
    return (uint64_t)scheduling_timeout_ms(k->scheduling) * 1000000;
}

static nfds_t all_sources(struct keeper *k)
{
    if (!k->scheduling)
        return SOURCES;
    return SOURCES + (nfds_t)scheduling_fds(k->scheduling, k->sources + SOURCES,
                                            SCHEDULING_FDS);
}

static void wait_for_something(struct keeper *k)
{
    uint64_t left_ns = time_left_ns(k), wait_ns = patience_ns(k);
    uint64_t due_ns = scheduling_due_ns(k);
    struct timespec timeout;

    if (left_ns < wait_ns)
        wait_ns = left_ns;
    if (due_ns < wait_ns)
        wait_ns = due_ns;
    timeout.tv_sec = (time_t)(wait_ns / 1000000000);
    timeout.tv_nsec = (long)(wait_ns % 1000000000);
    if (ppoll(k->sources, all_sources(k), wait_ns == NEVER ? NULL : &timeout,
              NULL) < 0)
        for (int i = 0; i < SOURCES; i++)
            k->sources[i].revents = 0;
}

static void serve(struct keeper *k)
{
    const struct pollfd *sources = k->sources;

    if (sources[CALLER].revents) // it wants us to stop, or is dead
        k->kill = k->report.result.stopped = true;
    if (sources[WRITES].revents & POLLIN)
        receive_write(k);
    else if (sources[WRITES].revents) // nobody is left who could write
        k->sources[WRITES].fd = -1;
    if (sources[CHILDREN].revents)
        reap(k);
    if (sources[FACTS].revents)
        read_facts(k);
    if (sources[INPUT].revents)
        feed_input(k);
    turns_look(&k->turns);
    drain(k);
    turns_settle(&k->turns, &k->record);
    if (k->scheduling)
        scheduling_turn(k->scheduling);
    check_time(k);
}

// Nobody writes any more: what is on the way is all there is.
static void finish(struct keeper *k)
{
    k->turns.now.over = true;
    k->turns.waiting_count = 0;
    close(k->streams.program[0]);
    close(k->streams.program[1]);
    for (int which = 0; which < 2; which++)
        while (drain_one(k, which) && k->streams.kind == RUN_FILE)
            continue;
    if (k->sources[FACTS].fd >= 0)
        read_facts(k);
    turns_settle(&k->turns, &k->record);
}

// All are gone: what is known of them is complete.
static void end_scheduling(struct keeper *k)
{
    struct scheduling_totals totals;

    if (!k->scheduling)
        return;
    scheduling_end(k->scheduling, &totals);
    k->scheduling = NULL;
    record_outputs(&k->record);
}

static void follow(struct keeper *k)
{
    while (!k->alone && !k->kill) {
        wait_for_something(k);
        serve(k);
    }
    if (!k->alone)
        family_kill(member_ended, k);
    finish(k);
    end_scheduling(k);
    if (!k->report.result.order_recorded)
        record_by_stream(&k->record);
}

// ---- Beginning and end ------------------------------------------------------

// Of the caller's descriptors only 0, 1 and 2 stay (all three open, so that
// none of ours gets such a number), and the socket.
static int keep_only(int socket)
{
    int spare;

    do
        spare = open("/dev/null", O_RDWR);
    while (spare >= 0 && spare < 3);
    socket = fcntl(socket, F_DUPFD_CLOEXEC, 3);
    if (socket != 3)
        dup3(socket, 3, O_CLOEXEC);
    closefrom(4);
    return 3;
}

static int children_descriptor(void)
{
    sigset_t all, child;

    sigfillset(&all);
    sigprocmask(SIG_SETMASK, &all, NULL);
    signal(SIGCHLD, SIG_DFL);
    sigemptyset(&child);
    sigaddset(&child, SIGCHLD);
    return signalfd(-1, &child, SFD_CLOEXEC | SFD_NONBLOCK);
}

static bool order_wanted(const struct run_spec *spec)
{
    const char *no = getenv("TELAR_NO_WRITE_ORDER");

    return !spec->unordered && !(no && *no && strcmp(no, "0") != 0);
}

// A pipe whose one end, the program's, blocks, and ours does not.
static bool open_pipe(int ends[2], int ours)
{
    return pipe2(ends, O_CLOEXEC) == 0 &&
           fcntl(ends[ours], F_SETFL, O_NONBLOCK) == 0;
}

static bool open_input(struct keeper *k, int *program_end)
{
    int ends[2];

    if (!k->input || !*k->input) {
        *program_end = open("/dev/null", O_RDONLY | O_CLOEXEC);
        return *program_end >= 0;
    }
    if (!open_pipe(ends, 1))
        return false;
    *program_end = ends[0];
    k->sources[INPUT].fd = ends[1];
    return true;
}

static bool open_all(struct keeper *k, struct launch *l)
{
    int facts[2];

    k->sources[CHILDREN].fd = children_descriptor();
    if (k->sources[CHILDREN].fd < 0 || !open_pipe(facts, 0) ||
        !open_input(k, &l->input) ||
        !streams_open(&k->streams, k->spec->stdio) || !family_adopt())
        return false;
    k->sources[FACTS].fd = facts[0];
    l->facts = facts[1];
    return true;
}

static bool open_trace(struct keeper *k)
{
    int reason;

    if (!k->spec->trace)
        return true;
    reason = record_trace(&k->record, k->spec->trace, k->spec->records);
    if (reason)
        snprintf(k->report.error, sizeof k->report.error,
                 M("%s: the trace could not be made: %s",
                   "%s: no se pudo crear la traza: %s"),
                 k->spec->trace, error_words(reason));
    return reason == 0;
}

// The library goes inside what is executed.
static bool put_inside(struct keeper *k, struct launch *l)
{
    char *error = k->report.error, path[PATH_MAX];
    struct preload preload = {k->spec->argv[0], path, RECORDED, true};

    if (!k->spec->records)
        return true;
    l->what = RECORDED;
    return preload_check(error, sizeof k->report.error) &&
           realpath(k->spec->trace, path) &&
           preload_into(&preload, error, sizeof k->report.error);
}

static bool begin_scheduling(pid_t pid, void *context)
{
    struct keeper *k = context;
    const char *no_perf = getenv("TELAR_NO_PERF");
    char why[256];

    k->scheduling = scheduling_begin(&k->record.writer, pid,
                                     no_perf && *no_perf, why, sizeof why);
    if (!k->scheduling)
        snprintf(k->report.error, sizeof k->report.error,
                 M("%s: no room to record it: %s",
                   "%s: no hay con qué registrarlo: %s"),
                 k->spec->argv[0], error_words(errno));
    return k->scheduling != NULL;
}

static void begin_watching(struct keeper *k, const struct launched *launched)
{
    bool one = k->spec->stdio == RUN_TTY && launched->listener >= 0;

    k->program = launched->pid;
    k->report.result.order_recorded = launched->listener >= 0;
    turns_init(&k->turns, launched->listener, one);
    k->sources[WRITES].fd = launched->listener;
    if (k->spec->stdio != RUN_FILE) {
        k->sources[OUT].fd = k->streams.ours[0];
        k->sources[ERR].fd = k->streams.ours[1];
    }
    record_task(&k->record, k->program, k->program);
    if (k->spec->timeout_ms > 0)
        k->deadline_ns = writer_now() + (uint64_t)k->spec->timeout_ms * 1000000;
}

static bool begin(struct keeper *k)
{
    struct launch l = {.spec = k->spec,
                       .watch = &k->watch,
                       .streams = &k->streams,
                       .held = k->spec->records ? begin_scheduling : NULL,
                       .context = k};
    struct launched launched;

    if (!open_all(k, &l)) {
        snprintf(
            k->report.error, sizeof k->report.error,
            M("%s: no room to run it: %s", "%s: no hay con qué ejecutarlo: %s"),
            k->spec->argv[0], error_words(errno));
        return false;
    }
    if (order_wanted(k->spec))
        watch_init(&k->watch);
    if (!open_trace(k) || !put_inside(k, &l) ||
        !launch(&l, &launched, k->report.error, sizeof k->report.error))
        return false;
    close(l.input);
    close(l.facts);
    begin_watching(k, &launched);
    return true;
}

static bool send_all(int socket, const void *bytes, size_t size)
{
    const char *next = bytes;
    ssize_t sent;

    while (size > 0) {
        sent = send(socket, next, size, MSG_NOSIGNAL);
        if (sent < 0 && errno != EINTR)
            return false;
        if (sent > 0) {
            next += sent;
            size -= (size_t)sent;
        }
    }
    return true;
}

static void send_report(struct keeper *k, int socket)
{
    struct run_result *result = &k->report.result;
    const struct record *record = &k->record;

    result->lost_bytes = record->lost_bytes;
    result->size_bytes = record->used;
    result->piece_count = record->piece_count;
    k->report.facts_bytes = k->facts_bytes;
    if (send_all(socket, &k->report, sizeof k->report) &&
        send_all(socket, record->bytes, record->used) &&
        send_all(socket, record->pieces,
                 record->piece_count * sizeof *record->pieces))
        send_all(socket, k->facts, k->facts_bytes);
}

_Noreturn void keeper_main(const struct run_spec *spec, int socket)
{
    static struct keeper k;

    prctl(PR_SET_NAME, "telar-keeper");
    setsid();
    socket = keep_only(socket);
    k.spec = spec;
    k.input = spec->input;
    k.deadline_ns = NEVER;
    for (int i = 0; i < SOURCES; i++)
        k.sources[i] = (struct pollfd){.fd = -1, .events = POLLIN};
    k.sources[INPUT].events = POLLOUT;
    k.sources[CALLER].fd = socket;
    turns_init(&k.turns, -1, false);
    record_init(&k.record, spec->limit_bytes);
    k.report.started = begin(&k);
    if (k.report.started)
        follow(&k);
    preload_done();
    send_report(&k, socket);
    record_free(&k.record); // and closes the trace
    _exit(0);
}
