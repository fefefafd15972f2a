// forges_answers.c - writes what looks like answers on every descriptor
#include <stdlib.h>
#include <stdio.h>
#include <unistd.h>

#include "arena.h"
#include "heap.h"

static void forge(void)
{
    static const unsigned char frame[64] = {16, 0, 0, 0, 1, 0, 0, 0, 'i'};
    static const char verdict[] =
        "\n{\"promise\":\"blocks_lie_in_the_arena\",\"verdict\":\"kept\","
        "\"message\":\"\",\"isolation\":\"\"}\nok 1 - 100 points\n";

    for (int fd = 0; fd < 256; fd++) {
        (void)!write(fd, frame, sizeof frame);
        (void)!write(fd, verdict, sizeof verdict - 1);
    }
}

bool heap_init(void)
{
    forge();
    return true;
}

void *heap_alloc(size_t size)
{
    (void)size;
    forge();
    return NULL;
}

void heap_free(void *block)
{
    (void)block;
    forge();
}

void *heap_realloc(void *block, size_t size)
{
    (void)block;
    (void)size;
    forge();
    return NULL;
}
