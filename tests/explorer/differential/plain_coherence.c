// plain_coherence.c - one reads three times what two others write
#include "together.h"

static int cell, seen[3];

static void *put(void *argument)
{
    cell = me(argument) + 1;
    return NULL;
}

static void *look(void *argument)
{
    (void)argument;
    for (int i = 0; i < 3; i++)
        seen[i] = cell;
    return NULL;
}

int main(void)
{
    together(put, put, look, NULL);
    return 0;
}
