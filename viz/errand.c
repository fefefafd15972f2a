// errand.c - work that takes long, done by a child while the screen lives on
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "tools/player/stop.h"
#include "viz/errand.h"

enum { OBEY_MS = 2000 };

static long long clock_ns(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (long long)now.tv_sec * 1000000000 + now.tv_nsec;
}

// ---- The child --------------------------------------------------------------

// Whatever it may do to 0, 1 and 2, the terminal is not there.
static void leave_terminal(void)
{
    int nowhere = open("/dev/null", O_RDWR);

    for (int fd = 0; fd <= 2; fd++)
        dup2(nowhere, fd);
    if (nowhere > 2)
        close(nowhere);
    setpgid(0, 0);
}

static void forget_handlers(void)
{
    sigset_t none;

    for (int number = 1; number < NSIG; number++)
        if (number != SIGKILL && number != SIGSTOP)
            signal(number, SIG_DFL);
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
}

// The parent may be gone before the kernel knows that we want to hear of it.
static void end_with(pid_t parent)
{
    prctl(PR_SET_PDEATHSIG, SIGTERM);
    if (getppid() != parent)
        _exit(1);
}

__attribute__((noreturn)) static void
be_child(int to, pid_t parent, void (*work)(FILE *out, void *context),
         void *context)
{
    FILE *out = fdopen(to, "w");

    leave_terminal();
    forget_handlers();
    end_with(parent);
    if (!out)
        _exit(1);
    work(out, context);
    _exit(fclose(out) == 0 && !stop_signal ? 0 : 1);
}

// ---- The parent -------------------------------------------------------------

bool errand_begin(struct errand *errand, void (*work)(FILE *out, void *context),
                  void *context, int seconds)
{
    pid_t parent = getpid();
    sigset_t all, before;
    int ends[2];

    *errand =
        (struct errand){.deadline_ns = clock_ns() + seconds * 1000000000LL};
    if (pipe2(ends, O_CLOEXEC) < 0)
        return false;
    fcntl(ends[0], F_SETFL, O_NONBLOCK);
    fflush(NULL); // else the child might write it too
    // Until it has forgotten our handlers, it must not run them.
    sigfillset(&all);
    sigprocmask(SIG_SETMASK, &all, &before);
    errand->pid = fork();
    if (errand->pid == 0) {
        close(ends[0]);
        be_child(ends[1], parent, work, context);
    }
    sigprocmask(SIG_SETMASK, &before, NULL);
    close(ends[1]);
    errand->from = ends[0];
    if (errand->pid > 0)
        return true;
    close(ends[0]);
    errand->pid = 0;
    return false;
}

static bool make_room(struct errand *errand)
{
    size_t room = errand->room ? 2 * errand->room : 4096;
    char *more;

    if (errand->size + 1 < errand->room)
        return true;
    if (room > ERRAND_SAID_MOST)
        return false;
    more = realloc(errand->said, room);
    if (!more)
        return false;
    errand->said = more;
    errand->room = room;
    return true;
}

// Takes what is there. 1: more may come; 0: it was all; -1: it cannot be had.
static int take(struct errand *errand)
{
    ssize_t n;

    do {
        if (!make_room(errand))
            return -1;
        n = read(errand->from, errand->said + errand->size,
                 errand->room - errand->size - 1);
        if (n > 0)
            errand->size += (size_t)n;
    } while (n > 0 || (n < 0 && errno == EINTR));
    errand->said[errand->size] = '\0';
    return n == 0 ? 0 : errno == EAGAIN ? 1 : -1;
}

static void wait_for(struct errand *errand, int *status)
{
    while (waitpid(errand->pid, status, 0) < 0 && errno == EINTR)
        continue;
    errand->pid = 0;
    close(errand->from);
}

// True when it ended by itself within that time.
static bool has_ended(struct errand *errand, int within_ms)
{
    struct pollfd end = {.fd = errand->from, .events = 0};
    long long until = clock_ns() + within_ms * 1000000LL, left;

    while ((left = (until - clock_ns()) / 1000000) > 0) {
        if (poll(&end, 1, (int)left) > 0 && (end.revents & POLLHUP))
            return true;
    }
    return false;
}

// Asked first: what it began and where it wrote goes with it.
static void stop(struct errand *errand)
{
    int status;

    if (!errand->pid)
        return;
    kill(errand->pid, SIGTERM);
    if (!has_ended(errand, OBEY_MS))
        kill(errand->pid, SIGKILL);
    wait_for(errand, &status);
}

enum errand_state errand_look(struct errand *errand)
{
    int status, more;

    if (!errand->pid)
        return ERRAND_NONE;
    more = take(errand);
    if (more > 0 && clock_ns() < errand->deadline_ns)
        return ERRAND_WORKS;
    if (more != 0) {
        stop(errand);
        return ERRAND_FAILED;
    }
    wait_for(errand, &status);
    return WIFEXITED(status) && WEXITSTATUS(status) == 0 ? ERRAND_DONE
                                                         : ERRAND_FAILED;
}

void errand_end(struct errand *errand)
{
    stop(errand);
    free(errand->said);
    *errand = (struct errand){0};
}
