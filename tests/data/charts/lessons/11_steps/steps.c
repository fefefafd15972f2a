// steps.c - invents measurements, the same at every run
#include <stdio.h>
#include <stdlib.h>

#include "runtime/fact.h"

// From 0 to 1, without a pattern that is seen.
static double noise(unsigned seed)
{
    seed = seed * 2654435761u + 12345;
    return (seed >> 8 & 0xffff) / 65536.0;
}

static void print_row(const char *series, int bytes, double ns, unsigned seed)
{
    printf("%s,%d,%.6g,%d\n", series, bytes, ns * (1 + 0.3 * noise(seed)),
           1048576 / bytes);
}

int main(int argc, char **argv)
{
    int rounds = argc > 1 ? atoi(argv[1]) : 9;
    unsigned seed = 1;

    puts("series,x,ns_per_byte,calls");
    for (int round = 0; round < rounds; round++)
        for (int bytes = 1; bytes <= 1 << 20; bytes *= 4) {
            print_row("read", bytes, 0.08 + 300.0 / bytes, seed++);
            print_row("fread", bytes, 0.3 + 3.0 / bytes, seed++);
        }
    fact("rounds", rounds);
    return 0;
}
