// loading.c - sees by ptrace what a program calls before the library is in it
//
// One exec under --calls:
//
//   the program                        this process
//   execve: the library's handler of
//   SIGSYS writes CALL_BEGIN execve
//   asks (loading_ask.h), waits        PTRACE_SEIZE, PTRACE_INTERRUPT, "yes"
//   stops in its wait                  PTRACE_SYSCALL: on, to the next call
//   calls of the handler, execve       not counted (but for the first program,
//                                      whose execve nobody else has written)
//   it fails: stops behind it          PTRACE_DETACH: as if nothing had been
//   or is done: PTRACE_EVENT_EXEC
//   the loader's calls, each with      CALL_BEGIN, CALL_END into the trace, but
//   two stops                          for those that load the library
//   constructors of other libraries    the same
//   our constructor: LOADING_WORD      sets its flag, PTRACE_DETACH
//   arms itself: its calls are seen
//   from inside
//
// The library does not ask for what gains rights (being traced would take them
// away) or cannot be read, nor under a seccomp filter of the program's. A
// static program is let go as soon as it is there; who does not load the
// library, after LOADING_KEPT calls, of which nothing is said; who does not
// come to its exec, after a few. Signals go on to the program as they come; a
// stop by job control stays one (PTRACE_LISTEN). When this process ends the
// kernel lets all go.
//
// What remains: one more library may cost the loader a page more for itself,
// and that mmap counts; what these calls are said to take holds the way to this
// process and back; fexecve, another network namespace (where the socket is not
// known) and another pid namespace are as if ptrace were refused.
#include <elf.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/signalfd.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tools/recorder/loading.h"
#include "tools/recorder/loading_ask.h"
#include "tools/recorder/loading_task.h"
#include "tools/recorder/preload.h"

enum {
    OURS = SIGTRAP | 128, // PTRACE_O_TRACESYSGOOD: before or behind a call
    WAITING = 64,         // who may ask at once
    ROUND_MS = 100,       // looks by itself, while there are tasks
    WORD_MS = 100,        // for the word of one that has come
    END_MS = 1000         // for the end of this process
};

struct server {
    struct loading_place place;
    struct pollfd sources[3];
    struct loading_task **tasks;
    size_t count, room;
};
enum { ALIVE, LISTENER, SIGNALS };

// ---- Its tasks --------------------------------------------------------------

static struct loading_task *find(const struct server *server, pid_t pid)
{
    for (size_t i = 0; i < server->count; i++)
        if (server->tasks[i]->pid == pid)
            return server->tasks[i];
    return NULL;
}

static bool has_process(const struct server *server, pid_t process)
{
    for (size_t i = 0; i < server->count; i++)
        if (server->tasks[i]->process == process)
            return true;
    return false;
}

static struct loading_task *add(struct server *server,
                                const struct loading_request *request)
{
    size_t room = server->room ? 2 * server->room : 16;
    struct loading_task **tasks = server->tasks, *task;

    if (server->count == server->room) {
        tasks = realloc(tasks, room * sizeof *tasks);
        if (!tasks)
            return NULL;
        server->tasks = tasks;
        server->room = room;
    }
    task = malloc(sizeof *task);
    if (!task)
        return NULL;
    loading_task_begin(task, request->tid, request->pid, request->is_first);
    return tasks[server->count++] = task;
}

static void forget(struct server *server, struct loading_task *task)
{
    size_t at = 0;

    while (server->tasks[at] != task)
        at++;
    server->tasks[at] = server->tasks[--server->count];
    loading_task_end(&server->place, task);
    free(task);
}

// ---- Who asks ---------------------------------------------------------------

// In its pid namespace it may have other numbers: then it is not looked at.
static bool is_itself(int fd, const struct loading_request *request)
{
    struct ucred peer;
    socklen_t size = sizeof peer;

    return getsockopt(fd, SOL_SOCKET, SO_PEERCRED, &peer, &size) == 0 &&
           peer.pid == request->pid &&
           syscall(SYS_tgkill, request->pid, request->tid, 0) == 0;
}

static bool is_waiting(int fd)
{
    struct pollfd source = {.fd = fd, .events = POLLRDHUP};

    return poll(&source, 1, 0) == 0;
}

// One thread of a process at once: an exec waits until who traces its other
// threads has taken note of their end, and to trace one waits for the exec.
static bool attach(struct server *server, const struct loading_request *request)
{
    struct loading_task *task =
        has_process(server, request->pid) ? NULL : add(server, request);

    if (!task)
        return false;
    if (ptrace(PTRACE_SEIZE, request->tid, 0,
               PTRACE_O_TRACESYSGOOD | PTRACE_O_TRACEEXEC) == 0) {
        ptrace(PTRACE_INTERRUPT, request->tid, 0, 0);
        return true;
    }
    forget(server, task);
    return false;
}

// It stops before it can take the answer.
static void answer(struct server *server)
{
    int fd = accept4(server->sources[LISTENER].fd, NULL, NULL, SOCK_CLOEXEC);
    struct pollfd word = {.fd = fd, .events = POLLIN};
    struct loading_request request;
    bool is_attached;

    if (fd < 0)
        return;
    is_attached =
        poll(&word, 1, WORD_MS) == 1 &&
        recv(fd, &request, sizeof request, MSG_DONTWAIT) == sizeof request &&
        is_waiting(fd) && is_itself(fd, &request) && attach(server, &request);
    send(fd, is_attached ? "y" : "n", 1, MSG_NOSIGNAL | MSG_DONTWAIT);
    close(fd);
}

// ---- Stops ------------------------------------------------------------------

static void let_go(struct server *server, struct loading_task *task)
{
    ptrace(PTRACE_DETACH, task->pid, 0, 0);
    forget(server, task);
}

static void at_call(struct server *server, struct loading_task *task)
{
    struct loading_stop stop = {0};

    if (ptrace(PTRACE_GET_SYSCALL_INFO, task->pid, sizeof stop, &stop) > 0 &&
        loading_task_call(&server->place, task, &stop))
        ptrace(PTRACE_SYSCALL, task->pid, 0, 0);
    else
        let_go(server, task);
}

// Without one nobody loads anything.
static bool has_loader(pid_t pid)
{
    unsigned long facts[64][2];
    char path[32];
    ssize_t length;
    int fd;

    snprintf(path, sizeof path, "/proc/%d/auxv", (int)pid);
    fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return true; // not known
    length = read(fd, facts, sizeof facts);
    close(fd);
    for (ssize_t i = 0; (i + 1) * (ssize_t)sizeof *facts <= length; i++)
        if (facts[i][0] == AT_BASE)
            return facts[i][1] != 0;
    return true;
}

// A thread that executes takes its process's number; the first thread is gone.
// Returns NULL when it is to be let go.
static struct loading_task *executed(struct server *server, pid_t pid)
{
    struct loading_task *first = find(server, pid), *task;
    unsigned long before = 0;

    ptrace(PTRACE_GETEVENTMSG, pid, 0, &before);
    task = find(server, (pid_t)before);
    if (first && first != task)
        forget(server, first);
    if (!task)
        return NULL;
    task->pid = pid;
    loading_task_executed(&server->place, task);
    if (has_loader(pid))
        return task;
    forget(server, task);
    return NULL;
}

static bool is_job_control(int signal)
{
    return signal == SIGSTOP || signal == SIGTSTP || signal == SIGTTIN ||
           signal == SIGTTOU;
}

static void stopped(struct server *server, pid_t pid, int status)
{
    int signal = WSTOPSIG(status), event = status >> 16;
    struct loading_task *task =
        event == PTRACE_EVENT_EXEC ? executed(server, pid) : find(server, pid);

    if (!task)
        ptrace(PTRACE_DETACH, pid, 0, 0);
    else if (signal == OURS)
        at_call(server, task);
    else if (event == PTRACE_EVENT_STOP && is_job_control(signal))
        ptrace(PTRACE_LISTEN, pid, 0, 0);
    else
        ptrace(PTRACE_SYSCALL, pid, 0, event ? 0 : signal);
}

static void wait_for_all(struct server *server)
{
    struct signalfd_siginfo said;
    struct loading_task *task;
    int status;
    pid_t pid;

    while (read(server->sources[SIGNALS].fd, &said, sizeof said) > 0)
        continue;
    while ((pid = waitpid(-1, &status, __WALL | WNOHANG)) > 0) {
        task = find(server, pid);
        if (WIFSTOPPED(status))
            stopped(server, pid, status);
        else if (task)
            forget(server, task);
    }
}

// ---- The process ------------------------------------------------------------

static _Noreturn void serve(struct server *server)
{
    while (poll(server->sources, 3, server->count ? ROUND_MS : -1) >= 0) {
        if (server->sources[ALIVE].revents)
            break;
        if (server->sources[LISTENER].revents)
            answer(server);
        wait_for_all(server);
    }
    _exit(0);
}

static int child_signals(void)
{
    sigset_t all, child;

    sigfillset(&all);
    sigprocmask(SIG_SETMASK, &all, NULL);
    signal(SIGCHLD, SIG_DFL);
    sigemptyset(&child);
    sigaddset(&child, SIGCHLD);
    return signalfd(-1, &child, SFD_CLOEXEC | SFD_NONBLOCK);
}

static bool prepare(struct server *server, const char *trace)
{
    char path[PATH_MAX];
    struct stat about;

    server->sources[SIGNALS].fd = child_signals();
    if (server->sources[SIGNALS].fd < 0 || !preload_library(path) ||
        stat(path, &about) != 0 ||
        writer_open(&server->place.writer, trace) != 0)
        return false;
    server->place.device = about.st_dev;
    server->place.file = about.st_ino;
    return true;
}

// It is this process that listens: SO_PEERCRED says so to who asks. The
// caller's descriptors stay open here as long as they do there.
static _Noreturn void loading_main(const char *trace, int alive, int listener)
{
    struct server server = {.sources = {{.fd = alive, .events = POLLIN},
                                        {.fd = listener, .events = POLLIN},
                                        {.events = POLLIN}}};

    prctl(PR_SET_NAME, "telar-loading");
    setsid(); // no key of the terminal is for it
    if (prepare(&server, trace) && listen(listener, WAITING) == 0 &&
        send(alive, "r", 1, MSG_NOSIGNAL) == 1)
        serve(&server);
    _exit(0);
}

// Returns -1 where there is no such socket.
static int bound_for(const struct writer *writer)
{
    struct sockaddr_un address;
    socklen_t size = loading_address(&address, writer->header->start);
    int fd = socket(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0);

    if (fd >= 0 && bind(fd, (struct sockaddr *)&address, size) == 0)
        return fd;
    if (fd >= 0)
        close(fd);
    return -1;
}

static void start(struct loading *loading, const char *trace, int listener)
{
    int ends[2];
    char ready;

    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0)
        return;
    loading->pid = fork();
    if (loading->pid == 0) {
        close(ends[0]);
        loading_main(trace, ends[1], listener);
    }
    close(ends[1]);
    loading->alive = ends[0];
    if (loading->pid < 0 || recv(ends[0], &ready, 1, MSG_WAITALL) != 1)
        loading_end(loading);
}

void loading_begin(struct loading *loading, const struct writer *writer,
                   const char *path)
{
    int listener = bound_for(writer);

    *loading = (struct loading){.alive = -1};
    if (listener < 0)
        return;
    start(loading, path, listener);
    close(listener);
}

void loading_end(struct loading *loading)
{
    struct pollfd source = {.fd = loading->alive, .events = POLLIN};

    if (loading->alive >= 0) {
        shutdown(loading->alive, SHUT_WR);
        poll(&source, 1, END_MS);
        close(loading->alive);
    }
    if (loading->pid > 0)
        kill(loading->pid, SIGKILL); // it may have been stopped
    while (loading->pid > 0 && waitpid(loading->pid, NULL, 0) < 0 &&
           errno == EINTR)
        continue;
    *loading = (struct loading){.alive = -1};
}
