// blocks.c - pairs each allocation with its free, and finds the holes
#include <stdlib.h>
#include <string.h>

#include "tools/trace/blocks.h"

// ---- Which block lives at an address while the trace is gone through --------

struct blocks_live { // open addressing; number 0: empty
    size_t *numbers; // of the block + 1
    size_t size, count;
};

static size_t hash_of(uint64_t address, uint32_t pid)
{
    uint64_t hash =
        (address >> 4 ^ (uint64_t)pid << 40) * UINT64_C(0x9e3779b97f4a7c15);

    return (size_t)(hash >> 20);
}

static size_t *place_of(const struct blocks_live *live,
                        const struct blocks *blocks, uint64_t address,
                        uint32_t pid)
{
    size_t at = hash_of(address, pid) & (live->size - 1);

    for (;; at = (at + 1) & (live->size - 1)) {
        const struct block *block;

        if (live->numbers[at] == 0)
            return &live->numbers[at];
        block = &blocks->all[live->numbers[at] - 1];
        if (block->address == address && block->pid == pid)
            return &live->numbers[at];
    }
}

// Addresses that were ever used stay: they are used again and again.
static bool live_room(struct blocks_live *live, const struct blocks *blocks)
{
    struct blocks_live more = {.size = live->size ? live->size * 2 : 1024,
                               .count = live->count};

    if (live->count * 2 < live->size)
        return true;
    more.numbers = calloc(more.size, sizeof *more.numbers);
    if (!more.numbers)
        return false;
    for (size_t i = 0; i < live->size; i++)
        if (live->numbers[i]) {
            const struct block *block = &blocks->all[live->numbers[i] - 1];

            *place_of(&more, blocks, block->address, block->pid) =
                live->numbers[i];
        }
    free(live->numbers);
    *live = more;
    return true;
}

static bool block_room(struct blocks *blocks)
{
    size_t room = blocks->room * 2 + 1024;
    struct block *all;

    if (blocks->count < blocks->room)
        return true;
    all = realloc(blocks->all, room * sizeof *all);
    if (!all)
        return false;
    blocks->all = all;
    blocks->room = room;
    return true;
}

static bool allocated(struct blocks *blocks, struct blocks_live *live,
                      struct block block)
{
    size_t *place;

    if (!block_room(blocks) || !live_room(live, blocks))
        return false;
    place = place_of(live, blocks, block.address, block.pid);
    if (*place == 0)
        live->count++;
    else if (blocks->all[*place - 1].died == BLOCK_LIVES_ON)
        blocks->all[*place - 1].died = block.born; // its free was not seen
    blocks->all[blocks->count++] = block;
    *place = blocks->count;
    return true;
}

static void freed(struct blocks *blocks, const struct blocks_live *live,
                  uint64_t address, uint32_t pid, uint32_t event)
{
    size_t *place = live->size ? place_of(live, blocks, address, pid) : NULL;
    struct block *block = place && *place ? &blocks->all[*place - 1] : NULL;

    if (block && block->died == BLOCK_LIVES_ON)
        block->died = event;
    else
        blocks->stray++;
}

static bool take_event(struct blocks *blocks, struct blocks_live *live,
                       const struct reader *reader, size_t event)
{
    const struct trace_record *record = reader_event(reader, event);
    uint16_t kind = TRACE_KIND(record->last);
    const struct trace_entry *entry;
    uint32_t task;

    if (kind != TRACE_ALLOC && kind != TRACE_FREE)
        return true;
    task = reader_task(reader, event);
    entry = reader_entry(reader, task);
    if (kind == TRACE_ALLOC)
        return allocated(blocks, live,
                         (struct block){.address = record->object,
                                        .size_bytes = record->value,
                                        .pid = entry ? entry->pid : 0,
                                        .task = task,
                                        .born = (uint32_t)event,
                                        .died = BLOCK_LIVES_ON});
    freed(blocks, live, record->object, entry ? entry->pid : 0,
          (uint32_t)event);
    return true;
}

static int by_address(const void *a, const void *b)
{
    const struct block *x = a, *y = b;

    if (x->pid != y->pid)
        return x->pid < y->pid ? -1 : 1;
    if (x->address != y->address)
        return x->address < y->address ? -1 : 1;
    return x->born < y->born ? -1 : x->born > y->born;
}

bool blocks_see(struct blocks *blocks, const struct reader *reader,
                size_t event)
{
    uint16_t kind = TRACE_KIND(reader_event(reader, event)->last);

    if (kind != TRACE_ALLOC && kind != TRACE_FREE)
        return true;
    if (!blocks->live)
        blocks->live = calloc(1, sizeof *blocks->live);
    return blocks->live && take_event(blocks, blocks->live, reader, event);
}

static void forget_live(struct blocks *blocks)
{
    if (blocks->live)
        free(blocks->live->numbers);
    free(blocks->live);
    blocks->live = NULL;
}

static bool is_new_run(const struct blocks *blocks, size_t i)
{
    const struct block *all = blocks->all;

    return i == 0 || all[i].pid != all[i - 1].pid ||
           all[i].address != all[i - 1].address;
}

static bool find_runs(struct blocks *blocks)
{
    for (size_t i = 0; i < blocks->count; i++)
        blocks->run_count += is_new_run(blocks, i);
    blocks->runs = malloc((blocks->run_count + 1) * sizeof *blocks->runs);
    if (!blocks->runs)
        return false;
    for (size_t i = 0, n = 0; i < blocks->count; i++)
        if (is_new_run(blocks, i))
            blocks->runs[n++] = i;
    blocks->runs[blocks->run_count] = blocks->count;
    return true;
}

bool blocks_stop(struct blocks *blocks)
{
    forget_live(blocks);
    if (blocks->count)
        qsort(blocks->all, blocks->count, sizeof *blocks->all, by_address);
    if (find_runs(blocks))
        return true;
    blocks_free(blocks);
    return false;
}

bool blocks_build(struct blocks *blocks, const struct reader *reader)
{
    *blocks = (struct blocks){0};
    for (size_t i = 0; i < reader->count; i++)
        if (!blocks_see(blocks, reader, i)) {
            blocks_free(blocks);
            return false;
        }
    return blocks_stop(blocks);
}

void blocks_free(struct blocks *blocks)
{
    forget_live(blocks);
    free(blocks->runs);
    free(blocks->all);
    *blocks = (struct blocks){0};
}

// ---- Asking -----------------------------------------------------------------

static size_t first_of(const struct blocks *blocks, uint32_t pid)
{
    size_t low = 0, high = blocks->count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (blocks->all[middle].pid < pid)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

const struct block *blocks_of(const struct blocks *blocks, uint32_t pid,
                              size_t *count)
{
    size_t from = first_of(blocks, pid);

    *count =
        (pid == UINT32_MAX ? blocks->count : first_of(blocks, pid + 1)) - from;
    return *count ? &blocks->all[from] : NULL;
}

// The first run whose blocks are of that process or of one behind it.
static size_t first_run(const struct blocks *blocks, size_t block)
{
    size_t low = 0, high = blocks->run_count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (blocks->runs[middle] < block)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

struct block_walk blocks_walk(const struct blocks *blocks, uint32_t pid,
                              size_t position)
{
    size_t end = pid == UINT32_MAX ? blocks->count : first_of(blocks, pid + 1);

    return (struct block_walk){blocks, position,
                               first_run(blocks, first_of(blocks, pid)),
                               first_run(blocks, end)};
}

// Of an address the block that was born last before position.
static const struct block *latest_of(const struct blocks *blocks, size_t run,
                                     size_t position)
{
    size_t low = blocks->runs[run], high = blocks->runs[run + 1];

    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (blocks->all[middle].born < position)
            low = middle + 1;
        else
            high = middle;
    }
    return low > blocks->runs[run] ? &blocks->all[low - 1] : NULL;
}

const struct block *blocks_next(struct block_walk *walk)
{
    while (walk->run < walk->end) {
        const struct block *block =
            latest_of(walk->blocks, walk->run++, walk->position);

        if (block && block_lives(block, walk->position))
            return block;
    }
    return NULL;
}

// Takes the block in; false when it lies too far behind the cut.
static bool widen(struct heap_cut *cut, const struct block *block)
{
    uint64_t end = block->address + block->size_bytes;

    if (cut->blocks && block->address > cut->high &&
        block->address - cut->high > HEAP_GAP)
        return false;
    if (cut->blocks == 0)
        cut->low = cut->high = block->address;
    if (block->address >= cut->high + BLOCK_HOLE) {
        uint64_t hole = block->address - cut->high;

        cut->holes++;
        cut->free_bytes += hole;
        if (hole > cut->largest_hole_bytes)
            cut->largest_hole_bytes = hole;
    }
    cut->blocks++;
    cut->used_bytes += block->size_bytes;
    if (end > cut->high)
        cut->high = end;
    return true;
}

// Keeps the cut if it is among those with most blocks.
static int keep_cut(struct heap_cut cuts[HEAP_CUTS], int count,
                    const struct heap_cut *cut)
{
    int at = count;

    if (cut->blocks == 0)
        return count;
    while (at > 0 && cuts[at - 1].blocks < cut->blocks) {
        if (at < HEAP_CUTS)
            cuts[at] = cuts[at - 1];
        at--;
    }
    if (at < HEAP_CUTS)
        cuts[at] = *cut;
    return count < HEAP_CUTS ? count + 1 : count;
}

void heap_cut_add(struct heap_cutting *cutting, const struct block *block)
{
    if (widen(&cutting->open, block))
        return;
    cutting->count = keep_cut(cutting->cuts, cutting->count, &cutting->open);
    cutting->open = (struct heap_cut){0};
    widen(&cutting->open, block);
}

int heap_cut_stop(struct heap_cutting *cutting)
{
    cutting->count = keep_cut(cutting->cuts, cutting->count, &cutting->open);
    return cutting->count;
}

int blocks_cut(const struct blocks *blocks, uint32_t pid, size_t position,
               struct heap_cut cuts[HEAP_CUTS])
{
    struct block_walk walk = blocks_walk(blocks, pid, position);
    struct heap_cutting cutting = {.count = 0};
    const struct block *block;
    int count;

    while ((block = blocks_next(&walk)))
        heap_cut_add(&cutting, block);
    count = heap_cut_stop(&cutting);
    memcpy(cuts, cutting.cuts, sizeof cutting.cuts);
    return count;
}
