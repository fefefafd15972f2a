// calls_refused.c - executes its arguments where the kernel refuses something
//
// calls_refused dispatch PROGRAM ARG...: to dispatch system calls;
// calls_refused ptrace PROGRAM ARG...: to trace.
#include <errno.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <stddef.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "runtime/must.h"

enum { USER_DISPATCH = 59 }; // PR_SET_SYSCALL_USER_DISPATCH

static struct sock_filter no_dispatch[] = {
    BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)),
    BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_prctl, 0, 3),
    BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, args[0])),
    BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, USER_DISPATCH, 0, 1),
    BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | EINVAL),
    BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
};

static struct sock_filter no_ptrace[] = {
    BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)),
    BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_ptrace, 0, 1),
    BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | EPERM),
    BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
};

int main(int count, char **words)
{
    struct sock_fprog program = {sizeof no_dispatch / sizeof *no_dispatch,
                                 no_dispatch};

    if (count < 3)
        return 2;
    if (strcmp(words[1], "ptrace") == 0)
        program = (struct sock_fprog){sizeof no_ptrace / sizeof *no_ptrace,
                                      no_ptrace};
    MUST(prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0));
    MUST(prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program));
    execv(words[2], words + 2);
    return 127;
}
