// plain_store_buffering.c - each writes its own cell and reads the other's
#include "together.h"

static int x, y, seen_x, seen_y;

static void *left(void *argument)
{
    (void)argument;
    x = 1;
    seen_y = y;
    return NULL;
}

static void *right(void *argument)
{
    (void)argument;
    y = 1;
    seen_x = x;
    return NULL;
}

int main(void)
{
    together(left, right, NULL, NULL);
    return 0;
}
