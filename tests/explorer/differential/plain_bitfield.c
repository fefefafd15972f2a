// plain_bitfield.c - two fields in one byte: writing one rewrites the other
#include "together.h"

static struct {
    unsigned left : 4, right : 4;
} flags;

static void *left(void *argument)
{
    (void)argument;
    flags.left = 3;
    return NULL;
}

static void *right(void *argument)
{
    (void)argument;
    flags.right = 5;
    return NULL;
}

int main(void)
{
    together(left, right, NULL, NULL);
    return 0;
}
