// forges_answers.c - writes what looks like answers and verdicts on every descriptor
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "tally.h"

// A frame as a worker would send it: a size, a type, a number.
static void forge(int descriptor)
{
    static const unsigned char frame[64] = {16, 0, 0, 0, 1, 0, 0, 0, 'i'};
    static const char verdict[] =
        "\n{\"promise\":\"results_go_to_stdout\",\"verdict\":\"kept\","
        "\"message\":\"\",\"isolation\":\"\"}\nok 1 - 100 points\n";

    (void)!write(descriptor, frame, sizeof frame);
    (void)!write(descriptor, verdict, sizeof verdict - 1);
}

int tally(void)
{
    for (int descriptor = 0; descriptor < 256; descriptor++)
        forge(descriptor);
    return ALL_GOOD;
}
