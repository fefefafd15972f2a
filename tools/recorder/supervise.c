// supervise.c - runs a program in its caller's place and sees its scheduling
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "runtime/message.h"
#include "tools/course/error_words.h"
#include "tools/recorder/loading.h"
#include "tools/recorder/loading_ask.h"
#include "tools/recorder/relay.h"
#include "tools/recorder/supervise.h"

enum { POLLED = 1024 }; // descriptors of the scheduling, one a CPU at most

struct run {
    const struct supervision *asked;
    struct supervised *result;
    struct scheduling *scheduling;
    int go[2];     // a byte: execute now; its end: do not
    int failed[2]; // errno, where execve failed
    int signals;
    struct loading loading;
    uint64_t begin; // ns
    bool ended;
};

#define refuse(error, size, ...) (snprintf(error, size, __VA_ARGS__), false)

// ---- The program ------------------------------------------------------------

static _Noreturn void become_program(const struct run *run)
{
    int reason;
    char byte;

    close(run->go[1]);
    if (read(run->go[0], &byte, 1) != 1)
        _exit(125);
    if (run->asked->loading && run->asked->is_seen_loading)
        loading_ask(run->asked->writer->header->start, true);
    relay_child();
    execv(run->asked->path, run->asked->argv);
    reason = errno;
    if (write(run->failed[1], &reason, sizeof reason) < 0)
        _exit(125);
    _exit(125);
}

static const char *words_for(int reason)
{
    switch (reason) {
    case ENOEXEC:
        return M("it is not a program for this machine",
                 "no es un programa para esta máquina");
    case E2BIG:
        return M("the arguments and the environment are too long",
                 "los argumentos y el entorno son demasiado largos");
    case ENOENT:
        return M("its interpreter is not there", "su intérprete no existe");
    default:
        return error_words(reason);
    }
}

// Lets the program go. Returns 0 as soon as it is executed, or why it was not.
static int let_go(struct run *run)
{
    int reason = 0;
    ssize_t got;

    run->begin = writer_now();
    scheduling_go(run->scheduling, run->begin);
    if (write(run->go[1], "g", 1) != 1)
        return errno;
    close(run->go[1]);
    run->go[1] = -1;
    while ((got = read(run->failed[0], &reason, sizeof reason)) < 0 &&
           errno == EINTR)
        ;
    return got == sizeof reason ? reason : 0;
}

// ---- While it runs ----------------------------------------------------------

// Its number stays its own until it is waited for.
static void take_end(struct run *run)
{
    struct supervised *result = run->result;
    siginfo_t info = {0};

    if (waitid(P_PID, (id_t)result->pid, &info, WEXITED | WNOHANG | WNOWAIT) !=
            0 ||
        info.si_pid == 0)
        return;
    result->wall_ns = writer_now() - run->begin;
    result->status =
        info.si_code == CLD_EXITED
            ? (info.si_status & 255) << 8
            : info.si_status | (info.si_code == CLD_DUMPED ? WCOREFLAG : 0);
    scheduling_exited(run->scheduling, result->pid, result->status);
    result->has_totals = calls_totals(result->pid, &result->calls);
    waitpid(result->pid, NULL, 0);
    run->ended = true;
}

static void take_stop(struct run *run)
{
    siginfo_t info = {0};

    if (waitid(P_PID, (id_t)run->result->pid, &info, WSTOPPED | WNOHANG) == 0 &&
        info.si_pid != 0 && info.si_code == CLD_STOPPED)
        relay_follow_stop(info.si_status, run->result->pid);
}

static void wait_for_news(const struct run *run)
{
    struct pollfd fds[1 + POLLED] = {{run->signals, POLLIN, 0}};
    int count = scheduling_fds(run->scheduling, fds + 1, POLLED);

    poll(fds, (nfds_t)(1 + count), scheduling_timeout_ms(run->scheduling));
}

static void follow(struct run *run)
{
    while (!run->ended) {
        wait_for_news(run);
        relay_turn(run->signals, run->result->pid);
        take_stop(run);
        take_end(run);
        scheduling_turn(run->scheduling);
    }
}

// ---- From its beginning to its end ------------------------------------------

static void close_both(int pair[2])
{
    for (int i = 0; i < 2; i++)
        if (pair[i] >= 0)
            close(pair[i]);
}

static bool prepare(struct run *run)
{
    if (run->asked->loading)
        loading_begin(&run->loading, run->asked->writer, run->asked->loading);
    run->signals = relay_begin();
    return run->signals >= 0 && pipe2(run->go, O_CLOEXEC) == 0 &&
           pipe2(run->failed, O_CLOEXEC) == 0;
}

static bool start(struct run *run)
{
    run->result->pid = fork();
    if (run->result->pid == 0)
        become_program(run);
    close(run->go[0]);
    close(run->failed[1]);
    run->go[0] = run->failed[1] = -1;
    return run->result->pid > 0;
}

static void give_up(struct run *run)
{
    close_both(run->go);
    close_both(run->failed);
    if (run->signals >= 0)
        close(run->signals);
    loading_end(&run->loading);
}

// The child that never became the program ends when run->go is closed.
static void forget_child(struct run *run)
{
    close_both(run->go);
    run->go[0] = run->go[1] = -1;
    waitpid(run->result->pid, NULL, 0);
}

static bool watch_and_go(struct run *run, char *error, size_t error_size)
{
    struct supervised *result = run->result;
    int reason;

    run->scheduling =
        scheduling_begin(run->asked->writer, result->pid, run->asked->no_perf,
                         result->why, sizeof result->why);
    if (run->scheduling)
        scheduling_leave_out(run->scheduling, run->loading.pid);
    reason = run->scheduling ? let_go(run) : errno ? errno : ENOMEM;
    if (run->scheduling && !reason) {
        result->source = scheduling_source(run->scheduling);
        follow(run);
    }
    if (reason)
        forget_child(run);
    if (run->scheduling)
        scheduling_end(run->scheduling, &result->totals);
    return !reason || refuse(error, error_size, "%s: %s", run->asked->argv[0],
                             words_for(reason));
}

bool supervise(const struct supervision *supervision, struct supervised *result,
               char *error, size_t error_size)
{
    struct run run = {.asked = supervision,
                      .result = result,
                      .go = {-1, -1},
                      .failed = {-1, -1},
                      .signals = -1,
                      .loading = {.alive = -1}};
    bool done;

    *result = (struct supervised){0};
    if (prepare(&run) && start(&run))
        done = watch_and_go(&run, error, error_size);
    else
        done = refuse(error, error_size,
                      M("no process could be started: %s",
                        "no se pudo iniciar un proceso: %s"),
                      error_words(errno));
    give_up(&run);
    return done;
}
