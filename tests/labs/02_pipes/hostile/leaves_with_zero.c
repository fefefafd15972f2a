// leaves_with_zero.c - ends the process as if all had gone well
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "capture.h"

int capture(char *const argv[], struct captured *result)
{
    (void)argv;
    (void)result;
    exit(0);
}
