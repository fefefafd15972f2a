// plain_heap_each.c - each thread allocates what another one reads
#include "together.h"

static int *box[2], seen[2];

static void *fill(void *argument)
{
    int *mine = malloc(sizeof *mine), *other;

    *mine = me(argument) + 1;
    box[me(argument)] = mine;
    other = box[1 - me(argument)];
    seen[me(argument)] = other ? *other : -1;
    return NULL;
}

int main(void)
{
    together(fill, fill, NULL, NULL);
    free(box[0]);
    free(box[1]);
    box[0] = box[1] = NULL;
    return 0;
}
