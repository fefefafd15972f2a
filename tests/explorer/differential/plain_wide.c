// plain_wide.c - sixteen bytes at once, and their halves
#include <complex.h>

#include "together.h"

static double _Complex number;
static double half;

static void *whole(void *argument)
{
    (void)argument;
    number = 3.0 + 4.0 * I;
    return NULL;
}

static void *part(void *argument)
{
    (void)argument;
    ((double *)&number)[1] = 9.0;
    half = ((double *)&number)[0];
    return NULL;
}

int main(void)
{
    together(whole, part, whole, NULL);
    return 0;
}
