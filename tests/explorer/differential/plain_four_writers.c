// plain_four_writers.c - four threads write a cell; the last one wins
#include "together.h"

static int cell, seen[4];

static void *put(void *argument)
{
    seen[me(argument)] = cell;
    cell = me(argument) + 1;
    return NULL;
}

int main(void)
{
    together(put, put, put, put);
    return 0;
}
