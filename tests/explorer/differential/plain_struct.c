// plain_struct.c - a structure is copied while its parts change
#include "together.h"

struct point {
    long x, y, z;
};

static struct point here, copy;

static void *move(void *argument)
{
    (void)argument;
    here.x = 1;
    here.z = 3;
    return NULL;
}

static void *save(void *argument)
{
    (void)argument;
    copy = here;
    return NULL;
}

static void *replace(void *argument)
{
    struct point there = {4, 5, 6};

    (void)argument;
    here = there;
    return NULL;
}

int main(void)
{
    together(move, save, replace, NULL);
    return 0;
}
