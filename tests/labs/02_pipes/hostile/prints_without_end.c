// prints_without_end.c - floods its standard output
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "capture.h"

int capture(char *const argv[], struct captured *result)
{
    (void)argv;
    (void)result;
    for (;;)
        puts("ok 1 - small_output_arrives");
}
