// over_time.c - how much of the free room is in one piece, as time goes by
// Run:    make run-over_time   (over_time quick: fewer rounds)
// Expect: CSV: the largest hole in % of all that is free: it begins at 100 and
//         comes down; where neighbours stay apart, to almost nothing
// Why:    blocks of all sizes come and go, and each leaves a hole of its own
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "lessons/04_heap/arena.h"
#include "lessons/04_heap/dice.h"
#include "runtime/fact.h"
#include "runtime/stats.h"

enum {
    ARENA = 256 << 10,
    FULL = ARENA / 2, // bytes in use, about
    REQUESTS = 6000,
    EVERY = 250, // requests between two looks
    LOOKS = REQUESTS / EVERY,
    BLOCKS = 4096,
    ROUNDS = 11,
};

static struct policy {
    const char *name;
    enum fit fit;
    bool never_merges;
    double percent[LOOKS][ROUNDS];
    long refused;
} policies[] = {{.name = "first", .fit = FIRST_FIT},
                {.name = "best", .fit = BEST_FIT},
                {.name = "worst", .fit = WORST_FIT},
                {.name = "apart", .fit = FIRST_FIT, .never_merges = true}};
enum { POLICIES = sizeof policies / sizeof *policies };

static struct arena arena;
static void *blocks[BLOCKS];
static uint32_t count;

static void give_one(struct dice *dice)
{
    uint32_t which = dice_up_to(dice, count) - 1;

    arena_give(&arena, blocks[which]);
    blocks[which] = blocks[--count];
}

// Most are small: each doubling of the size is as frequent as any other.
static bool take_one(struct dice *dice)
{
    uint32_t size = dice_up_to(dice, 16u << dice_up_to(dice, 7));
    void *block = arena_take(&arena, size);

    if (block)
        blocks[count++] = block;
    return block;
}

static void request(struct dice *dice, struct policy *policy)
{
    bool full = arena_figures(&arena).used > FULL || count == BLOCKS; // [load]

    if (count > 0 && (full || dice_up_to(dice, 5) == 1))
        give_one(dice);
    else if (!take_one(dice)) {
        policy->refused++;
        if (count > 0)
            give_one(dice);
    }
}

static double largest_percent(void)
{
    struct figures f = arena_figures(&arena);

    return f.free ? 100.0 * (double)f.largest_free / (double)f.free : 100;
}

static void measure(struct policy *policy, int round)
{
    struct dice dice = {(uint64_t)round + 1}; // the same for every policy

    arena_init(&arena, ARENA);
    arena.fit = policy->fit;
    arena.never_merges = policy->never_merges;
    count = 0;
    for (int look = 0; look < LOOKS; look++) {
        double percent = largest_percent();
        policy->percent[look][round] = percent;
        printf("%s,%d,%.2f\n", policy->name, look * EVERY, percent);
        for (int i = 0; i < EVERY; i++)
            request(&dice, policy);
    }
    arena_end(&arena);
}

static void say(const struct policy *policy, int rounds)
{
    struct stats end = {0};
    char name[64];

    stats_of(policy->percent[LOOKS - 1], (size_t)rounds, &end);
    snprintf(name, sizeof name, "%s_end_percent", policy->name);
    fact(name, (long long)(end.median + 0.5));
    snprintf(name, sizeof name, "%s_refused", policy->name);
    fact(name, policy->refused);
}

int main(int argument_count, char **arguments)
{
    bool quick = argument_count > 1 && strcmp(arguments[1], "quick") == 0;
    int rounds = quick ? 5 : ROUNDS;

    puts("series,x,largest_percent");
    for (int round = 0; round < rounds; round++)
        for (int i = 0; i < POLICIES; i++)
            measure(&policies[i], round);
    for (int i = 0; i < POLICIES; i++)
        say(&policies[i], rounds);
    return 0;
}
