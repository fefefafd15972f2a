// loads.h - what programs ask of an allocator, in order (given, do not edit)
//
// A load is a list of operations, as in the traces of the well-known malloc
// labs. In text, one operation a line:
//
//     a ID SIZE     allocate SIZE bytes and call the block ID
//     r ID SIZE     realloc that block to SIZE bytes
//     f ID          free it
//
// (lines of one number before the first operation are a header and are passed
// over). The loads that are made here always come out the same for the same
// seed. At the end of each of them nothing is allocated any more.
//
// Interface: load_kinds, load_make, load_read, load_print, load_peak_bytes,
// load_free.
// Threads: no shared state. Ownership: a load owns its operations.
#ifndef LOADS_H
#define LOADS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct op {
    uint32_t kind; // 'a', 'r' or 'f'
    uint32_t id;
    uint32_t size; // in bytes; 0 for 'f'
};

struct load {
    struct op *ops;
    size_t count, room;
    uint32_t ids;   // they are 0 to ids - 1
    uint64_t state; // of the dice
};

// ---- Dice and lists ---------------------------------------------------------

// splitmix64 (Steele, Lea and Flood 2014, figure 16).
static inline uint64_t load_dice(struct load *load)
{
    uint64_t z = load->state += 0x9e3779b97f4a7c15;

    z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9;
    z = (z ^ z >> 27) * 0x94d049bb133111eb;
    return z ^ z >> 31;
}

static inline uint32_t load_between(struct load *load, uint32_t low,
                                    uint32_t high)
{
    return low + (uint32_t)(load_dice(load) % (high - low + 1));
}

static inline void load_add(struct load *load, char kind, uint32_t id,
                            uint32_t size)
{
    if (load->count == load->room) {
        load->room = 2 * load->room + 1024;
        load->ops = realloc(load->ops, load->room * sizeof *load->ops);
        if (!load->ops)
            abort(); // no memory for a few KiB
    }
    load->ops[load->count++] = (struct op){(uint32_t)kind, id, size};
    if (id >= load->ids)
        load->ids = id + 1;
}

// A new block. Returns its id.
static inline uint32_t load_take(struct load *load, uint32_t size)
{
    uint32_t id = load->ids;

    load_add(load, 'a', id, size);
    return id;
}

// ---- Loads like those of programs -------------------------------------------

struct load_row {
    uint32_t ids[8192]; // of the blocks that live, in no order
    uint32_t count;
};

static inline void load_drop(struct load *load, struct load_row *row,
                             uint32_t at)
{
    load_add(load, 'f', row->ids[at], 0);
    row->ids[at] = row->ids[--row->count];
}

static inline void load_drop_all(struct load *load, struct load_row *row)
{
    while (row->count > 0)
        load_drop(load, row, row->count - 1);
}

// One of the sizes of a program: mostly those of its few kinds of records, then
// texts, now and then a table.
static inline uint32_t load_program_size(struct load *load,
                                         const uint32_t records[4])
{
    uint32_t die = load_between(load, 1, 100);

    if (die <= 60)
        return records[die % 4];
    if (die <= 97)
        return load_between(load, 8, 120);
    return load_between(load, 500, 6000);
}

// A program that works in phases: what it takes in one is mostly given back at
// the end of it, the last first; a part stays.
static inline void load_program(struct load *load, const uint32_t records[4],
                                uint32_t phases, uint32_t stays_of_10)
{
    static struct load_row row, kept;

    row.count = kept.count = 0;
    for (uint32_t phase = 0; phase < phases; phase++) {
        uint32_t takes = load_between(load, 200, 500);
        for (uint32_t i = 0; i < takes; i++) {
            uint32_t id = load_take(load, load_program_size(load, records));
            if (load_between(load, 1, 10) <= stays_of_10)
                kept.ids[kept.count++] = id;
            else
                row.ids[row.count++] = id;
            if (row.count > 8 && load_between(load, 1, 3) == 1)
                load_drop(load, &row, row.count - load_between(load, 1, 8));
        }
        load_drop_all(load, &row);
    }
    load_drop_all(load, &kept);
}

static inline void load_editor(struct load *load)
{
    static const uint32_t records[4] = {24, 40, 72, 200};

    load_program(load, records, 12, 6);
}

static inline void load_compiler(struct load *load)
{
    static const uint32_t records[4] = {32, 56, 100, 4072};

    load_program(load, records, 8, 7);
}

static inline void load_parser(struct load *load)
{
    static const uint32_t records[4] = {12, 20, 48, 60};

    load_program(load, records, 14, 8);
}

// Records of five sizes that come and go, as many as there is room for.
static inline void load_cache(struct load *load)
{
    static const uint32_t sizes[5] = {48, 144, 400, 1040, 2064};
    static struct load_row row;

    row.count = 0;
    for (int i = 0; i < 5000; i++) {
        row.ids[row.count++] = load_take(load, sizes[load_between(load, 0, 4)]);
        if (row.count > 1200)
            load_drop(load, &row, load_between(load, 0, row.count - 1));
    }
    load_drop_all(load, &row);
}

// ---- Loads that look for a weakness -----------------------------------------

static inline void load_short(struct load *load)
{
    load_add(load, 'a', 0, 2040);
    load_add(load, 'a', 1, 4010);
    load_add(load, 'a', 2, 48);
    load_add(load, 'a', 3, 4072);
    load_add(load, 'f', 1, 0);
    load_add(load, 'a', 4, 4000);
    load_add(load, 'f', 3, 0);
    load_add(load, 'a', 5, 4070);
    load_add(load, 'f', 0, 0);
    load_add(load, 'f', 2, 0);
    load_add(load, 'f', 4, 0);
    load_add(load, 'f', 5, 0);
}

// Two neighbours become one twice as large.
static inline void load_coalescing(struct load *load)
{
    for (int i = 0; i < 1200; i++) {
        uint32_t first = load_take(load, 4095), second = load_take(load, 4095);
        load_add(load, 'f', first, 0);
        load_add(load, 'f', second, 0);
        load_add(load, 'f', load_take(load, 8190), 0);
    }
}

// Sizes without any order. With even, each doubling of the size is as frequent
// as any other.
static inline void load_random(struct load *load, bool even)
{
    static struct load_row row;

    row.count = 0;
    for (int i = 0; i < 4000; i++) {
        uint32_t most = even ? 16u << load_between(load, 0, 10) : 8192;
        if (row.count > 0 && load_between(load, 1, 100) > 65)
            load_drop(load, &row, load_between(load, 0, row.count - 1));
        else
            row.ids[row.count++] = load_take(load, load_between(load, 1, most));
    }
    load_drop_all(load, &row);
}

// Small and large in turns; the large ones go, and what comes then is a little
// larger than each of the holes.
static inline void load_binary(struct load *load, uint32_t small,
                               uint32_t large, uint32_t pairs)
{
    for (uint32_t i = 0; i < pairs; i++) {
        load_take(load, small);
        load_take(load, large);
    }
    for (uint32_t i = 0; i < pairs; i++)
        load_add(load, 'f', 2 * i + 1, 0);
    for (uint32_t i = 0; i < pairs; i++)
        load_take(load, small + large);
    for (uint32_t i = 0; i < pairs; i++) {
        load_add(load, 'f', 2 * i, 0);
        load_add(load, 'f', 2 * pairs + i, 0);
    }
}

// One block that grows and grows, while small ones come and go around it.
static inline void load_growing(struct load *load, uint32_t begin,
                                uint32_t step, uint32_t times)
{
    uint32_t size = begin, grows = load_take(load, begin), before;

    before = load_take(load, 128);
    for (uint32_t i = 0; i < times; i++) {
        load_add(load, 'r', grows, size += step);
        uint32_t next = load_take(load, 128);
        load_add(load, 'f', before, 0);
        before = next;
    }
    load_add(load, 'f', before, 0);
    load_add(load, 'f', grows, 0);
}

// ---- All of them ------------------------------------------------------------

static inline void load_random_large(struct load *load)
{
    load_random(load, false);
}

static inline void load_random_even(struct load *load)
{
    load_random(load, true);
}

static inline void load_binary_512(struct load *load)
{
    load_binary(load, 64, 448, 1000);
}

static inline void load_binary_128(struct load *load)
{
    load_binary(load, 16, 112, 3000);
}

static inline void load_growing_much(struct load *load)
{
    load_growing(load, 512, 512, 600);
}

static inline void load_growing_little(struct load *load)
{
    load_growing(load, 500, 53, 1000);
}

static const struct load_kind {
    const char *name;
    void (*make)(struct load *load);
} load_kinds[] = {
    {"editor", load_editor},        {"compiler", load_compiler},
    {"parser", load_parser},        {"cache", load_cache},
    {"short", load_short},          {"coalescing", load_coalescing},
    {"random", load_random_large},  {"random2", load_random_even},
    {"binary", load_binary_512},    {"binary2", load_binary_128},
    {"realloc", load_growing_much}, {"realloc2", load_growing_little},
};
enum { LOADS = sizeof load_kinds / sizeof *load_kinds };

// Makes load number n of the table.
static inline void load_make(struct load *load, size_t n, uint64_t seed)
{
    *load = (struct load){.state = seed};
    load_kinds[n].make(load);
}

// Reads one in text. Returns 0, or the number of the line that cannot be read:
// unknown words, an id that lives already or does not live.
static inline long load_read(struct load *load, FILE *file)
{
    static bool lives[1 << 20];
    char line[80], kind;
    unsigned id, size;

    memset(lives, 0, sizeof lives);
    *load = (struct load){.state = 1};
    for (long number = 1; fgets(line, sizeof line, file); number++) {
        int got = sscanf(line, " %c %u %u", &kind, &id, &size);
        if (got < 1 || (load->count == 0 && kind >= '0' && kind <= '9'))
            continue; // an empty line, or the header
        bool has_size = kind == 'a' || kind == 'r';
        if ((!has_size && kind != 'f') || got != (has_size ? 3 : 2) ||
            id >= sizeof lives || lives[id] == (kind == 'a'))
            return number;
        lives[id] = kind != 'f';
        load_add(load, kind, id, has_size ? size : 0);
    }
    return 0;
}

static inline void load_print(const struct load *load, FILE *file)
{
    fprintf(file, "0\n%u\n%zu\n1\n", load->ids, load->count);
    for (size_t i = 0; i < load->count; i++) {
        const struct op *op = &load->ops[i];
        if (op->kind == 'f')
            fprintf(file, "f %u\n", op->id);
        else
            fprintf(file, "%c %u %u\n", (char)op->kind, op->id, op->size);
    }
}

// The most bytes that were asked for and not yet freed, at one moment.
static inline size_t load_peak_bytes(const struct load *load)
{
    uint32_t *sizes = calloc(load->ids + 1, sizeof *sizes);
    size_t now = 0, peak = 0;

    for (size_t i = 0; sizes && i < load->count; i++) {
        const struct op *op = &load->ops[i];
        now = now + op->size - sizes[op->id];
        sizes[op->id] = op->size;
        peak = now > peak ? now : peak;
    }
    free(sizes);
    return peak;
}

static inline void load_free(struct load *load)
{
    free(load->ops);
    *load = (struct load){0};
}

#endif
