// sync.c - what all calls that synchronise have in common
#include "tools/explorer/engine/spin.h"
#include "tools/explorer/engine/sync.h"

uint32_t object_named(const void *address, enum object_kind kind)
{
    uint32_t number = object_at((uintptr_t)address, kind);

    if (!number)
        engine_refuse("more than %d locks and other objects",
                      (int)OBJECT_LIMIT);
    return number;
}

static bool is_trying(enum op_kind op)
{
    return op == OP_TRYLOCK || op == OP_TRY_READ_LOCK ||
           op == OP_TRY_WRITE_LOCK || op == OP_SEM_TRYWAIT ||
           op == OP_SEM_VALUE;
}

struct object *meet(enum op_kind op, const void *address,
                    enum object_kind kind, const void *pc)
{
    uint32_t number = object_named(address, kind);

    if (is_trying(op))
        spin_look(0, 0, number, pc, __builtin_frame_address(0));
    else
        spin_acted();
    arrive((struct op){.kind = (uint8_t)op,
                       .object = number,
                       .address = (uintptr_t)address,
                       .pc = pc});
    if (objects[number].is_destroyed)
        engine_misuse(LOCK_MISUSE, pc, "use of what was destroyed");
    return &objects[number];
}

void sync_acquire(struct object *object)
{
    object->version++;
    clock_join(&TASK->sync, &object->sync);
}

void sync_release(struct object *object)
{
    object->version++;
    TASK->sync.of[task_now]++;
    clock_join(&object->sync, &TASK->sync);
}
