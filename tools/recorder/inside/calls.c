// calls.c - the handler of SIGSYS: each system call of the program
//
// It runs with all signals held back, so that no two events of a thread are
// ever written one within the other. A call that may wait is made with the
// program's own mask, opened just for it: what comes meanwhile finds the call
// as it would without us (restarted, or ended with EINTR). A signal that comes
// at any other time comes when the handler returns.
#include <asm/prctl.h>
#include <elf.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/seccomp.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>

#include "tools/recorder/calls_names.h"
#include "tools/recorder/inside/calls.h"
#include "tools/recorder/inside/calls_parts.h"
#include "tools/recorder/inside/filter.h"
#include "tools/recorder/inside/loading.h"
#include "tools/recorder/inside/raw.h"

#if defined(__x86_64__)

#ifndef PR_SET_SYSCALL_USER_DISPATCH // Linux 5.11
#define PR_SET_SYSCALL_USER_DISPATCH 59
#endif
enum { DISPATCH_ON = 1, ALLOW = 0, BLOCK = 1, IS_DISPATCH = 2 };

#ifndef AUDIT_ARCH_X86_64
#define AUDIT_ARCH_X86_64 0xc000003e
#endif

_Thread_local struct calls_self calls_self;

uintptr_t calls_from, calls_size;
volatile char calls_selector = BLOCK;
struct calls_action calls_aside;

// ---- What the program's memory allows ---------------------------------------

// Every signal is blocked here, so that blocking more changes nothing: the
// kernel only looks whether it can read the set, or write one.
bool calls_readable(long address, size_t size)
{
    long last = address + (long)size - CALLS_SET_SIZE;

    return raw_call(SYS_rt_sigprocmask, SIG_BLOCK, address, 0,
                    CALLS_SET_SIZE) == 0 &&
           raw_call(SYS_rt_sigprocmask, SIG_BLOCK, last, 0, CALLS_SET_SIZE) ==
               0;
}

bool calls_writable(long address, size_t size)
{
    long last = address + (long)size - CALLS_SET_SIZE;

    return raw_call(SYS_rt_sigprocmask, SIG_BLOCK, 0, address,
                    CALLS_SET_SIZE) == 0 &&
           raw_call(SYS_rt_sigprocmask, SIG_BLOCK, 0, last, CALLS_SET_SIZE) ==
               0;
}

// ---- Events -----------------------------------------------------------------

// A name that was asked for is kept: numbers of names are never 0.
static uint32_t name_once(_Atomic uint32_t *kept, const char *name)
{
    uint32_t number = atomic_load_explicit(kept, memory_order_relaxed);

    if (number == 0) {
        number = writer_name(&inside.writer, name);
        atomic_store_explicit(kept, number, memory_order_relaxed);
    }
    return number;
}

static uint32_t name_of(long number)
{
    static _Atomic uint32_t kept[CALLS_LIMIT + 1];
    bool is_call = number >= 0 && number < CALLS_LIMIT;
    char text[16];

    return name_once(&kept[is_call ? number : CALLS_LIMIT],
                     calls_name(number, text));
}

static uint32_t sort_of(long number)
{
    static _Atomic uint32_t kept[CALLS_SORT_COUNT];
    enum calls_sort sort = calls_sort(number);

    return name_once(&kept[sort], calls_sort_names[sort]);
}

// The program's signal handler may have come in the middle of an event of the
// library's: its calls are then written beside it.
static struct writer_task *handle(void)
{
    struct writer_task *task = inside_task();

    if (!task || !atomic_load_explicit(&task->busy, memory_order_relaxed))
        return task;
    if (!calls_self.spare)
        calls_self.spare = writer_task_join(&inside.writer, task->task);
    return calls_self.spare;
}

void calls_begin(long number)
{
    struct writer_task *task = handle();

    if (task)
        writer_event(task, TRACE_CALL_BEGIN, name_of(number), sort_of(number));
}

void calls_end(long number, long result)
{
    struct writer_task *task = handle();

    if (task)
        writer_event(task, TRACE_CALL_END, name_of(number), (uint64_t)result);
}

// ---- Making a call ----------------------------------------------------------

static long made(const struct call *call)
{
    return calls_kernel(call->number, call->arguments);
}

long calls_made_openly(struct call *call)
{
    uint64_t *mask = calls_mask(call->context), all = UINT64_MAX;
    struct calls_open outer = calls_self.open;
    long result;

    calls_self.open = (struct calls_open){.context = call->context};
    raw_call(SYS_rt_sigprocmask, SIG_SETMASK, mask, 0, CALLS_SET_SIZE);
    result = calls_kernel(call->number, call->arguments);
    calls_self.open.is_done = true;
    raw_call(SYS_rt_sigprocmask, SIG_SETMASK, &all, mask, CALLS_SET_SIZE);
    calls_self.open = outer;
    *mask &= ~CALLS_BIT(SIGSYS);
    return result;
}

static long made_usually(struct call *call)
{
    bool is_short = call->number >= 0 && call->number < CALLS_LIMIT &&
                    calls_table[call->number].way == CALLS_SHORT;

    return is_short ? made(call) : calls_made_openly(call);
}

static bool may_ask; // for what is executed to be seen loading

// The new program shall find SIGSYS blocked or ignored if this one left it so.
static long execute(struct call *call)
{
    const long *a = call->arguments;

    if (may_ask && call->number == SYS_execve)
        loading_comes(AT_FDCWD, (const char *)a[0]);
    else if (may_ask)
        loading_comes((int)a[0], (const char *)a[1]);
    if (calls_self.hides_sigsys)
        *calls_mask(call->context) |= CALLS_BIT(SIGSYS);
    return calls_made_openly(call);
}

static long end_of(struct call *call, int status)
{
    inside_end(status);
    if (calls_self.spare)
        writer_task_end(calls_self.spare);
    calls_self.spare = NULL;
    return made(call);
}

// ---- Letting go -------------------------------------------------------------

enum { INSTRUCTION = 2 }; // bytes of a system call

static enum calls_outcome once_more(struct call *call)
{
    calls_registers(call->context)[REG_RIP] -= INSTRUCTION;
    return CALLS_GOES_ON;
}

void calls_note(const char *what)
{
    struct writer_task *task = handle();

    if (task)
        writer_event(task, TRACE_NOTE, writer_name(&inside.writer, what), 0);
}

static bool is_dispatch(const struct call *call)
{
    return call->number == SYS_prctl &&
           call->arguments[0] == PR_SET_SYSCALL_USER_DISPATCH;
}

static bool is_filter(const struct call *call)
{
    if (call->number == SYS_prctl)
        return call->arguments[0] == PR_SET_SECCOMP;
    return call->number == SYS_seccomp &&
           call->arguments[0] <= SECCOMP_SET_MODE_FILTER;
}

enum calls_outcome calls_let_go(struct call *call, const char *why)
{
    calls_note(why);
    calls_selector = ALLOW;
    if (is_dispatch(call))
        raw_call(SYS_rt_sigaction, SIGSYS, &calls_aside, 0, CALLS_SET_SIZE);
    if (is_filter(call))
        filter_comes();
    return once_more(call);
}

static bool is_own_stack(const struct call *call)
{
    uintptr_t stack = (uintptr_t)calls_registers(call->context)[REG_RSP];

    return stack - (uintptr_t)call->arguments[0] <
           (uintptr_t)call->arguments[1];
}

// From here on this thread's calls go to the kernel as they are.
static enum calls_outcome leave(struct call *call)
{
    raw_call(SYS_prctl, PR_SET_SYSCALL_USER_DISPATCH, 0, 0, 0, 0);
    inside_self.armed = false;
    return once_more(call);
}

// Calls after which our handler could not work, or must not.
static const char *reason_to_let_go(const struct call *call)
{
    if (is_filter(call))
        return "seccomp filter: unseen from here on";
    if (is_dispatch(call))
        return "dispatch of its own: calls unseen from here on";
    if (call->number == SYS_arch_prctl && call->arguments[0] == ARCH_SET_FS)
        return "thread-local memory of its own: calls unseen from here on";
    return NULL;
}

// ---- The handler ------------------------------------------------------------

static enum calls_outcome make(struct call *call, long *result)
{
    switch (call->number) {
    case SYS_rt_sigreturn:
        calls_return(call);
    case SYS_rt_sigprocmask:
        *result = calls_change_mask(call);
        return CALLS_RETURNS;
    case SYS_rt_sigaction:
        *result = calls_change_action(call);
        return CALLS_RETURNS;
    case SYS_sigaltstack:
        *result = calls_change_stack(call);
        return CALLS_RETURNS;
    case SYS_fork:
    case SYS_vfork:
    case SYS_clone:
    case SYS_clone3:
        return calls_clone(call, result);
    case SYS_execve:
    case SYS_execveat:
        *result = execute(call);
        return CALLS_RETURNS;
    case SYS_exit:
        *result = end_of(call, 0);
        return CALLS_RETURNS;
    case SYS_exit_group:
        *result = end_of(call, (call->arguments[0] & 255) << 8);
        return CALLS_RETURNS;
    case SYS_munmap:
        if (is_own_stack(call)) // no stack for our handler
            return leave(call);
        break;
    case SYS_ptrace:
        if (call->arguments[0] == PTRACE_TRACEME) // each SIGSYS would stop it
            return leave(call);
        break;
    case SYS_rt_sigsuspend:
    case SYS_ppoll:
    case SYS_pselect6:
    case SYS_epoll_pwait:
    case SYS_epoll_pwait2:
    case SYS_io_pgetevents:
    case SYS_io_uring_enter:
        *result = calls_wait_masked(call);
        return CALLS_RETURNS;
    }
    *result = made_usually(call);
    return CALLS_RETURNS;
}

static void take_call(struct call *call)
{
    const char *reason = reason_to_let_go(call);
    long result;

    calls_begin(call->number);
    if (reason) {
        calls_let_go(call, reason);
    } else if (make(call, &result) == CALLS_RETURNS) {
        calls_end(call->number, result);
        calls_registers(call->context)[REG_RAX] = result;
    }
}

static void read_call(struct call *call, ucontext_t *context)
{
    static const int where[] = {REG_RDI, REG_RSI, REG_RDX,
                                REG_R10, REG_R8,  REG_R9};
    const greg_t *registers = calls_registers(context);

    call->context = context;
    call->number = (int)registers[REG_RAX];
    for (int i = 0; i < 6; i++)
        call->arguments[i] = (long)registers[where[i]];
}

static void on_sigsys(int number, siginfo_t *info, void *context)
{
    int saved = errno;
    struct call call;

    if (unlikely(calls_self.depth > 0))
        calls_see_vfork();
    if (info->si_code != IS_DISPATCH) {
        calls_pass_on(number, info, context);
    } else if (info->si_call_addr == calls_trapped) {
        calls_after_clone(context);
    } else {
        read_call(&call, context);
        if (info->si_arch == AUDIT_ARCH_X86_64)
            take_call(&call);
        else
            calls_let_go(&call, "calls of 32 bits: unseen from here on");
    }
    errno = saved;
}

// ---- Arming -----------------------------------------------------------------

struct calls_action calls_action = {
    .handler = (uintptr_t)on_sigsys,
    .flags = SA_SIGINFO | 0x04000000, // SA_RESTORER
    .restorer = calls_restorer,
    .mask = UINT64_MAX,
};

extern const Elf64_Ehdr __ehdr_start __attribute__((visibility("hidden")));

// All of this library's text up to the trap.
static bool find_text(void)
{
    uintptr_t base = (uintptr_t)&__ehdr_start, trap = (uintptr_t)calls_trap;
    const Elf64_Phdr *part = (const void *)(base + __ehdr_start.e_phoff);

    for (int i = 0; i < __ehdr_start.e_phnum; i++)
        if (part[i].p_type == PT_LOAD &&
            trap - base - part[i].p_vaddr < part[i].p_memsz) {
            calls_from = base + part[i].p_vaddr;
            calls_size = trap - calls_from;
            return (uintptr_t)on_sigsys - calls_from < calls_size;
        }
    return false;
}

// Once a process.
static bool install(void)
{
    static bool is_done;

    if (is_done)
        return true;
    is_done = find_text() && raw_call(SYS_rt_sigaction, SIGSYS, &calls_action,
                                      &calls_aside, CALLS_SET_SIZE) == 0;
    return is_done;
}

static void unblock_sigsys(void)
{
    uint64_t sigsys = CALLS_BIT(SIGSYS), before = 0;

    raw_call(SYS_rt_sigprocmask, SIG_UNBLOCK, &sigsys, &before, CALLS_SET_SIZE);
    calls_self.hides_sigsys = before & sigsys;
}

bool calls_switch_on(void)
{
    return raw_call(SYS_prctl, PR_SET_SYSCALL_USER_DISPATCH, DISPATCH_ON,
                    calls_from, calls_size, &calls_selector) == 0;
}

static void read_status(char *text, size_t size)
{
    long fd = raw_call(SYS_openat, AT_FDCWD, "/proc/self/status", O_CLOEXEC);
    long length = raw_call(SYS_read, fd, text, size - 1);

    raw_call(SYS_close, fd);
    text[length > 0 ? length : 0] = '\0';
}

static unsigned number_in(const char *status, const char *name)
{
    const char *at = strstr(status, name);
    unsigned number = 0;

    if (at)
        for (at += strlen(name); *at >= '0' && *at <= '9'; at++)
            number = number * 10 + (unsigned)(*at - '0');
    return number;
}

// A debugger would be told of each SIGSYS, and tell its user.
static bool is_traced(const char *status)
{
    return number_in(status, "TracerPid:\t") != 0;
}

// No filter but those that telar-run is under as well.
static bool is_open(const char *status)
{
    return *status && number_in(status, "Seccomp_filters:\t") ==
                          RECORD_FILTERS_OF(inside.what);
}

// Under valgrind the dispatch would be valgrind's. To a processor these
// instructions are nothing; valgrind answers the question in question[0].
static bool is_under_valgrind(void)
{
    uint64_t question[6] = {0x1001}, answer = 0; // RUNNING_ON_VALGRIND

    __asm__ volatile("rolq $3, %%rdi\n rolq $13, %%rdi\n"
                     "rolq $61, %%rdi\n rolq $51, %%rdi\n"
                     "xchgq %%rbx, %%rbx\n"
                     : "+d"(answer)
                     : "a"(question)
                     : "cc", "memory");
    return answer != 0;
}

static const char *reason_not_to_arm(void)
{
    char status[4096];

    if (is_under_valgrind())
        return "valgrind: calls unseen from here on";
    read_status(status, sizeof status);
    may_ask = is_open(status);
    if (is_traced(status))
        return "traced by another process: calls unseen from here on";
    return install() ? NULL : "no dispatch: calls unseen from here on";
}

void calls_arm(void)
{
    const char *reason;

    if (inside_self.armed || calls_selector == ALLOW)
        return;
    reason = reason_not_to_arm();
    if (!reason) {
        unblock_sigsys();
        inside_self.armed = calls_switch_on();
        reason = inside_self.armed ? NULL
                                   : "the kernel refused the dispatch: calls "
                                     "unseen from here on";
    }
    if (reason) {
        calls_note(reason);
        calls_selector = ALLOW;
    }
}

#else // no dispatch here

void calls_arm(void)
{
}

#endif
