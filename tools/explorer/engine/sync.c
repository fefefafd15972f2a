// sync.c - what all calls that synchronise have in common
#include "runtime/message.h"
#include "tools/explorer/engine/bound.h"
#include "tools/explorer/engine/heap.h"
#include "tools/explorer/engine/loom.h"
#include "tools/explorer/engine/section.h"
#include "tools/explorer/engine/spin.h"
#include "tools/explorer/engine/sync.h"

uint32_t object_named(const void *address, enum object_kind kind)
{
    uint32_t number = object_at((uintptr_t)address, kind);

    if (!number)
        engine_refuse(M("more than %d locks and other objects",
                        "más de %d cerrojos y otros objetos"),
                      (int)OBJECT_LIMIT);
    return number;
}

// What an operation means to a loop that waits: taking a lock and giving it
// back leaves everything as it was; whether a try succeeds is looked at.
enum meaning { ACTS, LOOKS, TAKES, NEITHER };

static enum meaning meaning_of(enum op_kind op)
{
    switch (op) {
    case OP_TRYLOCK:
    case OP_TRY_READ_LOCK:
    case OP_TRY_WRITE_LOCK:
    case OP_SEM_TRYWAIT:
    case OP_SEM_VALUE:
        return LOOKS;
    case OP_LOCK:
    case OP_TIMEDLOCK:
    case OP_READ_LOCK:
    case OP_TIMED_READ_LOCK:
    case OP_WRITE_LOCK:
    case OP_TIMED_WRITE_LOCK:
        return TAKES;
    case OP_UNLOCK:
    case OP_READ_WRITE_UNLOCK:
    case OP_SIGNAL:
    case OP_BROADCAST:
        return NEITHER;
    default:
        return ACTS;
    }
}

// May expire, of which the whole execution has a budget.
static bool is_timed(enum op_kind op)
{
    return op == OP_TIMEDLOCK || op == OP_TIMED_READ_LOCK ||
           op == OP_TIMED_WRITE_LOCK || op == OP_SEM_TIMEDWAIT;
}

// What stands in the memory of an object that was destroyed. Where something
// else does, the program has put another one there: an initialiser, in a
// function that is called again.
#define DESTROYED 0xdeaddeadu

void sync_destroy(struct object *object)
{
    object->is_destroyed = true;
    object_write(object, DESTROYED);
}

static bool is_made_anew(const struct object *object)
{
    return object->is_destroyed && object_read(object, DESTROYED) != DESTROYED;
}

void sync_check(uint32_t number, const void *pc)
{
    uintptr_t address = objects[number].address;

    if (heap_has(address))
        heap_check(address, 1, true, pc);
    if (is_made_anew(&objects[number]))
        object_init(number, objects[number].kind);
    if (objects[number].is_destroyed)
        engine_misuse(
            LOCK_MISUSE, pc, "%s",
            M("use of what was destroyed", "uso de lo que ya se destruyó"));
}

struct object *meet(enum op_kind op, const void *address, enum object_kind kind,
                    const void *pc)
{
    uint32_t number = object_named(address, kind);

    switch (meaning_of(op)) {
    case LOOKS:
        spin_look(0, 0, number, pc, NULL);
        break;
    case TAKES:
        spin_look(0, 0, 0, pc, NULL);
        break;
    case ACTS:
        spin_acted();
        break;
    case NEITHER:
        break;
    }
    if (is_timed(op) && loom.left.expiries <= 0)
        bound_met(BOUND_EXPIRIES, pc);
    if (section_is_mine())
        bound_met(BOUND_SECTIONS, pc);
    arrive((struct op){.kind = (uint8_t)op,
                       .object = number,
                       .second = is_timed(op) ? BUDGET : 0,
                       .is_timed = is_timed(op),
                       .address = (uintptr_t)address,
                       .pc = pc});
    sync_check(number, pc);
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
