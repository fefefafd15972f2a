// bigger.c - a buffer 16 times as big, four times over: what each step gains
// Run:    make run-bigger
// Expect: about 15, 12, 2 and 1 times as fast, or slower at the end
// Why:    a call costs its price and then so much a byte; once the price is
//         shared among thousands of bytes, there is nothing left to save
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "runtime/fact.h"
#include "runtime/must.h"
#include "runtime/stats.h"

enum { SIZES = 5, ROUNDS = 21, FILE_SIZE = 4 << 20, MOST_CALLS = 4096 };

static const size_t sizes[SIZES] = {16, 256, 4096, 65536, 1048576}; // [sizes]

static char buffer[1048576];
static int file; // FILE_SIZE bytes, in the memory of the kernel

static double cpu_ns(void)
{
    struct timespec now;

    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (double)now.tv_sec * 1e9 + (double)now.tv_nsec;
}

// Nanoseconds a byte. Reads the file, or of it what MOST_CALLS calls bring.
static double measure(size_t size)
{
    long bytes = 0;

    MUST(lseek(file, 0, SEEK_SET));
    double begin = cpu_ns();
    for (int calls = 0; calls < MOST_CALLS && bytes < FILE_SIZE; calls++)
        bytes += MUST(read(file, buffer, size));
    return (cpu_ns() - begin) / (double)bytes;
}

static void make_file(void)
{
    file = fileno(MUST(tmpfile()));
    memset(buffer, 'x', sizeof buffer);
    for (int i = 0; i < FILE_SIZE / (int)sizeof buffer; i++)
        MUST(write(file, buffer, sizeof buffer));
}

int main(void)
{
    static const char *const names[SIZES] = {
        "", "gain_256_x100", "gain_4096_x100", "gain_65536_x100",
        "gain_1048576_x100"};
    static double ns[SIZES][ROUNDS];
    struct stats a_byte[SIZES];

    make_file();
    for (int round = 0; round < ROUNDS; round++)
        for (int i = 0; i < SIZES; i++)
            ns[i][round] = measure(sizes[i]);
    for (int i = 0; i < SIZES; i++) {
        stats_of(ns[i], ROUNDS, &a_byte[i]);
        printf("%7zu bytes a call: %8.3f ns a byte", sizes[i],
               a_byte[i].median);
        double gain = i > 0 ? a_byte[i - 1].median / a_byte[i].median : 0;
        if (i > 0)
            printf(", %5.2f times as fast", gain);
        putchar('\n');
        if (i > 0)
            fact(names[i], (long long)(100 * gain));
    }
    return 0;
}
