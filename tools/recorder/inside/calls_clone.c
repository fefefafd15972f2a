// calls_clone.c - new tasks, dispatched from their first instruction on
//
// A child by fork has a copy of our handler's frame and returns from it like
// its parent. A thread, or a child by vfork, cannot: it goes through a stub
// (calls_stub.c), and its parent with it.
#include <errno.h>
#include <linux/sched.h>
#include <stddef.h>

#include "tools/recorder/inside/calls_parts.h"
#include "tools/recorder/inside/raw.h"

#if defined(__x86_64__)

struct calls_slot calls_slots[CALLS_STUBS];

// ---- What is asked for ------------------------------------------------------

struct request {
    uint64_t flags;
    bool has_stack; // of its own
};

// False when the kernel will refuse it anyway.
static bool read_request(const struct call *call, struct request *request)
{
    const struct clone_args *given = (const void *)call->arguments[0];

    *request = (struct request){0};
    if (call->number == SYS_vfork) {
        request->flags = CLONE_VM | CLONE_VFORK;
    } else if (call->number == SYS_clone) {
        request->flags = (uint64_t)call->arguments[0];
        request->has_stack = call->arguments[1] != 0;
    } else if (call->number == SYS_clone3) {
        if (!calls_readable((long)given, CLONE_ARGS_SIZE_VER0))
            return false;
        request->flags = given->flags;
        request->has_stack = given->stack != 0;
    }
    return true;
}

// ---- fork -------------------------------------------------------------------

static void begin_fork_child(void)
{
    calls_self.spare = NULL;
    calls_self.depth = 0;
    inside_self.tid = raw_gettid();
    raw_call(SYS_rt_sigaction, SIGSYS, &calls_action, 0, CALLS_SET_SIZE);
    inside_self.armed = calls_switch_on();
}

static enum calls_outcome fork_here(struct call *call, long *result)
{
    const long *a = call->arguments;

    *result = raw_call(call->number, a[0], a[1], a[2], a[3], a[4]);
    if (*result != 0)
        return CALLS_RETURNS;
    begin_fork_child();
    calls_registers(call->context)[REG_RAX] = 0;
    return CALLS_GOES_ON; // the call ends in its parent
}

// ---- Through a stub ---------------------------------------------------------

static bool is_like(const struct calls_slot *slot,
                    const struct calls_slot *want)
{
    return slot->target == want->target && slot->number == want->number &&
           slot->kind == want->kind;
}

static atomic_flag slots_taken = ATOMIC_FLAG_INIT;

static int find_slot(const struct calls_slot *want)
{
    for (int i = 0; i < CALLS_STUBS; i++) {
        if (calls_slots[i].target == 0)
            calls_slots[i] = *want;
        if (is_like(&calls_slots[i], want))
            return i;
    }
    return -1;
}

// Signals are held back, so that who has the slots gives them back at once.
static int slot_for(const struct call *call, enum calls_kind kind)
{
    struct calls_slot want = {
        .target = (uintptr_t)calls_registers(call->context)[REG_RIP],
        .number = (uint32_t)call->number,
        .kind = kind,
        .arms = kind != CALLS_GUEST,
    };
    int slot;

    while (
        atomic_flag_test_and_set_explicit(&slots_taken, memory_order_acquire))
        raw_call(SYS_sched_yield);
    slot = find_slot(&want);
    atomic_flag_clear_explicit(&slots_taken, memory_order_release);
    return slot;
}

static void keep_parent(void)
{
    struct calls_kept *kept = &calls_self.kept[calls_self.depth++];

    kept->tid = raw_gettid();
    kept->is_on = false;
    kept->self = inside_self;
    kept->spare = calls_self.spare;
    kept->hides_sigsys = calls_self.hides_sigsys;
}

static enum calls_outcome go_through_stub(struct call *call,
                                          enum calls_kind kind)
{
    int slot = slot_for(call, kind);

    if (slot < 0 || (kind == CALLS_VFORK && calls_self.depth == CALLS_VFORKS))
        return calls_let_go(call, "too many clones: calls unseen from here on");
    if (kind == CALLS_VFORK)
        keep_parent();
    if (kind == CALLS_GUEST)
        calls_note("a clone on its parent's memory: its calls are unseen");
    calls_registers(call->context)[REG_RIP] =
        (greg_t)(calls_stubs + slot * CALLS_STUB_BYTES);
    return CALLS_GOES_ON;
}

static enum calls_kind kind_of(const struct request *request)
{
    if (!(request->flags & CLONE_VM))
        return CALLS_FORK;
    if (request->flags & CLONE_VFORK)
        return CALLS_VFORK;
    return request->flags & CLONE_SETTLS ? CALLS_THREAD : CALLS_GUEST;
}

enum calls_outcome calls_clone(struct call *call, long *result)
{
    struct request request;
    enum calls_kind kind;

    if (!read_request(call, &request))
        return fork_here(call, result);
    kind = kind_of(&request);
    if (kind == CALLS_FORK && !request.has_stack)
        return fork_here(call, result);
    return go_through_stub(call, kind);
}

// ---- Behind the stub --------------------------------------------------------

static struct writer_task *begin_on_parents_memory(void)
{
    struct calls_kept *kept = &calls_self.kept[calls_self.depth - 1];

    kept->is_on = true;
    return kept->self.task ? kept->self.task : kept->self.real;
}

// It runs on its parent's thread-local memory, which says so from now on.
static void begin_vfork_child(void)
{
    struct writer_task *parent = begin_on_parents_memory();
    pid_t tid = raw_gettid();

    calls_self.spare = NULL;
    if (!parent || inside.what == 0)
        return;
    inside_self.task = inside_self.real = writer_task_begin_at(
        &inside.writer, inside_birth(), program_invocation_short_name,
        parent->task, (uint32_t)raw_getpid(), (uint32_t)tid);
    inside_self.tid = tid;
    inside_self.life = INSIDE_LIVES;
}

static void begin_child(const struct calls_slot *slot)
{
    if (slot->kind == CALLS_VFORK)
        begin_vfork_child();
    else if (slot->kind == CALLS_FORK)
        begin_fork_child();
    else
        inside_self.armed = true;
}

static void give_back(struct writer_task *task, struct writer_task *parents)
{
    if (task && task != parents)
        writer_task_end(task);
}

// The child has its own memory by now, or is no more.
static void end_vfork(void)
{
    const struct calls_kept *kept = &calls_self.kept[--calls_self.depth];

    give_back(inside_self.task, kept->self.task);
    give_back(calls_self.spare, kept->spare);
    inside_self.task = kept->self.task;
    inside_self.real = kept->self.real;
    inside_self.tid = kept->self.tid;
    inside_self.life = kept->self.life;
    calls_self.spare = kept->spare;
    calls_self.hides_sigsys = kept->hides_sigsys;
}

static bool is_parent(const struct calls_kept *kept)
{
    return kept->tid == raw_gettid();
}

// A signal may come to the parent before it has said that it goes on.
void calls_see_vfork(void)
{
    const struct calls_kept *kept = &calls_self.kept[calls_self.depth - 1];

    if (kept->is_on && is_parent(kept))
        end_vfork();
}

static void go_on_in_parent(const struct calls_slot *slot, long result)
{
    if (slot->kind == CALLS_VFORK && calls_self.depth > 0 &&
        is_parent(&calls_self.kept[calls_self.depth - 1]))
        end_vfork();
    calls_end(slot->number, result);
}

void calls_after_clone(ucontext_t *context)
{
    enum { RED_ZONE = 128 };
    greg_t *registers = calls_registers(context);
    const long *kept = (const long *)registers[REG_RSP];
    const struct calls_slot *slot = &calls_slots[kept[1]];

    registers[REG_RAX] = kept[0];
    registers[REG_RSP] += RED_ZONE + 2 * (greg_t)sizeof(long);
    registers[REG_RIP] = (greg_t)slot->target;
    if (kept[0] == 0)
        begin_child(slot);
    else
        go_on_in_parent(slot, kept[0]);
}

#endif
