// signals.c - signals that a program sends itself, and those it waits for in
// vain
//
// Nobody outside sends any. What a handler would do at any moment is not
// explored: a verdict says so. raise() runs it there and then, as it must.
#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "runtime/message.h"
#include "tools/explorer/engine/bound.h"
#include "tools/explorer/engine/process.h"
#include "tools/explorer/engine/touch.h"

// ---- Handlers ---------------------------------------------------------------

static struct sigaction actions[NSIG]; // of this execution
static uint32_t actions_execution;
static sigset_t blocked; // that anybody blocked

static void renew(void)
{
    if (actions_execution == execution_now)
        return;
    actions_execution = execution_now;
    memset(actions, 0, sizeof actions);
    sigemptyset(&blocked);
}

static bool is_signal(int signal)
{
    return signal > 0 && signal < NSIG;
}

static bool is_handled(int signal)
{
    renew();
    return actions[signal].sa_handler != SIG_DFL &&
           actions[signal].sa_handler != SIG_IGN;
}

static int set(int signal, const struct sigaction *action, const void *pc)
{
    renew();
    if (!is_signal(signal) || signal == SIGKILL || signal == SIGSTOP) {
        TASK->errno_value = EINVAL;
        return -1;
    }
    actions[signal] = *action;
    if (is_handled(signal))
        bound_met(BOUND_SIGNALS, pc);
    return 0;
}

void (*weave_signal(int signal, void (*handler)(int)))(int)
{
    struct sigaction action = {.sa_handler = handler};
    void (*old)(int);

    renew();
    old = is_signal(signal) ? actions[signal].sa_handler : SIG_ERR;
    return set(signal, &action, CALLER) < 0 ? SIG_ERR : old;
}

int weave_sigaction(int signal, const struct sigaction *action,
                    struct sigaction *old)
{
    struct sigaction wanted;

    renew();
    if (action) {
        touch_read(action, sizeof *action, CALLER);
        wanted = *action;
    }
    if (old && is_signal(signal)) {
        touch_write(old, sizeof *old, CALLER);
        *old = actions[signal];
    }
    return action ? set(signal, &wanted, CALLER) : 0;
}

// ---- Masks ------------------------------------------------------------------

static int mask(int how, const sigset_t *wanted, sigset_t *old, const void *pc)
{
    renew();
    if (old) {
        touch_write(old, sizeof *old, pc);
        sigemptyset(old);
    }
    if (!wanted || how == SIG_UNBLOCK)
        return 0;
    touch_read(wanted, sizeof *wanted, pc);
    return sigorset(&blocked, &blocked, wanted);
}

int weave_pthread_sigmask(int how, const sigset_t *wanted, sigset_t *old)
{
    return mask(how, wanted, old, CALLER);
}

int weave_sigprocmask(int how, const sigset_t *wanted, sigset_t *old)
{
    return mask(how, wanted, old, CALLER);
}

// ---- Sending ----------------------------------------------------------------

_Noreturn static void refuse(int signal, const char *name, const void *pc)
{
    engine_refuse_at(pc,
                     M("the program sends signal %d (%s), which a thread may "
                       "handle at any moment: not supported here",
                       "el programa envía la señal %d (%s), que un hilo puede "
                       "atender en cualquier momento: aquí no se admite"),
                     signal, name);
}

static bool is_harmless(int signal)
{
    return signal == 0 || signal == SIGCHLD || signal == SIGCONT ||
           signal == SIGURG || signal == SIGWINCH ||
           actions[signal].sa_handler == SIG_IGN;
}

// To nobody in particular, or to another thread. Returns an error number.
static int send_signal(int signal, const char *name, const void *pc)
{
    renew();
    if (signal != 0 && !is_signal(signal))
        return EINVAL;
    if (is_harmless(signal))
        return 0;
    if (is_handled(signal) || sigismember(&blocked, signal))
        refuse(signal, name, pc);
    process_killed(signal, name, pc);
}

static void handle(int signal)
{
    const struct sigaction action = actions[signal];
    siginfo_t about = {.si_signo = signal};

    if (action.sa_flags & (int)SA_RESETHAND)
        actions[signal].sa_handler = SIG_DFL;
    if (action.sa_flags & SA_SIGINFO)
        action.sa_sigaction(signal, &about, NULL);
    else
        action.sa_handler(signal);
}

static int send_to_myself(int signal, const char *name, const void *pc)
{
    renew();
    if (is_signal(signal) && is_handled(signal) &&
        !sigismember(&blocked, signal)) {
        handle(signal);
        return 0;
    }
    return send_signal(signal, name, pc);
}

static int with_errno(int reason)
{
    if (reason)
        TASK->errno_value = reason;
    return reason ? -1 : 0;
}

int weave_raise(int signal)
{
    return with_errno(send_to_myself(signal, "raise", CALLER));
}

int weave_pthread_kill(pthread_t thread, int signal)
{
    return thread == TASK->handle
               ? send_to_myself(signal, "pthread_kill", CALLER)
               : send_signal(signal, "pthread_kill", CALLER);
}

int weave_kill(pid_t process, int signal)
{
    if (process != PROCESS && process != 0)
        engine_refuse_at(CALLER, "%s",
                         M("the program sends signals to other processes "
                           "(kill)",
                           "el programa envía señales a otros procesos "
                           "(kill)"));
    return with_errno(task_count == 1 ? send_to_myself(signal, "kill", CALLER)
                                      : send_signal(signal, "kill", CALLER));
}

// Without a handler it is there to end what takes too long: here, time is
// virtual and nothing does.
unsigned weave_alarm(unsigned seconds)
{
    if (seconds > 0 && is_handled(SIGALRM))
        refuse(SIGALRM, "alarm", CALLER);
    bound_met(BOUND_CLOCK, CALLER);
    return 0;
}
