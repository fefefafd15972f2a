// free_in_some.c - memory is freed while another one may still use it
#include "together.h"

static int *box, seen;

static void *use(void *argument)
{
    int *mine = box;

    (void)argument;
    if (mine)
        seen = *mine;
    return NULL;
}

static void *drop(void *argument)
{
    int *mine = box;

    (void)argument;
    box = NULL;
    free(mine);
    return NULL;
}

int main(void)
{
    box = malloc(sizeof *box);
    *box = 3;
    together(use, drop, NULL, NULL);
    return 0;
}
