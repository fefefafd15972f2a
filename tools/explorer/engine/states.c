// states.c - how many different final states were reached
#include <stdlib.h>

#include "runtime/must.h"
#include "tools/explorer/engine/globals.h"
#include "tools/explorer/engine/loom.h"
#include "tools/explorer/engine/report.h"
#include "tools/explorer/engine/states.h"

static uint64_t *seen; // open addressing; 0: empty
static size_t slots, count;

void states_forget(void)
{
    free(seen);
    seen = NULL;
    slots = count = 0;
}

static void insert(uint64_t state)
{
    size_t slot = state % slots;

    while (seen[slot] && seen[slot] != state)
        slot = (slot + 1) % slots;
    count += !seen[slot];
    seen[slot] = state;
}

static void grow(void)
{
    uint64_t *old = seen;
    size_t old_slots = slots;

    slots = slots ? 2 * slots : 1024;
    seen = MUST(calloc(slots, sizeof *seen));
    count = 0;
    for (size_t i = 0; i < old_slots; i++)
        if (old[i])
            insert(old[i]);
    free(old);
}

static uint64_t mix(uint64_t hash, uint64_t word)
{
    return (hash ^ word) * 0x9e3779b97f4a7c15u + (hash >> 29);
}

// Tasks by their handles: their numbers depend on the order of creation.
static uint64_t blocked_hash(void)
{
    uint64_t sum = 0;

    for (taskset left = loom.blocked; left; left &= left - 1)
        sum += mix(0x51, tasks[set_first(left)].handle);
    return sum;
}

void states_add(void)
{
    uint64_t hash = globals_hash(0x7e1a);

    if (2 * (count + 1) > slots)
        grow();
    hash = mix(hash, loom.failure.kind);
    hash = mix(hash, loom.has_exited ? (uint64_t)loom.exit_status : 256);
    hash = mix(hash, blocked_hash());
    insert(hash ? hash : 1);
}

void states_tell(void)
{
    uint64_t sum = 0;

    for (size_t i = 0; i < slots; i++)
        sum += seen[i];
    report_line("states\t%zu\t%016llx", count, (unsigned long long)sum);
}
