// fork.c - children: by fork, by vfork, and by what shares memory with them
//
// A child by fork goes on with its parent's handle, and the writer makes it a
// task of its own. The locks that its parent's thread held are held by it too.
//
// A child by vfork runs on its parent's memory, thread-local or not, while its
// parent stands still. Between the two returns of vfork its events go to a
// handle of its own, which its parent gives back afterwards.
#include <errno.h>
#include <stdarg.h>

#include "tools/recorder/inside/environment.h"
#include "tools/recorder/inside/fork.h"
#include "tools/recorder/inside/raw.h"
#include "tools/recorder/inside/real.h"
#include "tools/recorder/inside/say.h"
#include "tools/trace/state.h"

// ---- fork -------------------------------------------------------------------

// What the forking thread holds, for its child.
static _Thread_local struct trace_state before
    __attribute__((tls_model("initial-exec")));

// The state of a task after all that it has said.
static void present_state(const struct writer_task *task,
                          struct trace_state *state)
{
    struct trace_record *r = (void *)(task->chunk + 1);

    *state = task->state;
    for (; task->chunk && r < task->next; r++)
        if (state_is_moved_by(state, r))
            state_apply(state, r);
}

static void prepare(void)
{
    struct writer_task *task = inside_task();

    before.held_count = 0;
    if (task && inside_records(RECORD_SYNC))
        present_state(task, &before);
}

// What processes share is its parent's alone.
static void hold_again(struct writer_task *task)
{
    for (uint32_t i = 0; i < before.held_count && i < TRACE_HELD; i++)
        if (before.held[i] != 0 && !(before.held[i] & TRACE_SHARED))
            writer_event(task, TRACE_LOCK_ACQUIRE, before.held[i], 0);
}

static void become_child(void)
{
    struct writer_task *task;

    inside_self.tid = raw_gettid();
    inside_self.waits = 0;
    semaphore_forked();
    environment_forked();
    task = inside_task();
    if (!task)
        return;
    writer_become_child(task, inside_birth());
    writer_event(task, TRACE_TASK_NAME,
                 writer_name(&inside.writer, program_invocation_short_name), 0);
    hold_again(task);
}

// The first to be registered: prepare comes after those of the program, which
// may take locks, become_child before those that give them back.
void fork_begin(void)
{
    pthread_atfork(prepare, NULL, become_child);
}

static void say_fork(struct writer_task *task, uint64_t time, pid_t child)
{
    if (task && child > 0)
        say_at(task, time, TRACE_FORK, (uint32_t)child, 0);
}

EXPORT pid_t fork(void)
{
    struct writer_task *task = inside_task_for(RECORD_PROCESS);
    uint64_t time = task ? writer_now() : 0;
    pid_t child = REAL(fork)();

    say_fork(task, time, child);
    return child;
}

// Without the handlers of pthread_atfork.
EXPORT pid_t _Fork(void)
{
    struct writer_task *task = inside_task_for(RECORD_PROCESS);
    uint64_t time = task ? writer_now() : 0;
    pid_t child;

    prepare();
    child = REAL(_Fork)();
    if (child == 0)
        become_child();
    say_fork(task, time, child);
    return child;
}

// ---- vfork ------------------------------------------------------------------

// One of these is left by two returns, so none of our frames may be on the
// stack between: vfork itself is a few instructions, and its return address is
// kept here.
#if defined(__x86_64__)
struct vfork_return {
    long result;
    void *back;
};

__attribute__((used)) static void *vfork_before(void *back)
{
    struct writer_task *task = inside_task_for(RECORD_PROCESS);

    if (!task || inside_self.life != INSIDE_LIVES ||
        inside_self.depth == INSIDE_VFORKS)
        return NULL;
    inside_self.vforks[inside_self.depth].task = task;
    inside_self.vforks[inside_self.depth].back = back;
    inside_self.vforks[inside_self.depth].begin = writer_now();
    inside_self.depth++;
    return (void *)REAL(vfork);
}

__attribute__((used)) static void *vfork_plain(void)
{
    return (void *)REAL(vfork);
}

// Under --calls whoever saw the call has begun its task already.
static void begin_vforked(const struct writer_task *parent)
{
    if (inside_self.task != parent)
        return;
    inside_self.task = writer_task_begin_at(
        &inside.writer, inside_birth(), program_invocation_short_name,
        parent->task, (uint32_t)raw_getpid(), (uint32_t)raw_gettid());
    inside_self.waits = 0;
}

static void end_vforked(struct writer_task *parent, uint64_t time, pid_t child)
{
    struct writer_task *its = inside_self.task;

    if (its && its != parent)
        writer_task_end(its);
    inside_self.task = parent;
    inside_self.life = INSIDE_LIVES;
    inside_self.waits = 0;
    say_fork(parent, time, child);
}

__attribute__((used)) static struct vfork_return vfork_after(long result)
{
    int saved = errno, last = inside_self.depth - 1;
    struct writer_task *parent = inside_self.vforks[last].task;
    struct vfork_return back = {result, inside_self.vforks[last].back};

    if (result == 0) {
        begin_vforked(parent);
    } else {
        inside_self.depth--;
        end_vforked(parent, inside_self.vforks[last].begin, (pid_t)result);
    }
    errno = saved;
    return back;
}

__asm__(".text\n"
        ".globl vfork\n"
        ".type vfork, @function\n"
        "vfork:\n"
        "    mov (%rsp), %rdi\n"
        "    sub $8, %rsp\n"
        "    call vfork_before\n"
        "    add $8, %rsp\n"
        "    test %rax, %rax\n"
        "    je 1f\n"
        "    add $8, %rsp\n"
        "    call *%rax\n" // comes back twice
        "    sub $16, %rsp\n"
        "    movslq %eax, %rdi\n"
        "    call vfork_after\n"
        "    add $8, %rsp\n"
        "    mov %rdx, (%rsp)\n"
        "    ret\n"
        "1:  sub $8, %rsp\n"
        "    call vfork_plain\n"
        "    add $8, %rsp\n"
        "    jmp *%rax\n"
        ".size vfork, . - vfork\n");
#else
// POSIX lets vfork be fork.
EXPORT pid_t vfork(void)
{
    return fork();
}
#endif

// ---- clone ------------------------------------------------------------------

// From now on two may run on this thread's local memory at once: whether it is
// the thread itself must be asked each time.
static void doubt(void)
{
    if (!inside_task() || inside_self.life != INSIDE_LIVES)
        return;
    inside_self.real = inside_self.task;
    inside_self.life = INSIDE_DOUBT;
    inside_self.task = NULL;
}

EXPORT int clone(int (*routine)(void *), void *stack, int flags, void *argument,
                 ...)
{
    void *parent_tid, *tls, *child_tid;
    va_list rest;

    va_start(rest, argument);
    parent_tid = va_arg(rest, void *);
    tls = va_arg(rest, void *);
    child_tid = va_arg(rest, void *);
    va_end(rest);
    if ((flags & CLONE_VM) && !(flags & CLONE_SETTLS))
        doubt();
    return REAL(clone)(routine, stack, flags, argument, parent_tid, tls,
                       child_tid);
}
