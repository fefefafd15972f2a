// cell.c - what is known of each piece of the program's memory
#include <stdint.h>
#include <sys/mman.h>

#include "runtime/message.h"
#include "runtime/must.h"
#include "tools/explorer/engine/engine.h"

unsigned cells_learned;
uint32_t *cell_words;
struct cell *cell_all;
static uint32_t cell_count = 1;

enum { WORDS = 1 << 29, CELL_LIMIT = 1 << 22, ROW_LIMIT = 1 << 20 };

// Rows of readers; number 0 is nobody's.
struct reader (*cell_rows)[TASK_LIMIT];
static uint32_t row_count = 1;

static void *reserve(size_t size)
{
    return MUST(mmap(NULL, size, PROT_READ | PROT_WRITE,
                     MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0));
}

static void forget(struct cell *cell)
{
    cell->execution = execution_now;
    cell->writer = -1;
    cell->is_atomic = false;
    cell->version = 0;
    cell->readers = cell->atomic_readers = cell->reading = 0;
    cell->last_write = -1;
    cell->release = 0;
}

static struct cell *fresh(struct cell *cell)
{
    if (cell->execution != execution_now)
        forget(cell);
    return cell;
}

_Noreturn static void refuse_more(int limit)
{
    engine_refuse(
        M("memory in more than %d places", "memoria en más de %d lugares"),
        limit);
}

static uint32_t new_row(void)
{
    if (row_count == ROW_LIMIT)
        refuse_more(ROW_LIMIT);
    return row_count++;
}

// A second task reads it.
struct reader *cell_crowd(struct cell *cell, int task)
{
    cell->many = new_row();
    cell_rows[cell->many][cell->only] = cell->one;
    return &cell_rows[cell->many][task];
}

static void copy(struct cell *to, const struct cell *from)
{
    *to = *from;
    if (!from->many)
        return;
    to->many = new_row();
    memcpy(cell_rows[to->many], cell_rows[from->many], sizeof *cell_rows);
}

static void retire(uint32_t old)
{
    for (unsigned i = 0; i < 8u >> (old & 3); i++)
        cell_all[(old >> 2) + i].size = 0;
}

// The cells of a word get this size; what the old ones knew goes to each piece.
static void divide(uintptr_t word_address, uint32_t *word, unsigned logarithm)
{
    uint32_t first = cell_count, old = *word;
    unsigned size = 1u << logarithm;

    if (cell_count + 8 / size > CELL_LIMIT)
        refuse_more(CELL_LIMIT);
    cell_count += 8 / size;
    for (unsigned at = 0; at < 8; at += size) {
        struct cell *cell = &cell_all[first + at / size];

        if (old)
            copy(cell, fresh(&cell_all[(old >> 2) + (at >> (old & 3))]));
        cell->address = word_address + at;
        cell->size = (uint8_t)size;
    }
    if (old)
        retire(old);
    *word = first << 2 | logarithm;
    cells_learned += old != 0;
}

// The largest piece, 1 << result bytes, that fits at address and is no longer
// than size.
static unsigned logarithm_for(uintptr_t address, size_t size)
{
    unsigned fits =
        size >= 8 ? 3 : 31 - (unsigned)__builtin_clz((unsigned)size);
    unsigned aligned = (unsigned)__builtin_ctz((unsigned)address | 8);

    return fits < aligned ? fits : aligned;
}

void cell_begin(void)
{
    if (cell_words)
        return;
    cell_words = reserve(WORDS * sizeof *cell_words);
    cell_all = reserve(CELL_LIMIT * sizeof *cell_all);
    cell_rows = reserve(ROW_LIMIT * sizeof *cell_rows);
}

struct cell *cell_find(uintptr_t address, size_t size)
{
    unsigned logarithm = logarithm_for(address, size);
    uint32_t *word;

    word = &cell_words[(uint32_t)address >> 3];
    if (!*word || (*word & 3) > logarithm)
        divide(address & ~(uintptr_t)7, word, logarithm);
    return fresh(&cell_all[(*word >> 2) + ((address & 7) >> (*word & 3))]);
}

struct cell *cell_known(uintptr_t address)
{
    uint32_t word = cell_words ? cell_words[(uint32_t)address >> 3] : 0;

    return word ? fresh(&cell_all[word >> 2]) : NULL;
}
