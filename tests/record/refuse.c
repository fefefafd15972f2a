// refuse.c - runs a command to which the kernel refuses system calls
//
// refuse CALL,CALL... COMMAND...: each of these calls ends with EPERM, as under
// the rules of a container. Status 77: there are no such rules here.
#include <errno.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

enum { MOST = 16 };

static const struct {
    const char *name;
    unsigned number;
} calls[] = {{"perf_event_open", SYS_perf_event_open},
             {"ptrace", SYS_ptrace},
             {"process_vm_readv", SYS_process_vm_readv},
             {"process_vm_writev", SYS_process_vm_writev},
             {"pidfd_getfd", SYS_pidfd_getfd},
             {"kcmp", SYS_kcmp}};

static int number_of(const char *name)
{
    for (size_t i = 0; i < sizeof calls / sizeof *calls; i++)
        if (strcmp(calls[i].name, name) == 0)
            return (int)calls[i].number;
    return -1;
}

static int refuse(char *names)
{
    struct sock_filter rules[2 * MOST + 2] = {
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr))};
    struct sock_fprog program = {1, rules};

    for (char *name; (name = strsep(&names, ",")) && program.len < 2 * MOST;) {
        int number = number_of(name);

        if (number < 0)
            return -1;
        rules[program.len++] = (struct sock_filter)BPF_JUMP(
            BPF_JMP | BPF_JEQ | BPF_K, (unsigned)number, 0, 1);
        rules[program.len++] = (struct sock_filter)BPF_STMT(
            BPF_RET | BPF_K, SECCOMP_RET_ERRNO | EPERM);
    }
    rules[program.len++] =
        (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW);
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0)
        return -1;
    return prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program);
}

int main(int argc, char **argv)
{
    if (argc < 3 || refuse(argv[1]) != 0)
        return 77;
    execvp(argv[2], argv + 2);
    return 127;
}
