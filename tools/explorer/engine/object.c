// object.c - locks, conditions, semaphores
#include <stdint.h>

#include "tools/explorer/engine/engine.h"

struct object objects[OBJECT_LIMIT];

// Numbers of the objects, found by address; open addressing.
enum { SLOTS = 4 * OBJECT_LIMIT };
static uint32_t slots[SLOTS];
uint32_t object_count = 2; // 0 is none, 1 the budget

static void renew(struct object *object, enum object_kind kind)
{
    object->execution = execution_now;
    object->kind = (uint8_t)kind;
    object->type = 0;
    object->is_destroyed = false;
    object->state.owner = -1;
    object->state.count = 0;
    object->holders = 0;
    object->limit = 0;
    object->round = 0;
    object->signals_lost = 0;
    object->last_event = -1;
    object->pc = NULL;
    object->version = 0;
    object->waits = 0;
    clock_clear(&object->sync);
    clock_clear(&object->readers);
}

uint32_t object_at(uintptr_t address, enum object_kind kind)
{
    uint32_t slot = (uint32_t)((address * 0x9e3779b97f4a7c15u) >> 50) % SLOTS;
    uint32_t number;

    while ((number = slots[slot]) && objects[number].address != address)
        slot = (slot + 1) % SLOTS;
    if (!number) {
        if (object_count == OBJECT_LIMIT)
            return 0;
        number = slots[slot] = object_count++;
        objects[number].address = address;
    }
    if (objects[number].execution != execution_now)
        renew(&objects[number], kind);
    return number;
}

struct object *object_init(uint32_t number, enum object_kind kind)
{
    struct object *object = &objects[number];
    int last_event = object->last_event;

    renew(object, kind);
    object->last_event = last_event;
    return object;
}

void object_begin_execution(void)
{
    renew(&objects[BUDGET], ANY_OBJECT);
}
