// object.c - locks, conditions, semaphores
#include <stdint.h>

#include "tools/explorer/engine/engine.h"
#include "tools/explorer/engine/globals.h"
#include "tools/explorer/engine/heap.h"

struct object objects[OBJECT_LIMIT];

enum { COPIED_LIMIT = 1 << 20 }; // more is no value that a semaphore has

// Numbers of the objects, found by address; open addressing.
enum { SLOTS = 4 * OBJECT_LIMIT };
static uint32_t slots[SLOTS];
uint32_t object_count = 2; // 0 is none, 1 the budget

static bool has_memory(uintptr_t address)
{
    return globals_have_all(address, sizeof(uint32_t)) || heap_has(address) ||
           task_has(address);
}

void object_write(const struct object *object, uint32_t word)
{
    if (!has_memory(object->address))
        return;
    globals_touch(object->address, sizeof word);
    memcpy((void *)object->address, &word, sizeof word);
}

uint32_t object_read(const struct object *object, uint32_t otherwise)
{
    uint32_t word = otherwise;

    if (has_memory(object->address))
        memcpy(&word, (const void *)object->address, sizeof word);
    return word;
}

// A semaphore that was not made here may be a copy of one that was made
// elsewhere: sem_init left its value there.
static int32_t first_count(const struct object *object, enum object_kind kind)
{
    uint32_t value = kind == SEMAPHORE ? object_read(object, 0) : 0;

    return value < COPIED_LIMIT ? (int32_t)value : 0;
}

static void renew(struct object *object, enum object_kind kind)
{
    object->execution = execution_now;
    object->kind = (uint8_t)kind;
    object->type = 0;
    object->is_destroyed = false;
    object->state.owner = -1;
    object->state.count = first_count(object, kind);
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

// Another kind of object where nobody uses the old one: on a stack, say, the
// next function has its variables there.
static bool is_another(const struct object *object, enum object_kind kind)
{
    return object->kind != kind && object->kind != ATOMIC_CELL &&
           kind != ATOMIC_CELL && kind != ANY_OBJECT &&
           object->state.owner < 0 && object->holders == 0 &&
           (object->state.count == 0 || object->kind == SEMAPHORE);
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
    else if (is_another(&objects[number], kind))
        object_init(number, kind);
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
