// calls_signals.c - signals, as the program believes them to be
//
// While its calls are dispatched SIGSYS must reach our handler at any moment:
// blocked, it would kill. So it is taken out of every mask on its way to the
// kernel, and what the program wanted of it is kept and told back.
#include <errno.h>

#include "tools/recorder/inside/calls_parts.h"
#include "tools/recorder/inside/raw.h"

#if defined(__x86_64__)

static const uint64_t sigsys = CALLS_BIT(SIGSYS);

// ---- Masks ------------------------------------------------------------------

static bool is_changed(uint64_t *mask, int how, uint64_t given)
{
    if (how == SIG_BLOCK)
        *mask |= given;
    else if (how == SIG_UNBLOCK)
        *mask &= ~given;
    else if (how == SIG_SETMASK)
        *mask = given;
    else
        return false;
    *mask &= ~(CALLS_BIT(SIGKILL) | CALLS_BIT(SIGSTOP));
    return true;
}

// The kernel sets the mask of the context when our handler returns: what it
// holds back no longer comes then.
static void set_mask(struct call *call, uint64_t mask)
{
    calls_self.hides_sigsys = mask & sigsys;
    *calls_mask(call->context) = mask & ~sigsys;
}

long calls_change_mask(struct call *call)
{
    const long *a = call->arguments;
    uint64_t before = *calls_mask(call->context), after;

    before |= calls_self.hides_sigsys ? sigsys : 0;
    after = before;
    if (a[3] != CALLS_SET_SIZE)
        return -EINVAL;
    if (a[1]) {
        if (!calls_readable(a[1], CALLS_SET_SIZE))
            return -EFAULT;
        if (!is_changed(&after, (int)a[0], *(const uint64_t *)a[1]))
            return -EINVAL;
        set_mask(call, after);
    }
    if (!a[2])
        return 0;
    if (!calls_writable(a[2], CALLS_SET_SIZE))
        return -EFAULT;
    *(uint64_t *)a[2] = before;
    return 0;
}

// ---- Actions ----------------------------------------------------------------

// Go wants its handlers on a stack of their own, because its usual ones are
// small: so does then ours.
static void follow_stack(const struct calls_action *wanted)
{
    if ((wanted->flags & SA_ONSTACK) == (calls_action.flags & SA_ONSTACK))
        return;
    calls_action.flags ^= SA_ONSTACK;
    raw_call(SYS_rt_sigaction, SIGSYS, &calls_action, 0, CALLS_SET_SIZE);
}

static long keep_aside(long wanted, long old)
{
    struct calls_action before = calls_aside;

    if (wanted) {
        if (!calls_readable(wanted, sizeof before))
            return -EFAULT;
        calls_aside = *(const struct calls_action *)wanted;
        follow_stack(&calls_aside);
    }
    if (old) {
        if (!calls_writable(old, sizeof before))
            return -EFAULT;
        *(struct calls_action *)old = before;
    }
    return 0;
}

// glibc cancels a thread by a signal whose handler looks where it came: from
// 2.41 on a blocked call is only left when the thread stands at that very
// instruction of glibc's. So it is shown where it would stand without us.
enum { CANCEL = 32 };

typedef void handler_of_cancel(int number, siginfo_t *info, void *context);

static handler_of_cancel *on_cancel;

static bool is_ours(uintptr_t place)
{
    return place - calls_from < calls_size;
}

// It is shown a copy: the frame itself is what a stack is unwound by.
static void show_cancel(int number, siginfo_t *info, void *context)
{
    enum { INSTRUCTION = 2 };
    ucontext_t shown = *(ucontext_t *)context;
    struct calls_open *open = &calls_self.open;
    greg_t *place = &calls_registers(&shown)[REG_RIP], here = *place;

    if (!open->context || !is_ours((uintptr_t)here)) {
        on_cancel(number, info, context);
        return;
    }
    *place = calls_registers(open->context)[REG_RIP];
    if (!open->is_done && here != (greg_t)calls_kernel_done)
        *place -= INSTRUCTION;
    on_cancel(number, info, &shown);
}

static void keep_cancel(struct calls_action *action)
{
    if (action->handler == (uintptr_t)SIG_DFL ||
        action->handler == (uintptr_t)SIG_IGN || !(action->flags & SA_SIGINFO))
        return;
    on_cancel = (handler_of_cancel *)action->handler;
    action->handler = (uintptr_t)show_cancel;
}

long calls_change_action(struct call *call)
{
    const long *a = call->arguments;
    struct calls_action action;

    if (a[0] == SIGSYS && a[3] == CALLS_SET_SIZE)
        return keep_aside(a[1], a[2]);
    if (!a[1] || !calls_readable(a[1], sizeof action))
        return raw_call(SYS_rt_sigaction, a[0], a[1], a[2], a[3]);
    action = *(const struct calls_action *)a[1];
    action.mask &= ~sigsys;
    if (a[0] == CANCEL)
        keep_cancel(&action);
    return raw_call(SYS_rt_sigaction, a[0], &action, a[2], a[3]);
}

static void default_action(void)
{
    const struct calls_action action = {.handler = (uintptr_t)SIG_DFL};
    const uint64_t mask = ~sigsys;

    raw_call(SYS_rt_sigaction, SIGSYS, &action, 0, CALLS_SET_SIZE);
    raw_call(SYS_tgkill, raw_getpid(), raw_gettid(), SIGSYS);
    raw_call(SYS_rt_sigprocmask, SIG_SETMASK, &mask, 0, CALLS_SET_SIZE);
}

static void run_handler(int number, siginfo_t *info, ucontext_t *context)
{
    uint64_t during = *calls_mask(context) | calls_aside.mask, all = UINT64_MAX;
    void (*handler)(int, siginfo_t *, void *) = (void *)calls_aside.handler;

    during &= ~sigsys;
    raw_call(SYS_rt_sigprocmask, SIG_SETMASK, &during, 0, CALLS_SET_SIZE);
    handler(number, info, context);
    raw_call(SYS_rt_sigprocmask, SIG_SETMASK, &all, 0, CALLS_SET_SIZE);
    *calls_mask(context) &= ~sigsys;
}

void calls_pass_on(int number, siginfo_t *info, ucontext_t *context)
{
    if (calls_aside.handler == (uintptr_t)SIG_DFL)
        default_action();
    else if (calls_aside.handler != (uintptr_t)SIG_IGN)
        run_handler(number, info, context);
}

// ---- Another stack for handlers ---------------------------------------------

static bool is_within(const stack_t *stack, greg_t pointer)
{
    return (uintptr_t)pointer - (uintptr_t)stack->ss_sp < stack->ss_size;
}

// What was set for the program is what the kernel sets again when our handler
// returns. On that stack itself the kernel would refuse us, but not it.
long calls_change_stack(struct call *call)
{
    const long *a = call->arguments;
    stack_t *kept = &call->context->uc_stack, *wanted = (stack_t *)a[0];
    greg_t stack = calls_registers(call->context)[REG_RSP];
    long result = raw_call(SYS_sigaltstack, wanted, a[1]);

    if (result == -EPERM && !is_within(kept, stack)) {
        if (a[1])
            *(stack_t *)a[1] = *kept;
        result = 0;
    }
    if (result == 0 && wanted)
        *kept = *wanted;
    return result;
}

// ---- Waiting under another mask ---------------------------------------------

// A pointer to a mask in argument number at, replaced by one without SIGSYS.
static long with_mask(struct call *call, int at, uint64_t *copy)
{
    long *mask = &call->arguments[at];

    if (*mask && calls_readable(*mask, CALLS_SET_SIZE)) {
        *copy = *(const uint64_t *)*mask & ~sigsys;
        *mask = (long)copy;
    }
    return calls_made_openly(call);
}

// The same where the argument points to a pointer to a mask, and more.
static long with_pointer(struct call *call, int at, size_t size)
{
    long *argument = &call->arguments[at];
    long parts[3] = {0};
    uint64_t copy;

    if (!*argument || !calls_readable(*argument, size))
        return calls_made_openly(call);
    __builtin_memcpy(parts, (const void *)*argument, size);
    if (parts[0] && calls_readable(parts[0], CALLS_SET_SIZE)) {
        copy = *(const uint64_t *)parts[0] & ~sigsys;
        parts[0] = (long)&copy;
        *argument = (long)parts;
    }
    return calls_made_openly(call);
}

long calls_wait_masked(struct call *call)
{
    enum { EXTENDED = 8, POINTER_AND_SIZE = 16 }; // IORING_ENTER_EXT_ARG
    uint64_t copy;

    switch (call->number) {
    case SYS_rt_sigsuspend:
        return with_mask(call, 0, &copy);
    case SYS_ppoll:
        return with_mask(call, 3, &copy);
    case SYS_pselect6:
    case SYS_io_pgetevents:
        return with_pointer(call, 5, POINTER_AND_SIZE);
    case SYS_io_uring_enter:
        return call->arguments[3] & EXTENDED
                   ? with_pointer(call, 4, 3 * sizeof(long))
                   : with_mask(call, 4, &copy);
    default: // epoll_pwait, epoll_pwait2
        return with_mask(call, 4, &copy);
    }
}

// ---- Back from a handler ----------------------------------------------------

// The program's frame lies where its stack pointer stands; ours is left behind.
void calls_return(struct call *call)
{
    greg_t frame = calls_registers(call->context)[REG_RSP];

    *calls_mask((ucontext_t *)frame) &= ~sigsys;
    __asm__ volatile("mov %0, %%rsp\n"
                     "mov $15, %%eax\n"
                     "syscall\n"
                     "hlt"
                     :
                     : "r"(frame)
                     : "memory");
    __builtin_unreachable();
}

#endif
