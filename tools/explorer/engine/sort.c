// sort.c - qsort and bsearch
//
// The program's comparison may run other tasks, or never return. While it is
// asked the elements stay where they are: only their order is sorted (by
// merging, so equal elements keep theirs, as in glibc), and then all are moved.
#include <stdlib.h>
#include <string.h>

#include "tools/explorer/engine/touch.h"

struct sorting {
    char *base;
    size_t size; // of an element
    int (*compare)(const void *, const void *);
    int (*compare_with)(const void *, const void *, void *);
    void *argument;
};

static int compare(const struct sorting *sorting, size_t a, size_t b)
{
    const char *first = sorting->base + a * sorting->size;
    const char *second = sorting->base + b * sorting->size;

    return sorting->compare
               ? sorting->compare(first, second)
               : sorting->compare_with(first, second, sorting->argument);
}

// Both halves of order are sorted. merged: room for count.
static void merge(const struct sorting *sorting, size_t *order, size_t *merged,
                  size_t count)
{
    size_t middle = count / 2, a = 0, b = middle;

    for (size_t i = 0; i < count; i++) {
        bool takes_first =
            b == count ||
            (a < middle && compare(sorting, order[a], order[b]) <= 0);

        merged[i] = takes_first ? order[a++] : order[b++];
    }
    memcpy(order, merged, count * sizeof *order);
}

static void sort_order(const struct sorting *sorting, size_t *order,
                       size_t *room, size_t count)
{
    if (count < 2)
        return;
    sort_order(sorting, order, room, count / 2);
    sort_order(sorting, order + count / 2, room, count - count / 2);
    merge(sorting, order, room, count);
}

static void move(const struct sorting *sorting, const size_t *order,
                 size_t count, const void *pc)
{
    size_t size = sorting->size;
    char *held = scratch_take(count * size);

    touch_read(sorting->base, count * size, pc);
    memcpy(held, sorting->base, count * size);
    touch_write(sorting->base, count * size, pc);
    for (size_t i = 0; i < count; i++)
        memcpy(sorting->base + i * size, held + order[i] * size, size);
    scratch_release(held);
}

static void sort(const struct sorting *sorting, size_t count, const void *pc)
{
    size_t *order;

    if (count < 2 || sorting->size == 0)
        return;
    order = scratch_take(2 * count * sizeof *order);
    for (size_t i = 0; i < count; i++)
        order[i] = i;
    sort_order(sorting, order, order + count, count);
    move(sorting, order, count, pc);
    scratch_release(order);
}

void weave_qsort(void *base, size_t count, size_t size,
                 int (*order)(const void *, const void *))
{
    sort(&(struct sorting){.base = base, .size = size, .compare = order}, count,
         CALLER);
}

void weave_qsort_r(void *base, size_t count, size_t size,
                   int (*order)(const void *, const void *, void *),
                   void *argument)
{
    sort(&(struct sorting){.base = base,
                           .size = size,
                           .compare_with = order,
                           .argument = argument},
         count, CALLER);
}

void *weave_bsearch(const void *key, const void *base, size_t count,
                    size_t size, int (*order)(const void *, const void *))
{
    size_t low = 0, high = count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;
        const char *element = (const char *)base + middle * size;
        int sign = order(key, element);

        if (sign == 0)
            return (void *)(uintptr_t)element;
        if (sign < 0)
            high = middle;
        else
            low = middle + 1;
    }
    return NULL;
}
