// spin.c - tasks that wait in a loop, without blocking
#include "tools/explorer/engine/spin.h"

// So many looks in a row are an ordinary program's.
enum { PATIENCE = 3 };

// Where the innermost function of the program has its frame, when the caller
// does not know: above what its first hook pushed.
static const void *program_frame(void)
{
    int count = TASK->call_count;

    return count ? TASK->calls[count - 1].address + 2 * sizeof(void *)
                 : TASK->stack + STACK_BYTES;
}

static uint64_t stack_hash(const void *frame)
{
    const uint64_t *word = (const uint64_t *)((uintptr_t)frame & ~(uintptr_t)7);
    const uint64_t *end = (const uint64_t *)(TASK->stack + STACK_BYTES);
    uint64_t hash = (uint64_t)(end - word) + TASK->held;

    for (; word < end; word++)
        hash = (hash ^ *word) * 0x9e3779b97f4a7c15u + (hash >> 29);
    return hash;
}

static int version_of(uintptr_t address, uint32_t size, uint32_t object)
{
    uintptr_t end = address + size;
    int version = 0;

    if (size == 0)
        return (int)objects[object].version;
    for (struct cell *cell = cell_first(address, size); cell;
         cell = cell_next(cell, end))
        version += (int)cell->version;
    return version;
}

static bool has_changed(const struct task *task)
{
    for (int i = 0; i < task->glance_count; i++) {
        const struct glance *glance = &task->glances[i];

        if (version_of(glance->address, glance->size, glance->object) !=
            glance->version)
            return true;
    }
    return false;
}

static bool is_remembered(uintptr_t address, uint32_t size, uint32_t object)
{
    for (int i = 0; i < TASK->glance_count; i++) {
        const struct glance *glance = &TASK->glances[i];

        if (glance->address == address && glance->size == size &&
            glance->object == object)
            return true;
    }
    return false;
}

static void remember(uintptr_t address, uint32_t size, uint32_t object)
{
    if (TASK->glance_count < 0 || is_remembered(address, size, object))
        return;
    if (TASK->glance_count == GLANCE_LIMIT) {
        TASK->glance_count = -1; // a loop too wide to be understood
        return;
    }
    TASK->glances[TASK->glance_count++] =
        (struct glance){.address = address,
                        .size = size,
                        .object = object,
                        .version = version_of(address, size, object)};
}

static void anchor(const void *pc, const void *frame)
{
    TASK->loop_pc = pc;
    TASK->loop_state = stack_hash(frame);
    TASK->loop_anchor = TASK->looks;
    TASK->loop_held = TASK->held;
    TASK->glance_count = 0;
}

static bool has_come_round(const void *pc, const void *frame)
{
    return pc == TASK->loop_pc && TASK->glance_count > 0 &&
           !has_changed(TASK) && stack_hash(frame) == TASK->loop_state;
}

void spin_look(uintptr_t address, uint32_t size, uint32_t object,
               const void *pc, const void *frame)
{
    if (++TASK->looks < PATIENCE)
        return;
    if (!frame)
        frame = program_frame();
    if (has_come_round(pc, frame)) {
        TASK->is_parked = true;
        return;
    }
    if (!TASK->loop_pc || TASK->looks >= 2 * TASK->loop_anchor)
        anchor(pc, frame);
    if (size || object)
        remember(address, size, object);
}

void spin_acted(void)
{
    TASK->looks = 0;
    TASK->loop_pc = NULL;
}

void spin_released(void)
{
    TASK->held--;
    if (TASK->held < TASK->loop_held)
        TASK->loop_pc = NULL; // the loop goes on where less is held
}

bool spin_is_idle(struct task *task)
{
    if (!task->is_parked)
        return false;
    if (!has_changed(task))
        return true;
    task->is_parked = false;
    task->op.is_parked = true;
    task->looks = 0;
    task->loop_pc = NULL;
    return false;
}

bool spin_watches(const struct task *task, const struct op *op)
{
    if (!task->is_parked || op->kind == OP_READ)
        return false;
    for (int i = 0; i < task->glance_count; i++) {
        const struct glance *glance = &task->glances[i];

        if (glance->size == 0 ? op->object == glance->object
                              : op->address < glance->address + glance->size &&
                                    glance->address < op->address + op->size)
            return true;
    }
    return false;
}
