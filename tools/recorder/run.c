// run.c - runs a program for real and keeps what it wrote, in order
#include <errno.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "runtime/message.h"
#include "tools/course/error_words.h"
#include "tools/recorder/keeper.h"
#include "tools/recorder/run.h"

// ---- Waiting for the keeper -------------------------------------------------

// Signals are let in only while we wait: a handler that sets *stop cannot come
// between looking at it and waiting. The tick is for a flag set without signal.
static void wait_for_report(const struct run_spec *spec, int socket,
                            const sigset_t *usual)
{
    struct pollfd source = {.fd = socket, .events = POLLIN};
    struct timespec tick = {.tv_nsec = 100000000};
    bool told = false;

    for (;;) {
        if (spec->stop && *spec->stop && !told) {
            shutdown(socket, SHUT_WR);
            told = true;
        }
        if (ppoll(&source, 1, spec->stop && !told ? &tick : NULL, usual) > 0)
            return;
    }
}

static bool receive_all(int socket, void *bytes, size_t size)
{
    char *next = bytes;
    ssize_t got;

    while (size > 0) {
        got = recv(socket, next, size, 0);
        if (got == 0 || (got < 0 && errno != EINTR))
            return false;
        if (got > 0) {
            next += got;
            size -= (size_t)got;
        }
    }
    return true;
}

static char *receive_text(int socket, size_t size)
{
    char *text = malloc(size + 1);

    if (!text || !receive_all(socket, text, size)) {
        free(text);
        return NULL;
    }
    text[size] = '\0';
    return text;
}

static bool receive_contents(int socket, const struct keeper_report *report,
                             struct run_result *result)
{
    size_t size = report->result.piece_count * sizeof *result->pieces;

    *result = report->result;
    result->facts = NULL;
    result->pieces = NULL;
    result->bytes = receive_text(socket, result->size_bytes);
    if (!result->bytes || !(result->pieces = malloc(size + 1)) ||
        !receive_all(socket, result->pieces, size))
        return false;
    result->facts = receive_text(socket, report->facts_bytes);
    return result->facts != NULL;
}

static bool receive_report(int socket, const char *program,
                           struct run_result *result, char *error, size_t size)
{
    struct keeper_report report;

    if (!receive_all(socket, &report, sizeof report))
        report = (struct keeper_report){.started = true};
    else if (!report.started)
        snprintf(error, size, "%s", report.error);
    else if (receive_contents(socket, &report, result))
        return true;
    if (report.started)
        snprintf(error, size,
                 M("%s: the recorder ended without a result",
                   "%s: el registrador terminó sin dar un resultado"),
                 program);
    run_free(result);
    return false;
}

// ---- The interface ----------------------------------------------------------

// Returns the caller's end of a socket to a new keeper, or -1 with errno.
static int start_keeper(const struct run_spec *spec, pid_t *keeper)
{
    int ends[2], reason;

    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) < 0)
        return -1;
    *keeper = fork();
    reason = errno;
    if (*keeper == 0) {
        close(ends[0]);
        keeper_main(spec, ends[1]);
    }
    close(ends[1]);
    if (*keeper > 0)
        return ends[0];
    close(ends[0]);
    errno = reason;
    return -1;
}

static bool run_blocked(const struct run_spec *spec, struct run_result *result,
                        char *error, size_t size, const sigset_t *usual)
{
    pid_t keeper;
    bool done;
    int socket = start_keeper(spec, &keeper);

    if (socket < 0) {
        snprintf(
            error, size,
            M("%s: could not be started: %s", "%s: no se pudo iniciar: %s"),
            spec->argv[0], error_words(errno));
        return false;
    }
    wait_for_report(spec, socket, usual);
    done = receive_report(socket, spec->argv[0], result, error, size);
    close(socket);
    while (waitpid(keeper, NULL, 0) < 0 && errno == EINTR)
        continue;
    return done;
}

bool run_program(const struct run_spec *spec, struct run_result *result,
                 char *error, size_t error_size)
{
    sigset_t all, usual;
    bool done;

    *result = (struct run_result){.exit_status = -1};
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &usual);
    done = run_blocked(spec, result, error, error_size, &usual);
    pthread_sigmask(SIG_SETMASK, &usual, NULL);
    return done;
}

void run_free(struct run_result *result)
{
    free(result->bytes);
    free(result->pieces);
    free(result->facts);
    *result = (struct run_result){.exit_status = -1};
}

bool run_stdio_named(const char *name, enum run_stdio *stdio)
{
    static const char *const names[] = {
        [RUN_PIPE] = "pipe", [RUN_TTY] = "tty", [RUN_FILE] = "file"};

    for (int i = 0; i < 3; i++)
        if (strcmp(name, names[i]) == 0) {
            *stdio = (enum run_stdio)i;
            return true;
        }
    return false;
}
