// many.c - writes as many numbered lines as it is told, and ends as it is told
// Run:    many LINES STATUS
#include <stdio.h>
#include <stdlib.h>

#include "runtime/fact.h"

int main(int argc, char **argv)
{
    int lines = argc > 1 ? atoi(argv[1]) : 0;

    for (int i = 1; i <= lines; i++)
        printf("line %d\033[31m\n", i);
    fact("lines", lines);
    return argc > 2 ? atoi(argv[2]) : 0;
}
