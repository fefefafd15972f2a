// try_heap.c - try your heap by hand (given, do not edit)
//
//     cc -D_GNU_SOURCE -Wall -Wextra -g -O1 -o try_heap *.c
//     ./try_heap                 every load: is it right, how much does it use
//     ./try_heap binary          one of them
//     ./try_heap file.rep        a trace in the format of loads.h
//     ./try_heap --print short   a load, in that format
//
// Under ./telar run the blocks of your heap are recorded, and ./telar view
// --view heap shows where they lie.
#include <dlfcn.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "arena.h"
#include "heap.h"
#include "loads.h"

struct held { // what the program knows of a block
    unsigned char *at;
    uint32_t size;
};

static struct held *held;
static size_t now_bytes, peak_bytes;

// ---- Who watches ------------------------------------------------------------

// The recorder has these two functions; without it there are none.
static void (*say_taken)(const void *block, size_t size);
static void (*say_freed)(const void *block);

static void look_for_watcher(void)
{
    *(void **)&say_taken = dlsym(RTLD_DEFAULT, "telar_block_taken");
    *(void **)&say_freed = dlsym(RTLD_DEFAULT, "telar_block_freed");
}

// ---- Playing a load ---------------------------------------------------------

static bool complain(size_t number, const char *what)
{
    printf("operation %zu: %s\n", number, what);
    return false;
}

static bool lies_right(size_t number, const unsigned char *at, uint32_t size)
{
    size_t from = (size_t)(at - (unsigned char *)arena_begin());

    if (!at)
        return complain(number, "it gave NULL");
    if ((uintptr_t)at % 8 != 0)
        return complain(number, "the block is not at a multiple of 8");
    if (from > arena_size() || size > arena_size() - from)
        return complain(number, "the block is not in the arena");
    return true;
}

// Every byte of a block says whose it is.
static bool is_intact(size_t number, uint32_t id, const unsigned char *at,
                      uint32_t size)
{
    for (uint32_t i = 0; i < size; i++)
        if (at[i] != (unsigned char)(id * 7 + 1))
            return complain(number, "somebody has written into the block");
    return true;
}

static void keep(uint32_t id, unsigned char *at, uint32_t size)
{
    now_bytes = now_bytes + size - held[id].size;
    if (now_bytes > peak_bytes)
        peak_bytes = now_bytes;
    held[id] = (struct held){at, size};
    if (at)
        memset(at, (int)(id * 7 + 1), size);
    if (at && say_taken)
        say_taken(at, size);
}

static bool play_op(size_t number, const struct op *op)
{
    struct held *old = &held[op->id];
    unsigned char *at = NULL;

    if (op->kind != 'a' && !is_intact(number, op->id, old->at, old->size))
        return false;
    if (op->kind != 'a' && say_freed)
        say_freed(old->at);
    if (op->kind == 'f')
        heap_free(old->at);
    else if (op->kind == 'r')
        at = heap_realloc(old->at, op->size);
    else
        at = heap_alloc(op->size);
    uint32_t both = op->size < old->size ? op->size : old->size;
    if (op->kind != 'f' && !lies_right(number, at, op->size))
        return false;
    if (op->kind == 'r' && !is_intact(number, op->id, at, both))
        return false;
    keep(op->id, at, op->size);
    return true;
}

// Returns what part of the arena was used at the best moment, in per cent; -1:
// something was wrong.
static double play(const struct load *load)
{
    bool right = true;

    held = calloc(load->ids + 1, sizeof *held);
    if (!held)
        return -1;
    now_bytes = peak_bytes = 0;
    arena_start(ARENA_LIMIT);
    if (!heap_init())
        right = complain(0, "heap_init returned false");
    for (size_t i = 0; right && i < load->count; i++)
        right = play_op(i + 1, &load->ops[i]);
    free(held);
    if (!right || arena_size() == 0)
        return -1;
    return 100.0 * (double)peak_bytes / (double)arena_size();
}

static bool show(const char *name, const struct load *load)
{
    double used = play(load);

    printf("%-11s %6zu operations: ", name, load->count);
    if (used < 0)
        puts("wrong");
    else
        printf("%9zu bytes at most, in an arena of %9zu: %5.1f %%\n",
               peak_bytes, arena_size(), used);
    return used >= 0;
}

// ---- What is asked for ------------------------------------------------------

static int show_file(const char *path)
{
    FILE *file = fopen(path, "r");
    struct load load;

    if (!file) {
        fprintf(stderr, "try_heap: there is no load and no file %s\n", path);
        return 2;
    }
    long line = load_read(&load, file);
    fclose(file);
    if (line > 0) {
        fprintf(stderr, "%s:%ld: expected a ID SIZE, r ID SIZE or f ID\n", path,
                line);
        return 2;
    }
    return show(path, &load) ? 0 : 1;
}

static int one(const char *name, bool print)
{
    for (size_t i = 0; i < LOADS; i++) {
        struct load load;
        if (strcmp(name, load_kinds[i].name) != 0)
            continue;
        load_make(&load, i, 1);
        if (print)
            load_print(&load, stdout);
        return print || show(name, &load) ? 0 : 1;
    }
    return show_file(name);
}

int main(int count, char **arguments)
{
    int status = 0;

    look_for_watcher();
    if (count == 3 && strcmp(arguments[1], "--print") == 0)
        return one(arguments[2], true);
    if (count > 1)
        return one(arguments[1], false);
    for (size_t i = 0; i < LOADS; i++)
        status |= one(load_kinds[i].name, false);
    return status;
}
