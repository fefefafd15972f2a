// trap.c - what interrupts the program from outside: faults and the clock
#include <signal.h>
#include <stdio.h>
#include <sys/time.h>
#include <ucontext.h>

#include "runtime/message.h"
#include "runtime/must.h"
#include "tools/explorer/engine/loom.h"
#include "tools/explorer/engine/touch.h"
#include "tools/explorer/engine/trap.h"

enum { TICK_MICROSECONDS = 100 * 1000, PATIENCE_TICKS = 30 };

static volatile sig_atomic_t ticked;
static volatile sig_atomic_t quiet_ticks;
volatile sig_atomic_t trap_is_late;
static uint32_t ticking_execution;

bool trap_ticked(void)
{
    bool was = ticked;

    ticked = 0;
    return was;
}

// Its code lies in the executable, the engine's in a section of its own there.
extern char __executable_start[], etext[];
extern char __start_weave_text[], __stop_weave_text[];

static bool is_between(const void *pc, const char *begin, const char *end)
{
    return (const char *)pc >= begin && (const char *)pc < end;
}

bool trap_is_program(const void *pc)
{
    return is_between(pc, __executable_start, etext) &&
           !is_between(pc, __start_weave_text, __stop_weave_text);
}

static const void *pc_of(const ucontext_t *context)
{
#if defined(__x86_64__)
    return (const void *)context->uc_mcontext.gregs[REG_RIP];
#else
    return (const void *)context->uc_mcontext.pc;
#endif
}

static bool is_stack_guard(uintptr_t address)
{
    uintptr_t stack = (uintptr_t)TASK->stack;

    return address < stack && address + STACK_GUARD_BYTES >= stack;
}

static void say(struct failure *failure, int signal, uintptr_t address)
{
    const char *text;

    if (is_stack_guard(address) && signal == SIGSEGV)
        text = M("the stack overflowed (%zu KiB)",
                 "se desbordó la pila (%zu KiB)");
    else if (signal == SIGSEGV || signal == SIGBUS)
        text = M("access to memory that does not exist",
                 "acceso a memoria que no existe");
    else if (signal == SIGFPE)
        text = M("arithmetic error: division by zero or overflow",
                 "error aritmético: división por cero o desborde");
    else
        text = M("an instruction that does not exist (or __builtin_trap)",
                 "una instrucción que no existe (o __builtin_trap)");
    snprintf(failure->text, sizeof failure->text, text,
             (size_t)STACK_BYTES / 1024);
}

// In the engine's own code behind a wild access nothing can be trusted.
_Noreturn static void give_up(void)
{
    engine_refuse(
        M("the engine itself was damaged", "el motor mismo quedó dañado"));
}

static const void *late_pc;
static struct failure landing; // what the program shall land on

_Noreturn static void land(void)
{
    engine_fail(&landing);
    loom_leave();
}

// Behind the handler the task goes on there, on its own stack, of which
// nothing else is needed any more.
static void divert(ucontext_t *context, void (*landing_place)(void))
{
    uintptr_t top = (uintptr_t)TASK->stack + STACK_BYTES - 256;

#if defined(__x86_64__)
    context->uc_mcontext.gregs[REG_RSP] = (greg_t)(top - 8); // as if called
    context->uc_mcontext.gregs[REG_RIP] = (greg_t)(uintptr_t)landing_place;
#else
    context->uc_mcontext.sp = top;
    context->uc_mcontext.pc = (uintptr_t)landing_place;
#endif
}

// The C library's own code blames the call that led there.
static const void *blamed(const ucontext_t *context)
{
    const char *pc = pc_of(context);

    return trap_is_program(pc) ? pc + 1 : touch_pc; // as calls return behind it
}

static void on_fault(int signal, siginfo_t *info, void *context)
{
    struct failure failure = {.kind = CRASH,
                              .task = task_now,
                              .other = -1,
                              .pc = blamed(context),
                              .address = (uintptr_t)info->si_addr};

    if (!loom.is_running)
        give_up();
    say(&failure, signal, failure.address);
    landing = failure;
    divert(context, land);
}

_Noreturn static void land_late(void)
{
    trap_end_late(late_pc);
}

// The same execution for so long: it runs for ever. Only the program's own code
// can be left in the middle; else the next access will do it.
static void on_tick(int signal, siginfo_t *info, void *context)
{
    (void)signal, (void)info;
    ticked = 1;
    if (!loom.is_running || ticking_execution != execution_now) {
        ticking_execution = execution_now;
        quiet_ticks = trap_is_late = 0;
        return;
    }
    if (++quiet_ticks < PATIENCE_TICKS)
        return;
    trap_is_late = 1;
    late_pc = pc_of(context);
    if (trap_is_program(late_pc))
        divert(context, land_late);
}

void trap_end_late(const void *pc)
{
    engine_refuse_at(pc, "%s",
                     M("an execution has no end after 3 s: it is too long to "
                       "explore, or endless",
                       "una ejecución no termina en 3 s: es muy larga para "
                       "explorarla, o no tiene fin"));
}

static void on(int signal, void (*handler)(int, siginfo_t *, void *))
{
    struct sigaction action = {.sa_sigaction = handler,
                               .sa_flags = SA_SIGINFO | SA_ONSTACK |
                                           SA_NODEFER | SA_RESTART};

    MUST(sigaction(signal, &action, NULL));
}

void trap_begin(void)
{
    static char stack[64 * 1024];
    struct itimerval tick = {{0, TICK_MICROSECONDS}, {0, TICK_MICROSECONDS}};

    MUST(
        sigaltstack(&(stack_t){.ss_sp = stack, .ss_size = sizeof stack}, NULL));
    on(SIGSEGV, on_fault);
    on(SIGBUS, on_fault);
    on(SIGFPE, on_fault);
    on(SIGILL, on_fault);
    on(SIGTRAP, on_fault);
    on(SIGPROF, on_tick);
    MUST(setitimer(ITIMER_PROF, &tick, NULL));
}
