// guard.c - work that is cleaned up after, however it ends
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "runtime/message.h"
#include "tools/course/error_words.h"
#include "tools/course/scratch.h"
#include "tools/grader/guard.h"
#include "tools/grader/proc.h"

static void awaited_signals(sigset_t *set)
{
    static const int signals[] = {SIGINT, SIGTERM, SIGHUP, SIGCHLD};

    sigemptyset(set);
    for (size_t i = 0; i < sizeof signals / sizeof *signals; i++)
        sigaddset(set, signals[i]);
}

static _Noreturn void run_child(int (*work)(void *), void *argument,
                                pid_t parent, const sigset_t *mask)
{
    int status;

    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (getppid() != parent)
        _exit(2);
    sigprocmask(SIG_SETMASK, mask, NULL);
    status = work(argument);
    if (fflush(stdout) != 0 && status < 2)
        status = could_not(M("the result could not be written: %s",
                             "no se pudo escribir el resultado: %s"),
                           error_words(errno));
    _exit(status);
}

static int status_of(int status)
{
    if (WIFEXITED(status))
        return WEXITSTATUS(status);
    if (WTERMSIG(status) == SIGINT)
        return GUARD_INTERRUPTED;
    return could_not(M("grading was ended by signal %d",
                       "la señal %d terminó la calificación"),
                     WTERMSIG(status));
}

// Waits for the child's end; ends it when somebody wants us to end.
static int watch_over(pid_t child, const sigset_t *awaited)
{
    bool interrupted = false;
    int status = 0;

    while (waitpid(child, &status, WNOHANG) != child) {
        if (sigwaitinfo(awaited, NULL) == SIGCHLD)
            continue;
        interrupted = true;
        kill(child, SIGKILL);
        waitpid(child, &status, 0);
        break;
    }
    return interrupted ? GUARD_INTERRUPTED : status_of(status);
}

int guard_run(int (*work)(void *argument), void *argument)
{
    sigset_t awaited, before;
    pid_t child, self = getpid();
    int status;

    scratch_sweep("check");
    prctl(PR_SET_CHILD_SUBREAPER, 1);
    awaited_signals(&awaited);
    sigprocmask(SIG_BLOCK, &awaited, &before);
    fflush(stdout);
    if (!scratch_make("check") || (child = fork()) < 0) {
        status = could_not(M("no place to grade in (TMPDIR): %s",
                             "no hay dónde calificar (TMPDIR): %s"),
                           error_words(errno));
    } else {
        if (child == 0)
            run_child(work, argument, self, &before);
        status = watch_over(child, &awaited);
        proc_kill_below();
    }
    scratch_remove();
    sigprocmask(SIG_SETMASK, &before, NULL);
    return status;
}
