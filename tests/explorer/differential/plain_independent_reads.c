// plain_independent_reads.c - two writers, two readers in opposite orders
#include "together.h"

static int x, y, seen[4];

static void *write_x(void *argument)
{
    (void)argument;
    x = 1;
    return NULL;
}

static void *write_y(void *argument)
{
    (void)argument;
    y = 1;
    return NULL;
}

static void *read_xy(void *argument)
{
    (void)argument;
    seen[0] = x;
    seen[1] = y;
    return NULL;
}

static void *read_yx(void *argument)
{
    (void)argument;
    seen[2] = y;
    seen[3] = x;
    return NULL;
}

int main(void)
{
    together(write_x, write_y, read_xy, read_yx);
    return 0;
}
