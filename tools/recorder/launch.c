// launch.c - starts the program to be recorded, and knows why when it cannot
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "runtime/message.h"
#include "tools/course/error_words.h"
#include "tools/recorder/inside.h"
#include "tools/recorder/launch.h"
#include "tools/recorder/preload.h"

// Far from 3 and 4, which students see in their programs, and yet of a single
// digit, all that sh takes: echo "fact n 1" >&9
#define FACTS_FD 9

// What the child says through a socket (send is not watched): first whether it
// is watched, then, only if it comes to that, what went wrong.
enum step { WATCHED, UNWATCHED, SETTING_UP, ENTERING, EXECUTING };
struct word {
    enum step step;
    int error;
};

// ---- Words with a descriptor ------------------------------------------------

union attached {
    struct cmsghdr header;
    char room[CMSG_SPACE(sizeof(int))];
};

static void say(int socket, enum step step, int error, int fd)
{
    struct word word = {step, error};
    struct iovec part = {&word, sizeof word};
    union attached attached = {.room = {0}};
    struct msghdr message = {.msg_iov = &part, .msg_iovlen = 1};

    if (fd >= 0) {
        message.msg_control = &attached;
        message.msg_controllen = sizeof attached;
        attached.header = (struct cmsghdr){.cmsg_len = CMSG_LEN(sizeof fd),
                                           .cmsg_level = SOL_SOCKET,
                                           .cmsg_type = SCM_RIGHTS};
        memcpy(CMSG_DATA(&attached.header), &fd, sizeof fd);
    }
    sendmsg(socket, &message, MSG_NOSIGNAL);
}

// Returns false when nothing more will be said.
static bool hear(int socket, struct word *word, int *fd)
{
    struct iovec part = {word, sizeof *word};
    union attached attached = {.room = {0}};
    struct msghdr message = {.msg_iov = &part,
                             .msg_iovlen = 1,
                             .msg_control = &attached,
                             .msg_controllen = sizeof attached};
    ssize_t got;

    do
        got = recvmsg(socket, &message, MSG_CMSG_CLOEXEC);
    while (got < 0 && errno == EINTR);
    if (got != (ssize_t)sizeof *word)
        return false;
    if (message.msg_controllen >= CMSG_LEN(sizeof *fd))
        memcpy(fd, CMSG_DATA(&attached.header), sizeof *fd);
    return true;
}

// ---- In the child -----------------------------------------------------------

static void reset_signals(void)
{
    sigset_t none;

    for (int number = 1; number < NSIG; number++)
        signal(number, SIG_DFL); // not possible for a few: they stay so anyway
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
}

static void be_watched(const struct launch *l, int socket)
{
    int listener = watch_install(l->watch);

    say(socket, listener < 0 ? UNWATCHED : WATCHED, errno, listener);
    if (listener < 0)
        streams_alone(l->streams);
    else
        close(listener);
    if (listener >= 0 && l->what)
        preload_what(l->what | RECORD_NO_OUTPUT);
}

// Until the parent has seen to it that nothing is missed. Its end: never.
static void wait_to_go(const struct launch *l, int socket)
{
    char byte;

    if (l->held && recv(socket, &byte, sizeof byte, 0) != sizeof byte)
        _exit(1);
}

static bool set_up(const struct launch *l)
{
    char number[16];
    int facts = fcntl(l->facts, F_DUPFD, FACTS_FD);

    if (facts < 0) // a low limit on descriptors
        facts = fcntl(l->facts, F_DUPFD, 3);
    snprintf(number, sizeof number, "%d", facts);
    return setsid() > 0 && facts >= 0 &&
           setenv("TELAR_FACTS_FD", number, 1) == 0 &&
           dup2(l->input, STDIN_FILENO) >= 0 &&
           dup2(l->streams->program[0], STDOUT_FILENO) >= 0 &&
           dup2(l->streams->program[1], STDERR_FILENO) >= 0;
}

static void execute(const char *program, char *const *argv)
{
    if (strchr(program, '/'))
        execv(program, argv);
    else
        execvp(program, argv);
}

static _Noreturn void be_the_program(const struct launch *l, const char *path,
                                     pid_t keeper, int socket)
{
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (getppid() != keeper) // it died before the line above
        _exit(1);
    reset_signals();
    be_watched(l, socket);
    if (!set_up(l))
        say(socket, SETTING_UP, errno, -1);
    else if (l->spec->directory && chdir(l->spec->directory) < 0)
        say(socket, ENTERING, errno, -1);
    else {
        wait_to_go(l, socket);
        execute(path, l->spec->argv);
        say(socket, EXECUTING, errno, -1);
    }
    _exit(127);
}

// ---- In the parent ----------------------------------------------------------

static void explain_exec(const char *program, int reason, char *error,
                         size_t size)
{
    if (reason == ENOENT && access(program, F_OK) == 0)
        snprintf(error, size,
                 M("%s: what should interpret it (its #! line) is not here",
                   "%s: falta quien debe interpretarlo (su línea #!)"),
                 program);
    else if (reason == ENOENT)
        snprintf(error, size,
                 M("%s: there is no such program", "%s: no existe el programa"),
                 program);
    else if (reason == EACCES)
        snprintf(error, size,
                 M("%s: may not be executed (chmod +x?)",
                   "%s: no se puede ejecutar (¿chmod +x?)"),
                 program);
    else if (reason == ENOEXEC)
        snprintf(error, size,
                 M("%s: is not a program for this machine",
                   "%s: no es un programa para esta máquina"),
                 program);
    else
        snprintf(
            error, size,
            M("%s: could not be started: %s", "%s: no se pudo iniciar: %s"),
            program, error_words(reason));
}

static void explain(const struct launch *l, const char *path, struct word word,
                    char *error, size_t size)
{
    if (word.step == EXECUTING)
        explain_exec(path, word.error, error, size);
    else
        snprintf(
            error, size,
            M("%s: could not be prepared: %s", "%s: no se pudo preparar: %s"),
            word.step == ENTERING ? l->spec->directory : path,
            error_words(word.error));
}

// A relative path means: from here, not from the directory it will run in.
static bool absolute_path(const struct run_spec *spec, char *path, size_t size)
{
    char here[PATH_MAX];
    const char *program = spec->argv[0];
    int length;

    if (!spec->directory || program[0] == '/' || !strchr(program, '/'))
        length = snprintf(path, size, "%s", program);
    else if (getcwd(here, sizeof here))
        length = snprintf(path, size, "%s/%s", here, program);
    else
        return false;
    errno = ENAMETOOLONG;
    return (size_t)length < size;
}

// Listens until the program is executed. Returns false when it was not.
static bool follow(const struct launch *l, const char *path, int socket,
                   struct launched *launched, char *error, size_t size)
{
    struct word word = {SETTING_UP, ECHILD};

    launched->listener = -1;
    if (hear(socket, &word, &launched->listener)) {
        if (launched->listener < 0)
            streams_alone(l->streams);
        if (l->held && !l->held(launched->pid, l->context))
            return false;
        if (l->held)
            send(socket, "g", 1, MSG_NOSIGNAL);
        if (!hear(socket, &word, &launched->listener))
            return true;
    }
    explain(l, path, word, error, size);
    return false;
}

static void forget(struct launched *launched)
{
    if (launched->listener >= 0)
        close(launched->listener);
    kill(launched->pid, SIGKILL);
    while (waitpid(launched->pid, NULL, 0) < 0 && errno == EINTR)
        continue;
}

bool launch(const struct launch *l, struct launched *launched, char *error,
            size_t size)
{
    char path[2 * PATH_MAX];
    pid_t keeper = getpid();
    int ends[2] = {-1, -1};
    struct word failed = {SETTING_UP, 0};
    bool done = false;

    launched->pid = -1;
    if (absolute_path(l->spec, path, sizeof path) &&
        socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends) == 0)
        launched->pid = fork();
    if (launched->pid == 0)
        be_the_program(l, path, keeper, ends[1]);
    failed.error = errno;
    if (ends[1] >= 0)
        close(ends[1]);
    if (launched->pid > 0) {
        done = follow(l, path, ends[0], launched, error, size);
        if (!done)
            forget(launched);
    } else {
        explain(l, l->spec->argv[0], failed, error, size);
    }
    if (ends[0] >= 0)
        close(ends[0]);
    return done;
}
