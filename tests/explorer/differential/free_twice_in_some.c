// free_twice_in_some.c - both may free it
#include "together.h"

static int *box, freed[2];

static void *drop(void *argument)
{
    if (box) {
        free(box);
        box = NULL;
        freed[me(argument)] = 1;
    }
    return NULL;
}

int main(void)
{
    box = malloc(sizeof *box);
    together(drop, drop, NULL, NULL);
    return 0;
}
