// points_nowhere.c - gives sizes and pointers that do not belong together
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "capture.h"

int capture(char *const argv[], struct captured *result)
{
    (void)argv;
    *result = (struct captured){.out = (char *)16,
                                .out_size = 1u << 30,
                                .err = (char *)result,
                                .err_size = 5};
    return 0;
}
