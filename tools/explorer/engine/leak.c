// leak.c - blocks that nothing points to any more
//
// Conservative: whatever looks like an address in a block keeps it.
#include <stdio.h>

#include "runtime/message.h"
#include "tools/explorer/engine/block.h"

// The program's globals (ld makes these names).
extern char __start_telar_data[], __stop_telar_data[];
extern char __start_telar_bss[], __stop_telar_bss[];

// Reached blocks whose contents are still to be looked through, by their next.
static struct block *found;

static void reach(uintptr_t address)
{
    struct block *block = heap_has(address) ? block_near(address) : NULL;

    if (!block || block->is_reached || !block_is_live(block) ||
        address < block_address(block) ||
        address > block_address(block) + block->size)
        return;
    block->is_reached = true;
    block->next = found;
    found = block;
}

static void look_through(const void *begin, const void *end)
{
    const uintptr_t *word =
        (const uintptr_t *)(((uintptr_t)begin + 7) & ~(uintptr_t)7);

    for (; (const void *)(word + 1) <= end; word++)
        reach(*word);
}

static void look_through_blocks(void)
{
    while (found) {
        struct block *block = found;
        const char *begin = (const char *)block_address(block);

        found = block->next;
        look_through(begin, begin + block->size);
    }
}

// A task without a call has returned from its first function.
static void look_through_stacks(void)
{
    for (int t = 0; t < task_count; t++)
        if (tasks[t].life == TASK_LIVE && tasks[t].call_count > 0)
            look_through(tasks[t].stack_pointer, tasks[t].stack + STACK_BYTES);
}

static void describe(struct failure *failure, const struct block *first,
                     size_t count, size_t bytes)
{
    *failure = (struct failure){.kind = LEAK,
                                .task = first->allocated_by,
                                .other = -1,
                                .pc = first->allocated_at,
                                .address = block_address(first),
                                .size = (uint32_t)first->size};
    if (count == 1)
        snprintf(failure->text, sizeof failure->text,
                 M("a block of %zu %s was never freed and nothing points to it",
                   "un bloque de %zu %s nunca se liberó y nada apunta a él"),
                 bytes, BYTES(bytes));
    else
        snprintf(failure->text, sizeof failure->text,
                 M("%zu blocks, %zu bytes, were never freed and nothing points "
                   "to them; the first has %zu %s",
                   "%zu bloques, %zu bytes, nunca se liberaron y nada apunta a "
                   "ellos; el primero tiene %zu %s"),
                 count, bytes, first->size, BYTES(first->size));
}

bool heap_leak(struct failure *failure)
{
    const struct block *first = NULL;
    size_t count = 0, bytes = 0;

    if (heap_execution != execution_now)
        return false;
    for (struct block *block = block_newest; block; block = block->older)
        block->is_reached = false;
    look_through(__start_telar_data, __stop_telar_data);
    look_through(__start_telar_bss, __stop_telar_bss);
    look_through_stacks();
    look_through_blocks();
    for (struct block *block = block_newest; block; block = block->older)
        if (block_is_live(block) && !block->is_reached) {
            first = block;
            count++;
            bytes += block->size;
        }
    if (first)
        describe(failure, first, count, bytes);
    return first != NULL;
}
