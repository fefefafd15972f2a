// calls_signals.c - masks, handlers and waits, as every program relies on them
#include <errno.h>
#include <poll.h>
#include <setjmp.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/select.h>
#include <sys/signalfd.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "runtime/must.h"

static volatile sig_atomic_t came[65];
static sigjmp_buf out;

static void count(int number)
{
    getppid();
    came[number]++;
}

static void jump(int number)
{
    siglongjmp(out, number);
}

static void handle(int number, void (*handler)(int), int flags)
{
    struct sigaction action = {.sa_handler = handler, .sa_flags = flags};

    sigfillset(&action.sa_mask);
    MUST(sigaction(number, &action, NULL));
}

static void says(const char *what, long value)
{
    printf("%s: %ld\n", what, value);
}

// A child that sends number to this process once it waits for a call.
static pid_t sender(int number)
{
    struct timespec while_it_blocks = {0, 20000000};
    pid_t child = MUST(fork());

    if (child == 0) {
        nanosleep(&while_it_blocks, NULL);
        kill(getppid(), number);
        _exit(0);
    }
    return child;
}

// ---- Masks ------------------------------------------------------------------

static void masks(void)
{
    sigset_t all, before, now;
    int blocked = 0;

    sigfillset(&all);
    MUST(sigprocmask(SIG_SETMASK, &all, &before));
    MUST(sigprocmask(SIG_SETMASK, NULL, &now));
    for (int i = 1; i < 65; i++)
        blocked += sigismember(&now, i) == 1;
    says("blocked", blocked);
    says("SIGSYS among them", sigismember(&now, SIGSYS));
    handle(SIGUSR1, count, 0);
    MUST(kill(getpid(), SIGUSR1));
    MUST(sigpending(&now));
    says("pending", sigismember(&now, SIGUSR1));
    says("came while blocked", came[SIGUSR1]);
    sigdelset(&all, SIGUSR1);
    MUST(sigprocmask(SIG_SETMASK, &all, NULL));
    says("came as soon as not", came[SIGUSR1]);
    MUST(sigprocmask(SIG_SETMASK, &before, NULL));
    MUST(sigprocmask(SIG_SETMASK, NULL, &now));
    says("SIGSYS afterwards", sigismember(&now, SIGSYS));
    says("no such way", sigprocmask(77, &all, NULL));
}

static void suspended(void)
{
    sigset_t all, none;

    sigfillset(&all);
    MUST(sigprocmask(SIG_SETMASK, &all, NULL));
    sigdelset(&all, SIGUSR1);
    MUST(raise(SIGUSR1));
    sigsuspend(&all);
    says("sigsuspend ended", errno == EINTR);
    MUST(raise(SIGUSR1));
    says("ppoll", ppoll(NULL, 0, NULL, &all));
    MUST(raise(SIGUSR1));
    says("pselect", pselect(0, NULL, NULL, NULL, NULL, &all));
    MUST(raise(SIGUSR1));
    says("epoll_pwait", epoll_pwait(MUST(epoll_create1(0)),
                                    (struct epoll_event[1]){0}, 1, -1, &all));
    says("came", came[SIGUSR1]);
    sigemptyset(&none);
    MUST(sigprocmask(SIG_SETMASK, &none, NULL));
}

static void taken(void)
{
    struct signalfd_siginfo info;
    sigset_t set;
    int fd, number;

    sigemptyset(&set);
    sigaddset(&set, SIGUSR2);
    MUST(sigprocmask(SIG_BLOCK, &set, NULL));
    MUST(raise(SIGUSR2));
    sigwait(&set, &number);
    says("sigwait", number);
    fd = MUST(signalfd(-1, &set, 0));
    MUST(raise(SIGUSR2));
    MUST(read(fd, &info, sizeof info));
    says("signalfd", info.ssi_signo);
    MUST(close(fd));
    MUST(sigprocmask(SIG_UNBLOCK, &set, NULL));
}

// ---- Calls that signals interrupt -------------------------------------------

static void ended(void)
{
    struct timespec hour = {3600, 0}, rest = {0};
    int ends[2];
    pid_t child;
    char byte;

    MUST(pipe(ends));
    handle(SIGUSR1, count, 0);
    child = sender(SIGUSR1);
    says("read", read(ends[0], &byte, 1));
    says("EINTR", errno == EINTR);
    MUST(waitpid(child, NULL, 0));
    child = sender(SIGUSR1);
    says("nanosleep", nanosleep(&hour, &rest));
    says("hours that rest", (rest.tv_sec + 1) / 3600);
    MUST(waitpid(child, NULL, 0));
    MUST(close(ends[0]));
    MUST(close(ends[1]));
}

static int writes_to;

static void write_byte(int number)
{
    write(writes_to, "x", 1);
    came[number]++;
}

static void restarted(void)
{
    struct itimerval soon = {{0, 0}, {0, 20000}};
    int ends[2];
    char byte;

    MUST(pipe(ends));
    writes_to = ends[1];
    handle(SIGALRM, write_byte, SA_RESTART);
    MUST(setitimer(ITIMER_REAL, &soon, NULL));
    says("read again", read(ends[0], &byte, 1));
    says("alarms", came[SIGALRM]);
    MUST(close(ends[0]));
    MUST(close(ends[1]));
}

static void jumped(void)
{
    int ends[2], number;
    pid_t child;
    char byte;

    MUST(pipe(ends));
    handle(SIGUSR1, jump, 0);
    for (int i = 0; i < 3; i++) {
        child = sender(SIGUSR1);
        number = sigsetjmp(out, 1);
        if (number == 0)
            read(ends[0], &byte, 1);
        says("out of read by", number);
        MUST(waitpid(child, NULL, 0));
    }
    number = sigsetjmp(out, 1);
    if (number == 0)
        MUST(raise(SIGUSR1));
    says("out of raise by", number);
    MUST(close(ends[0]));
    MUST(close(ends[1]));
}

// ---- Stacks -----------------------------------------------------------------

static stack_t other;

static void where(int number)
{
    stack_t now;
    char here;

    MUST(sigaltstack(NULL, &now));
    says("on the other stack", &here > (char *)other.ss_sp &&
                                   &here < (char *)other.ss_sp + other.ss_size);
    says("and it is known", now.ss_flags == SS_ONSTACK);
    says("which cannot be changed now", sigaltstack(&other, NULL));
    came[number]++;
}

static void stacks(void)
{
    stack_t now;

    other.ss_size = 65536;
    other.ss_sp = malloc(other.ss_size);
    MUST(sigaltstack(&other, NULL));
    getppid();
    MUST(sigaltstack(NULL, &now));
    says("kept", now.ss_sp == other.ss_sp && now.ss_size == other.ss_size);
    handle(SIGUSR2, where, SA_ONSTACK);
    MUST(raise(SIGUSR2));
    other.ss_flags = SS_DISABLE;
    MUST(sigaltstack(&other, NULL));
    MUST(sigaltstack(NULL, &now));
    says("and gone", now.ss_flags == SS_DISABLE);
    free(other.ss_sp);
}

int main(void)
{
    setvbuf(stdout, NULL, _IOLBF, 0);
    masks();
    suspended();
    taken();
    ended();
    restarted();
    jumped();
    stacks();
    raise(SIGTERM);
}
