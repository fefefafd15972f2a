// desk_size.c - parts a second, for desks with 1 place to 64
// Run:    make run-desk_size     (about 10 s; "desk_size quick": 4 s)
// Expect: CSV: where parts come in batches, more places help up to a batch;
//         where the packer is slow, none
// Why:    a queue evens out; it makes nobody faster
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "lessons/12_factory/queue.h"
#include "runtime/fact.h"
#include "runtime/stats.h"

enum { SIZES = 7, ROUNDS = 9, BATCH = 8, BATCHES = 4, PARTS = BATCH * BATCHES };

static struct queue desk;
static bool in_batches; // else one by one, and the packer is slow
static int rounds = ROUNDS;

static void work_us(int us)
{
    MUST(nanosleep(&(struct timespec){.tv_nsec = us * 1000}, NULL));
}

// 8 parts at once, then nothing for long; or one after the other, and quickly.
static void *assemble(void *unused)
{
    for (int part = 0; part < PARTS; part++) { // [batches]
        if (in_batches && part % BATCH == 0)
            work_us(BATCH * 1000);
        if (!in_batches)
            work_us(300);
        queue_put(&desk, part);
    }
    queue_close(&desk);
    return unused;
}

static void *pack(void *unused)
{
    int part;

    while (queue_get(&desk, &part))
        work_us(1000); // [pack]
    return unused;
}

static double parts_a_second(int places)
{
    struct timespec begin, end;
    pthread_t assembler, packer;

    queue_init(&desk, places, "desk");
    MUST(clock_gettime(CLOCK_MONOTONIC, &begin));
    MUST(pthread_create(&assembler, NULL, assemble, NULL));
    MUST(pthread_create(&packer, NULL, pack, NULL));
    MUST(pthread_join(assembler, NULL));
    MUST(pthread_join(packer, NULL));
    MUST(clock_gettime(CLOCK_MONOTONIC, &end));
    queue_end(&desk);
    return PARTS / ((double)(end.tv_sec - begin.tv_sec) +
                    (double)(end.tv_nsec - begin.tv_nsec) / 1e9);
}

// What 64 places gain over 1, in hundredths; each at its best, for what else
// the machine does takes away and never adds.
static void say_gain(const char *name, double sample[SIZES][ROUNDS])
{
    struct stats one, most;

    stats_of(sample[0], (size_t)rounds, &one);
    stats_of(sample[SIZES - 1], (size_t)rounds, &most);
    fact(name, (long long)(100 * most.maximum / one.maximum));
}

int main(int count, char **arguments)
{
    static double batches[SIZES][ROUNDS], slow[SIZES][ROUNDS];

    if (count > 1 && strcmp(arguments[1], "quick") == 0)
        rounds = 5;
    puts("series,x,parts_a_second");
    for (int round = 0; round < rounds; round++)
        for (int i = 0; i < SIZES; i++) {
            in_batches = true;
            batches[i][round] = parts_a_second(1 << i);
            printf("batches,%d,%.1f\n", 1 << i, batches[i][round]);
            in_batches = false;
            slow[i][round] = parts_a_second(1 << i);
            printf("slow,%d,%.1f\n", 1 << i, slow[i][round]);
        }
    say_gain("batches_gain_x100", batches);
    say_gain("slow_gain_x100", slow);
    return 0;
}
