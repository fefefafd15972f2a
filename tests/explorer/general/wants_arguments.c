// wants_arguments.c - what ended before its threads began is no proof
// Expect: sampled; says (-- ARG...)
#include <stdio.h>
#include <stdlib.h>

int main(int count, char **arguments)
{
    if (count != 2) {
        fprintf(stderr, "usage: %s THREADS\n", arguments[0]);
        exit(1);
    }
    return 0;
}
