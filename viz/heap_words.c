// heap_words.c - blocks and holes in one sentence
#include <inttypes.h>
#include <stdio.h>

#include "runtime/message.h"
#include "viz/heap_words.h"

char *heap_words_size(uint64_t bytes, char *text, size_t size)
{
    static const char *const units[] = {"B", "KiB", "MiB", "GiB"};
    uint64_t unit = 1;
    int i = 0;

    while (bytes / unit >= 1024 && i < 3) {
        unit *= 1024;
        i++;
    }
    if (i == 0)
        snprintf(text, size, "%" PRIu64 " B", bytes);
    else
        snprintf(text, size,
                 M("%" PRIu64 ".%" PRIu64 " %s", "%" PRIu64 ",%" PRIu64 " %s"),
                 bytes / unit, bytes % unit * 10 / unit, units[i]);
    return text;
}

char *heap_words_used(const struct heap_cut *cut, char *text, size_t size)
{
    char used[40];

    snprintf(text, size, "%" PRIu64 " %s, %s", cut->blocks,
             cut->blocks == 1 ? M("block", "bloque") : M("blocks", "bloques"),
             heap_words_size(cut->used_bytes, used, sizeof used));
    return text;
}

char *heap_words_holes(const struct heap_cut *cut, char *text, size_t size)
{
    char open[40], largest[40];

    if (cut->holes == 0) {
        snprintf(text, size, "%s",
                 M("no hole between them", "sin huecos entre ellos"));
        return text;
    }
    heap_words_size(cut->free_bytes, open, sizeof open);
    if (cut->holes == 1)
        snprintf(text, size, M("1 hole: %s free", "1 hueco: %s libres"), open);
    else
        snprintf(
            text, size,
            M("%" PRIu64 " holes: %s free, the largest %s",
              "%" PRIu64 " huecos: %s libres, el mayor de %s"),
            cut->holes, open,
            heap_words_size(cut->largest_hole_bytes, largest, sizeof largest));
    return text;
}

static struct heap_cut together(const struct heap_cut *cuts, int count)
{
    struct heap_cut all = {.blocks = 0};

    for (int i = 0; i < count; i++) {
        all.blocks += cuts[i].blocks;
        all.used_bytes += cuts[i].used_bytes;
        all.holes += cuts[i].holes;
        all.free_bytes += cuts[i].free_bytes;
        if (cuts[i].largest_hole_bytes > all.largest_hole_bytes)
            all.largest_hole_bytes = cuts[i].largest_hole_bytes;
    }
    return all;
}

char *heap_words(const struct blocks *blocks, uint32_t pid, size_t position,
                 char *text, size_t size)
{
    struct heap_cut cuts[HEAP_CUTS], all;
    char used[100], holes[200];

    all = together(cuts, blocks_cut(blocks, pid, position, cuts));
    if (all.blocks == 0)
        snprintf(text, size,
                 M("heap of process %u: no block now",
                   "montón del proceso %u: ningún bloque ahora"),
                 pid);
    else
        snprintf(text, size,
                 M("heap of process %u: %s; %s", "montón del proceso %u: %s; "
                                                 "%s"),
                 pid, heap_words_used(&all, used, sizeof used),
                 heap_words_holes(&all, holes, sizeof holes));
    return text;
}
