// plain_load_buffering.c - each reads the other's cell and writes its own
#include "together.h"

static int x, y, seen_x, seen_y;

static void *left(void *argument)
{
    (void)argument;
    seen_y = y;
    x = 1;
    return NULL;
}

static void *right(void *argument)
{
    (void)argument;
    seen_x = x;
    y = 1;
    return NULL;
}

int main(void)
{
    together(left, right, NULL, NULL);
    return 0;
}
