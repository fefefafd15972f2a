// buffer_size.c - time and calls of a byte, for buffers of 1 byte to 1 MiB
// Run:    make run-buffer_size   (about 10 s; "buffer_size quick": 1 s)
// Expect: CSV: ns a byte and calls a MiB, from a file and through a pipe
// Why:    a call has a price, shared by the bytes that it brings; a file pays
//         only that, two processes at a pipe also wait for each other
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "runtime/fact.h"
#include "runtime/must.h"
#include "runtime/stats.h"

enum {
    FILE_SIZE = 8 << 20,
    LARGEST = 1 << 20,
    SIZES = 21, // 1, 2, 4, ..., LARGEST
    ROUNDS = 25,
};

struct way { // one way of reading, and what it took
    const char *name;
    double (*read)(size_t size, long bytes, long *calls); // ns for all of it
    double ns_a_byte[SIZES][ROUNDS];
};

static char buffer[LARGEST];
static int file; // FILE_SIZE bytes, in the memory of the kernel
static int rounds = ROUNDS, step = 1, most_calls = 8192;

static double now_ns(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec * 1e9 + (double)now.tv_nsec;
}

// ---- Two ways to read -------------------------------------------------------

static double read_file(size_t size, long bytes, long *calls)
{
    MUST(lseek(file, 0, SEEK_SET));
    double begin = now_ns();
    for (long got = 0; got < bytes; (*calls)++) // [file]
        got += MUST(read(file, buffer, size));
    return now_ns() - begin;
}

// The clock starts at the first byte: until then the child is being born.
static double read_pipe(size_t size, long bytes, long *calls)
{
    int ends[2];

    MUST(pipe(ends));
    if (MUST(fork()) == 0) {
        MUST(write(ends[1], buffer, 1)); // [writer]
        for (long put = 0; put < bytes; put += (long)size)
            MUST(write(ends[1], buffer, size));
        _exit(0);
    }
    MUST(close(ends[1]));
    MUST(read(ends[0], buffer, 1));
    double begin = now_ns();
    for (long got = 0; got < bytes; (*calls)++) // [reader]
        got += MUST(read(ends[0], buffer, size));
    double ns = now_ns() - begin;
    MUST(close(ends[0]));
    MUST(wait(NULL));
    return ns;
}

static struct way ways[] = {{.name = "file", .read = read_file},
                            {.name = "pipe", .read = read_pipe}};

// ---- Measuring --------------------------------------------------------------

static void measure(struct way *way, int power, int round)
{
    long size = 1L << power, calls = 0;
    long bytes = size * most_calls < FILE_SIZE ? size * most_calls : FILE_SIZE;
    double ns = way->read((size_t)size, bytes, &calls);

    way->ns_a_byte[power][round] = ns / (double)bytes;
    printf("%s,%ld,%.5f,%.1f\n", way->name, size, ns / (double)bytes,
           (double)calls * LARGEST / (double)bytes);
}

static struct stats stats_at(const struct way *way, int power)
{
    struct stats stats = {0};

    stats_of(way->ns_a_byte[power], (size_t)rounds, &stats);
    return stats;
}

static double median(const struct way *way, int power)
{
    return stats_at(way, power).median;
}

// The smallest whose interval reaches that of the best: larger ones gain
// nothing that these rounds could tell apart.
static int large_enough(const struct way *way, int best)
{
    int power = 0;

    while (stats_at(way, power).sure_low > stats_at(way, best).sure_high)
        power += step;
    return power;
}

static void say(const char *way, const char *what, double value)
{
    char name[64];

    snprintf(name, sizeof name, "%s_%s", way, what);
    fact(name, (long long)(value + 0.5));
}

static void say_facts(const struct way *way)
{
    int best = 0;
    long enough;

    for (int power = 0; power < SIZES; power += step)
        if (median(way, power) < median(way, best))
            best = power;
    enough = 1L << large_enough(way, best);
    say(way->name, "enough_kib", (double)((enough + 1023) / 1024));
    say(way->name, "best_ps", 1000 * median(way, best));
    say(way->name, "one_byte_ps", 1000 * median(way, 0));
    say(way->name, "largest_ps", 1000 * median(way, SIZES - 1));
    say(way->name, "one_byte_times", median(way, 0) / median(way, best));
}

static void make_file(void)
{
    file = fileno(MUST(tmpfile()));
    memset(buffer, 'x', sizeof buffer);
    for (int i = 0; i < FILE_SIZE / LARGEST; i++)
        MUST(write(file, buffer, sizeof buffer));
}

int main(int count, char **arguments)
{
    if (count > 1 && strcmp(arguments[1], "quick") == 0) {
        rounds = 9;
        step = 2;
        most_calls = 2048;
    }
    make_file();
    puts("series,x,ns_per_byte,calls_per_mib");
    for (int round = 0; round < rounds; round++)
        for (int power = 0; power < SIZES; power += step)
            for (int i = 0; i < 2; i++)
                measure(&ways[i], power, round);
    for (int i = 0; i < 2; i++)
        say_facts(&ways[i]);
    return 0;
}
