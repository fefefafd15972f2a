// calls_strange.c - what hardly any program does, and must survive
#include <errno.h>
#include <fcntl.h>
#include <linux/seccomp.h>
#include <linux/filter.h>
#include <poll.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <ucontext.h>
#include <unistd.h>

#include "runtime/must.h"

static void says(const char *what, long value)
{
    printf("%s: %ld\n", what, value);
    fflush(stdout);
}

static long error_of(long result)
{
    return result < 0 ? errno : 0;
}

// Addresses that are not there are an error, never a crash.
static void bad_addresses(void)
{
    void *bad = (void *)8;
    struct {
        void *mask;
        size_t size;
    } pair = {bad, 8};

    says("rt_sigprocmask",
         error_of(syscall(SYS_rt_sigprocmask, SIG_BLOCK, bad, NULL, 8)));
    says("into nowhere",
         error_of(syscall(SYS_rt_sigprocmask, SIG_BLOCK, NULL, bad, 8)));
    says("of 4 bytes",
         error_of(syscall(SYS_rt_sigprocmask, SIG_BLOCK, NULL, NULL, 4)));
    says("rt_sigaction",
         error_of(syscall(SYS_rt_sigaction, SIGUSR1, bad, NULL, 8)));
    says("of SIGSYS",
         error_of(syscall(SYS_rt_sigaction, SIGSYS, bad, NULL, 8)));
    says("rt_sigsuspend", error_of(syscall(SYS_rt_sigsuspend, bad, 8)));
    says("ppoll", error_of(syscall(SYS_ppoll, NULL, 0, NULL, bad, 8)));
    says("pselect6", error_of(syscall(SYS_pselect6, 0, 0, 0, 0, 0, bad)));
    says("and its mask", error_of(syscall(SYS_pselect6, 0, 0, 0, 0, 0, &pair)));
    says("clone3", error_of(syscall(SYS_clone3, bad, 88)));
    says("sigaltstack", error_of(syscall(SYS_sigaltstack, bad, NULL)));
    says("no such call", error_of(syscall(470 + 40)));
    says("nor such a one", error_of(syscall(1L << 20)));
}

// Every register but rcx and r11, and the flags, come back as they were.
static void registers(void)
{
    static const uint64_t given[2] = {0x1122334455667788, 0x99aabbccddeeff00};
    uint64_t vector[2] = {0}, sum, flags;

    __asm__ volatile("movdqu %[given], %%xmm7\n"
                     "mov $1, %%ebx\n mov $2, %%edx\n mov $4, %%esi\n"
                     "mov $8, %%edi\n mov $16, %%r8d\n mov $32, %%r9d\n"
                     "mov $64, %%r10d\n mov $128, %%r12d\n mov $256, %%r13d\n"
                     "mov $512, %%r14d\n mov $1024, %%r15d\n"
                     "mov $110, %%eax\n" // getppid
                     "stc\n"
                     "syscall\n"
                     "pushfq\n pop %%rcx\n"
                     "lea (%%rbx, %%rdx), %%rax\n add %%rsi, %%rax\n"
                     "add %%rdi, %%rax\n add %%r8, %%rax\n add %%r9, %%rax\n"
                     "add %%r10, %%rax\n add %%r12, %%rax\n"
                     "add %%r13, %%rax\n add %%r14, %%rax\n"
                     "add %%r15, %%rax\n"
                     "movdqu %%xmm7, %[vector]\n"
                     : "=&a"(sum), "=&c"(flags), [vector] "=m"(vector)
                     : [given] "m"(given)
                     : "rbx", "rdx", "rsi", "rdi", "r8", "r9", "r10", "r11",
                       "r12", "r13", "r14", "r15", "xmm7", "memory", "cc");
    says("registers", (long)sum);
    says("carry", flags & 1);
    says("vector", memcmp(vector, given, sizeof given));
}

// The same through a clone, for parent and child, which has a stack of its own.
static void clone_registers(void)
{
    static char stack[65536] __attribute__((aligned(16)));
    static volatile long seen;
    long flags = CLONE_VM | CLONE_VFORK | SIGCHLD, sum;
    register long r10 __asm__("r10") = 0;
    register long r8 __asm__("r8") = 0;

    __asm__ volatile("mov $128, %%r12d\n mov $256, %%r13d\n mov $3, %%r9d\n"
                     "stc\n"
                     "syscall\n"
                     "lea (%%r12, %%r13), %%rcx\n"
                     "lea (%%rcx, %%r9), %%rcx\n"
                     "jnc 1f\n"
                     "lea 1000(%%rcx), %%rcx\n"
                     "1: test %%rax, %%rax\n"
                     "jnz 2f\n"
                     "mov %%rcx, %[seen]\n"
                     "mov $60, %%eax\n mov $5, %%edi\n syscall\n"
                     "2:\n"
                     : "=&c"(sum), [seen] "=m"(seen)
                     : "a"(SYS_clone), "D"(flags), "S"(stack + sizeof stack),
                       "d"(0), "r"(r10), "r"(r8)
                     : "r9", "r11", "r12", "r13", "memory", "cc");
    MUST(wait(NULL));
    says("parent", sum);
    says("child", seen);
}

static int share_memory(void *unused)
{
    (void)unused;
    syscall(SYS_getppid);
    return 3;
}

static void raw_clone(void)
{
    char *stack = malloc(65536);
    int status;

    MUST(clone(share_memory, stack + 65536, CLONE_VM | SIGCHLD, NULL));
    MUST(wait(&status));
    says("a child on our memory", WEXITSTATUS(status));
    free(stack);
}

// ---- SIGSYS itself, which a program may want as any other ------------------

static volatile sig_atomic_t came;

static void count(int number)
{
    getppid();
    came += number == SIGSYS;
}

static void own_sigsys(void)
{
    struct sigaction now;

    signal(SIGSYS, count);
    MUST(sigaction(SIGSYS, NULL, &now));
    says("SIGSYS is ours", now.sa_handler == count);
    MUST(raise(SIGSYS));
    says("and came", came);
    signal(SIGSYS, SIG_IGN);
    MUST(raise(SIGSYS));
    says("or is ignored", came);
    signal(SIGSYS, SIG_DFL);
}

static void killed_by_it(void)
{
    pid_t child;
    int status;

    fflush(stdout);
    child = MUST(fork());
    if (child == 0) {
        raise(SIGSYS);
        _exit(1);
    }
    MUST(waitpid(child, &status, 0));
    says("killed by", WTERMSIG(status));
}

// ---- A signal that looks where it came --------------------------------------

// As glibc from 2.41 on cancels threads: only at the very instruction.
extern const char looked_at[], looked_after[];
static volatile long stands_there;

static void look(int number, siginfo_t *info, void *context)
{
    ucontext_t *at = context;
    const char *place = (const char *)at->uc_mcontext.gregs[REG_RIP];

    (void)number;
    (void)info;
    stands_there = place == looked_at ? 1 : place == looked_after ? 2 : 3;
}

static int ends[2];

static void *read_by_hand(void *tid)
{
    long result;
    char byte;

    *(volatile pid_t *)tid = gettid();
    __asm__ volatile("    .globl looked_at, looked_after\n"
                     "looked_at:\n"
                     "    syscall\n"
                     "looked_after:\n"
                     : "=a"(result)
                     : "a"(SYS_read), "D"(ends[0]), "S"(&byte), "d"(1)
                     : "rcx", "r11", "memory");
    return (void *)result;
}

// The kernel's own state of the thread: S where it sleeps.
static void await_sleep(volatile pid_t *tid)
{
    char name[64], text[256];
    FILE *stat;

    for (*text = '\0'; !strstr(text, ") S"); sched_yield()) {
        if (*tid == 0)
            continue;
        snprintf(name, sizeof name, "/proc/self/task/%d/stat", (int)*tid);
        stat = MUST(fopen(name, "r"));
        MUST(fgets(text, sizeof text, stat));
        fclose(stat);
    }
}

static void looks_where(const char *what, unsigned long flags)
{
    struct {
        void (*handler)(int, siginfo_t *, void *);
        unsigned long flags;
        void *restorer;
        unsigned long mask;
    } action = {look, flags | SA_SIGINFO | 0x04000000, NULL, 0}, usual;
    volatile pid_t tid = 0;
    pthread_t thread;
    void *result;

    MUST(syscall(SYS_rt_sigaction, SIGUSR1, NULL, &usual, 8));
    action.restorer = usual.restorer;
    MUST(syscall(SYS_rt_sigaction, 32, &action, NULL, 8));
    MUST(pipe(ends));
    stands_there = 0;
    MUST(pthread_create(&thread, NULL, read_by_hand, (void *)&tid));
    await_sleep(&tid);
    MUST(syscall(SYS_tgkill, getpid(), tid, 32));
    while (!stands_there)
        sched_yield();
    MUST(write(ends[1], "x", 1));
    MUST(pthread_join(thread, &result));
    says(what, stands_there);
    says("it returned", (long)result);
}

// ---- Stacks and filters -----------------------------------------------------

// A thread that takes the stack away on which it stands, and ends: no stack for
// any handler.
static void *end_without_stack(void *stack)
{
    __asm__ volatile("lea 32768(%%rdi), %%rsp\n"
                     "mov $11, %%eax\n" // munmap
                     "syscall\n"
                     "mov $60, %%eax\n" // exit
                     "mov $0, %%edi\n"
                     "syscall\n"
                     :
                     : "D"(stack), "S"(65536L)
                     : "rcx", "r11", "rax", "memory");
    return NULL;
}

static void no_stack(void)
{
    void *stack = mmap(NULL, 65536, PROT_READ | PROT_WRITE,
                       MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    pthread_t thread;

    MUST(pthread_create(&thread, NULL, end_without_stack, stack));
    MUST(pthread_join(thread, NULL));
    says("its stack is gone", error_of(madvise(stack, 65536, MADV_NORMAL)));
}

// As Go does: handlers have a stack of their own, because the others are small.
static ucontext_t outside, inside;

static void call_there(void)
{
    syscall(SYS_getppid);
    syscall(SYS_getppid);
}

static void small_stack(void)
{
    struct sigaction action = {.sa_handler = count, .sa_flags = SA_ONSTACK};
    stack_t other = {.ss_size = 65536};
    char *stack = mmap(NULL, 8192, PROT_READ | PROT_WRITE,
                       MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

    MUST(mprotect(stack, 4096, PROT_NONE));
    other.ss_sp = malloc(other.ss_size);
    MUST(sigaltstack(&other, NULL));
    MUST(sigaction(SIGSYS, &action, NULL));
    MUST(getcontext(&inside));
    inside.uc_stack.ss_sp = stack + 4096;
    inside.uc_stack.ss_size = 2048;
    inside.uc_link = &outside;
    makecontext(&inside, call_there, 0);
    MUST(swapcontext(&outside, &inside));
    other.ss_flags = SS_DISABLE;
    MUST(sigaltstack(&other, NULL));
    free(other.ss_sp);
    action.sa_flags = 0;
    MUST(sigaction(SIGSYS, &action, NULL));
    says("on a small stack", 1);
}

// Only what it needs, so that a call of our own would kill it.
static void filtered(void)
{
    struct sock_filter filter[] = {
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, 0),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_write, 3, 0),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_exit_group, 2, 0),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_rt_sigreturn, 1, 0),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_KILL_PROCESS),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
    };
    struct sock_fprog program = {6, filter};

    MUST(prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0));
    MUST(prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program));
    MUST(write(1, "filtered\n", 9));
    _exit(4);
}

static void strict(void)
{
    MUST(prctl(PR_SET_SECCOMP, SECCOMP_MODE_STRICT));
    MUST(write(1, "strict\n", 7));
    syscall(SYS_exit, 5);
}

static char selector;

static void dispatched(int number)
{
    (void)number;
    selector = 0;
    MUST(write(1, "dispatched\n", 11));
    _exit(6);
}

static void own_dispatch(void)
{
    signal(SIGSYS, dispatched);
    MUST(prctl(59, 1, 0, 0, &selector));
    selector = 1;
    getppid();
}

// Whoever traces it is told of its signals, none of which may be ours.
static void traced(void)
{
    pid_t child = vfork();
    int status, stops = 0;

    if (child == 0) {
        ptrace(PTRACE_TRACEME, 0, NULL, NULL);
        execl("/bin/true", "true", (char *)NULL);
        _exit(1);
    }
    while (waitpid(child, &status, 0) == child && WIFSTOPPED(status)) {
        stops += WSTOPSIG(status) != SIGTRAP;
        ptrace(PTRACE_CONT, child, NULL, NULL);
    }
    says("other stops of the traced", stops);
}

static void in_child(const char *what, void (*run)(void))
{
    int status;
    pid_t child = MUST(fork());

    if (child == 0) {
        run();
        _exit(0);
    }
    MUST(waitpid(child, &status, 0));
    says(what, WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status));
}

int main(void)
{
    bad_addresses();
    registers();
    clone_registers();
    raw_clone();
    own_sigsys();
    killed_by_it();
    signal(SIGUSR1, count);
    looks_where("stands there", SA_RESTART);
    looks_where("stands behind", 0);
    no_stack();
    small_stack();
    traced();
    in_child("a filter", filtered);
    in_child("strict", strict);
    in_child("a dispatch of its own", own_dispatch);
    return 0;
}
