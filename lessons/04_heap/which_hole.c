// which_hole.c - rules for choosing a hole, and how much arena each needs
// Run:    make run-which_hole   (which_hole quick: fewer rounds)
// Expect: CSV: the payload at the best moment in % of the arena: first and best
//         fit close to each other, worst fit and powers of two far below
// Why:    worst fit cuts up the large holes that others will ask for; a power
//         of two wastes a quarter inside the blocks
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "lessons/04_heap/arena.h"
#include "lessons/04_heap/dice.h"
#include "runtime/fact.h"
#include "runtime/stats.h"

enum {
    ARENA = 8 << 20, // never full
    REQUESTS = 4000,
    SIZES = 7, // 64, 128, ..., 4096
    ROUNDS = 11,
};

static struct rule {
    const char *name;
    enum fit fit;
    bool rounds;
    double percent[SIZES][ROUNDS];
} rules[] = {{.name = "first", .fit = FIRST_FIT},
             {.name = "best", .fit = BEST_FIT},
             {.name = "worst", .fit = WORST_FIT},
             {.name = "powers", .fit = FIRST_FIT, .rounds = true}};
enum { RULES = sizeof rules / sizeof *rules };

static struct arena arena;
static struct held {
    void *block;
    uint32_t size;
} held[REQUESTS];

// Two blocks come for each that goes. Returns the most bytes asked for at once.
static size_t play(struct dice *dice, uint32_t largest)
{
    size_t now = 0, peak = 0;
    uint32_t count = 0;

    for (int i = 0; i < REQUESTS; i++) {
        if (count > 0 && dice_up_to(dice, 3) == 1) { // [load]
            uint32_t which = dice_up_to(dice, count) - 1;
            arena_give(&arena, held[which].block);
            now -= held[which].size;
            held[which] = held[--count];
            continue;
        }
        uint32_t size = dice_up_to(dice, largest);
        held[count++] = (struct held){MUST(arena_take(&arena, size)), size};
        now += size;
        peak = now > peak ? now : peak;
    }
    return peak;
}

static void measure(struct rule *rule, int power, int round)
{
    struct dice dice = {(uint64_t)round + 1}; // the same for every rule

    arena_init(&arena, ARENA);
    arena.fit = rule->fit;
    arena.rounds = rule->rounds;
    size_t peak = play(&dice, 64u << power);
    double percent = 100.0 * (double)peak / (double)arena.high;
    rule->percent[power][round] = percent;
    printf("%s,%u,%.2f\n", rule->name, 64u << power, percent);
    arena_end(&arena);
}

static void say(const struct rule *rule, int rounds)
{
    struct stats stats = {0};
    char name[64];

    stats_of(rule->percent[4], (size_t)rounds, &stats); // up to 1024 bytes
    snprintf(name, sizeof name, "%s_percent", rule->name);
    fact(name, (long long)(stats.median + 0.5));
}

int main(int argument_count, char **arguments)
{
    bool quick = argument_count > 1 && strcmp(arguments[1], "quick") == 0;
    int rounds = quick ? 3 : ROUNDS;

    puts("series,x,percent");
    for (int round = 0; round < rounds; round++)
        for (int power = 0; power < SIZES; power++)
            for (int i = 0; i < RULES; i++)
                measure(&rules[i], power, round);
    for (int i = 0; i < RULES; i++)
        say(&rules[i], rounds);
    return 0;
}
