// trap.c - what interrupts the program from outside: faults and the clock
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/time.h>
#include <ucontext.h>
#include <unistd.h>

#include "runtime/message.h"
#include "runtime/must.h"
#include "tools/explorer/engine/loom.h"
#include "tools/explorer/engine/trap.h"

enum { TICK_MICROSECONDS = 100 * 1000, PATIENCE_TICKS = 30 };

static volatile sig_atomic_t ticked;
static volatile sig_atomic_t quiet_ticks;
static uint32_t ticking_execution;

bool trap_ticked(void)
{
    bool was = ticked;

    ticked = 0;
    return was;
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
    static const char line[] = "refuse\tthe engine itself was damaged\nend\n";

    if (write(198, line, sizeof line - 1)) {
    }
    _exit(3);
}

static void on_fault(int signal, siginfo_t *info, void *context)
{
    struct failure failure = {.kind = CRASH,
                              .task = task_now,
                              .other = -1,
                              .pc = pc_of(context),
                              .address = (uintptr_t)info->si_addr};

    if (!loom.is_running)
        give_up();
    say(&failure, signal, failure.address);
    engine_fail(&failure);
    loom_leave();
}

// The same execution, for so long, and no step: it runs for ever.
static void on_tick(int signal, siginfo_t *info, void *context)
{
    (void)signal, (void)info;
    ticked = 1;
    if (!loom.is_running || ticking_execution != execution_now) {
        ticking_execution = execution_now;
        quiet_ticks = 0;
        return;
    }
    if (++quiet_ticks == PATIENCE_TICKS) {
        struct failure failure = {.kind = LIVELOCK,
                                  .task = task_now,
                                  .other = -1,
                                  .pc = pc_of(context)};

        snprintf(failure.text, sizeof failure.text, "%s",
                 M("runs on and on: no end within 3 s of one execution",
                   "sigue y sigue: una ejecución sin fin tras 3 s"));
        engine_fail(&failure);
        loom_leave();
    }
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
    on(SIGALRM, on_tick);
    MUST(setitimer(ITIMER_REAL, &tick, NULL));
}
