// filter.c - prctl and syscall are looked at for what installs a filter
#include <linux/seccomp.h>
#include <stdarg.h>
#include <sys/syscall.h>

#include "tools/recorder/inside/environment.h"
#include "tools/recorder/inside/filter.h"
#include "tools/recorder/inside/real.h"
#include "tools/recorder/inside/threads.h"

void filter_comes(void)
{
    struct writer_task *task = inside.what ? inside_task() : NULL;

    if (task)
        writer_event(
            task, TRACE_NOTE,
            writer_name(&inside.writer, "seccomp filter: unseen from here on"),
            0);
    environment_forget();
    inside.what = 0;
    inside_self.task = NULL;
}

EXPORT int prctl(int option, ...)
{
    unsigned long a, b, c, d;
    va_list rest;
    int result;

    va_start(rest, option);
    a = va_arg(rest, unsigned long);
    b = va_arg(rest, unsigned long);
    c = va_arg(rest, unsigned long);
    d = va_arg(rest, unsigned long);
    va_end(rest);
    if (option == PR_SET_SECCOMP)
        filter_comes();
    result = REAL(prctl)(option, a, b, c, d);
    if (option == PR_SET_NAME && result == 0)
        threads_say_name((const char *)a);
    return result;
}

// syscall() may come back twice (a clone with a stack of its own): nothing of
// ours may lie between, so it is left by a jump, its arguments as they were.
#if defined(__x86_64__)
__attribute__((used)) static void *filter_real;

__attribute__((used)) static void filter_find(void)
{
    filter_real = (void *)REAL(syscall);
}

__attribute__((used)) static void filter_check(long number, long operation)
{
    if (number == SYS_prctl ? operation == PR_SET_SECCOMP
                            : operation <= SECCOMP_SET_MODE_FILTER)
        filter_comes();
}

// clang-format off
#define KEEP_ARGUMENTS                                                         \
    "    push %rdi\n push %rsi\n push %rdx\n push %rcx\n push %r8\n push %r9\n"\
    "    sub $8, %rsp\n"
#define TAKE_ARGUMENTS                                                         \
    "    add $8, %rsp\n"                                                       \
    "    pop %r9\n pop %r8\n pop %rcx\n pop %rdx\n pop %rsi\n pop %rdi\n"
// clang-format on

__asm__(".text\n"
        ".globl syscall\n"
        ".type syscall, @function\n"
        "syscall:\n"
        "    cmp $157, %rdi\n" // prctl
        "    je 2f\n"
        "    cmp $317, %rdi\n" // seccomp
        "    je 2f\n"
        "1:  mov filter_real(%rip), %rax\n"
        "    test %rax, %rax\n"
        "    je 3f\n"
        "    jmp *%rax\n"
        "2:\n" KEEP_ARGUMENTS "    call filter_check\n" TAKE_ARGUMENTS
        "    jmp 1b\n"
        "3:\n" KEEP_ARGUMENTS "    call filter_find\n" TAKE_ARGUMENTS
        "    jmp 1b\n"
        ".size syscall, . - syscall\n");
_Static_assert(SYS_prctl == 157 && SYS_seccomp == 317, "numbers of calls");
#endif
