// probe.c - what this kernel lets an ordinary program do, said as facts
//
// ./telar doctor compiles and runs it: it needs no build. Each fact is 1, 0 or
// a number; a fact that is missing was not askable here.
#include <errno.h>
#include <linux/perf_event.h>
#include <linux/seccomp.h>
#include <linux/filter.h>
#include <sched.h>
#include <stddef.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "runtime/fact.h"

// Runs ask in a child, so that what it changes is gone with it; 1 where ask
// returned 0.
static int in_child(int (*ask)(void))
{
    int status;
    pid_t child = fork();

    if (child == 0)
        _exit(ask() == 0 ? 0 : 1);
    if (child < 0 || waitpid(child, &status, 0) < 0)
        return 0;
    return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

// A filter that allows everything, with a listener: what records the order
// of writes. Only one listener a process is allowed: not inside another.
static int ask_seccomp_notify(void)
{
    struct sock_filter allow = BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW);
    struct sock_fprog program = {1, &allow};

    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0)
        return -1;
    return syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER,
                   SECCOMP_FILTER_FLAG_NEW_LISTENER, &program) < 0
               ? -1
               : 0;
}

static int nothing(void)
{
    return 0;
}

// Root may have one without a user namespace.
static int ask_pid_namespace(void)
{
    if (unshare(CLONE_NEWPID) != 0 &&
        unshare(CLONE_NEWUSER | CLONE_NEWPID) != 0)
        return -1;
    return in_child(nothing) ? 0 : -1;
}

static int ask_ptrace(void)
{
    return (int)ptrace(PTRACE_TRACEME, 0, NULL, NULL);
}

// The event the recorder wants: context switches, kernel excluded.
static int ask_perf_events(void)
{
    struct perf_event_attr attr;

    memset(&attr, 0, sizeof attr);
    attr.size = sizeof attr;
    attr.type = PERF_TYPE_SOFTWARE;
    attr.config = PERF_COUNT_SW_DUMMY;
    attr.context_switch = 1;
    attr.exclude_kernel = 1;
    return syscall(SYS_perf_event_open, &attr, 0, -1, -1, 0) < 0 ? -1 : 0;
}

// Landlock's version; 0 where the kernel has none or it is switched off.
static long long landlock_version(void)
{
#ifdef SYS_landlock_create_ruleset
    long version = syscall(SYS_landlock_create_ruleset, NULL, 0, 1);

    return version > 0 ? version : 0;
#else
    return 0;
#endif
}

int main(void)
{
    fact("seccomp_notify", in_child(ask_seccomp_notify));
    fact("pid_namespace", in_child(ask_pid_namespace));
    fact("ptrace", in_child(ask_ptrace));
    fact("perf_events", in_child(ask_perf_events));
    fact("landlock_version", landlock_version());
}
