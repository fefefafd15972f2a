// plain_neighbours.c - each writes its element and reads the next one's
#include "together.h"

static short part[3], seen[3];

static void *shift(void *argument)
{
    part[me(argument)] = (short)(me(argument) + 1);
    seen[me(argument)] = part[(me(argument) + 1) % 3];
    return NULL;
}

int main(void)
{
    together(shift, shift, shift, NULL);
    return 0;
}
