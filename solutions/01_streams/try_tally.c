// try_tally.c - try your tally by hand (given, do not edit)
//
//     cc -D_GNU_SOURCE -Wall -Wextra -g -o tally *.c
//     printf '120\n80\ndoce\n' | ./tally
#include "tally.h"

int main(void)
{
    return tally();
}
