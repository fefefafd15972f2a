// relay.c - signals: what the program is sent through us, and its stops
#include <errno.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include "tools/recorder/relay.h"

static sigset_t mask_before;
static struct sigaction child_before;

// SIGCHLD that is ignored would let the program end without being waited for.
int relay_begin(void)
{
    struct sigaction usual = {.sa_handler = SIG_DFL};
    sigset_t all;

    sigaction(SIGCHLD, &usual, &child_before);
    sigfillset(&all);
    sigdelset(&all, SIGSEGV);
    sigdelset(&all, SIGBUS);
    sigdelset(&all, SIGILL);
    sigdelset(&all, SIGFPE);
    sigdelset(&all, SIGSYS);
    sigdelset(&all, SIGTRAP);
    sigdelset(&all, SIGABRT);
    sigprocmask(SIG_BLOCK, &all, &mask_before);
    return signalfd(-1, &all, SFD_CLOEXEC | SFD_NONBLOCK);
}

void relay_child(void)
{
    sigaction(SIGCHLD, &child_before, NULL);
    sigprocmask(SIG_SETMASK, &mask_before, NULL);
}

// Is pid stopped (t: and traced)? Not known without /proc: then it counts as
// stopped.
static bool is_stopped(pid_t pid)
{
    char path[64], line[512] = "", *state;
    FILE *file;

    snprintf(path, sizeof path, "/proc/%d/stat", (int)pid);
    file = fopen(path, "re");
    if (!file)
        return true;
    fgets(line, sizeof line, file);
    fclose(file);
    state = strrchr(line, ')');
    return state && state[1] == ' ' && (state[2] == 'T' || state[2] == 't');
}

// The kernel sends to the whole group, or for reasons of our own.
static bool is_for_us_alone(const struct signalfd_siginfo *info)
{
    return info->ssi_code == SI_USER || info->ssi_code == SI_QUEUE ||
           info->ssi_code == SI_TKILL;
}

static void pass_on(const struct signalfd_siginfo *info, pid_t pid)
{
    int signal = (int)info->ssi_signo;
    union sigval value = {.sival_ptr = (void *)(uintptr_t)info->ssi_ptr};

    if (signal == SIGCHLD || !is_for_us_alone(info))
        return;
    if (signal == SIGCONT && !is_stopped(pid))
        return;
    if (info->ssi_code == SI_QUEUE)
        sigqueue(pid, signal, value);
    else
        kill(pid, signal);
}

void relay_turn(int fd, pid_t pid)
{
    struct signalfd_siginfo info;

    while (read(fd, &info, sizeof info) == sizeof info)
        pass_on(&info, pid);
}

static void take_now(int signal)
{
    sigset_t one;

    sigemptyset(&one);
    sigaddset(&one, signal);
    sigprocmask(SIG_UNBLOCK, &one, NULL);
    sigprocmask(SIG_BLOCK, &one, NULL);
}

// Only a default action stops; one that was ignored when we began stays so
// for the program. The kernel lets no group that has lost its shell stop by
// anything but SIGSTOP, nor does it here.
void relay_follow_stop(int signal, pid_t pid)
{
    struct sigaction usual = {.sa_handler = SIG_DFL}, before;

    if (!is_stopped(pid))
        return;
    if (signal != SIGSTOP)
        sigaction(signal, &usual, &before);
    kill(getpid(), signal);
    if (signal != SIGSTOP) {
        take_now(signal);
        sigaction(signal, &before, NULL);
    }
    if (is_stopped(pid))
        kill(pid, SIGCONT);
}

_Noreturn void relay_die(int signal)
{
    struct sigaction usual = {.sa_handler = SIG_DFL};
    struct rlimit none = {0, 0};

    fflush(NULL);
    setrlimit(RLIMIT_CORE, &none);
    prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
    sigaction(signal, &usual, NULL);
    kill(getpid(), signal);
    take_now(signal);
    _exit(128 + signal);
}
