// 04_heap.c - the promises of lab 04: an allocator on an arena
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "tools/grader/suite.h"

#include "solutions/04_heap/loads.h"

enum {
    ARENA = 32 << 20, // bytes, at most
    UNIT = 8,         // what blocks begin at multiples of
    SEED = 1,         // of the loads whose use is measured
};

struct told { // by the worker, of one operation
    uint32_t from, found;
};
enum { NOWHERE = -1, OUTSIDE = -2 }; // instead of from

// ---- What is known of the blocks --------------------------------------------

static struct {
    uint32_t from, size;
} blocks[1 << 16];

static uint32_t owner[ARENA / UNIT]; // id + 1 of the block that lies there

static void forget_blocks(void)
{
    memset(blocks, 0, sizeof blocks);
    memset(owner, 0, sizeof owner);
}

static void own(uint32_t id, uint32_t mark)
{
    for (uint32_t at = 0; at < blocks[id].size; at += UNIT)
        owner[(blocks[id].from + at) / UNIT] = mark;
}

// The sum of the bytes that the worker writes into a block.
static uint32_t sum_of(uint32_t id, uint32_t size)
{
    uint32_t sum = 1;

    for (uint32_t i = 0; i < size; i++)
        sum = sum * 31 + (unsigned char)(id * 7 + i);
    return sum;
}

// ---- Is an operation right? -------------------------------------------------

struct story { // where we are, for messages
    const char *name;
    size_t number;
    const struct op *op;
};

// "random2, operation 17 (a 12 400)"
static const char *where(const struct story *story)
{
    static char text[120];

    snprintf(text, sizeof text,
             story->op->kind == 'f' ? M("load %s, operation %zu (%c %u)",
                                        "carga %s, operación %zu (%c %u)")
                                    : M("load %s, operation %zu (%c %u %u)",
                                        "carga %s, operación %zu (%c %u %u)"),
             story->name, story->number, (char)story->op->kind, story->op->id,
             story->op->size);
    return text;
}

static void lies_right(const struct story *story, uint32_t from, size_t arena)
{
    expect(from != (uint32_t)NOWHERE,
           M("%s: there is room, but it gave NULL",
             "%s: hay lugar, pero devolvió NULL"),
           where(story));
    expect(from != (uint32_t)OUTSIDE && from <= arena &&
               story->op->size <= arena - from,
           M("%s: the block is not in the arena, which has %zu bytes; it "
             "begins at byte %lld",
             "%s: el bloque no está dentro de la arena, que tiene %zu bytes; "
             "empieza en el byte %lld"),
           where(story), arena, (long long)from);
    expect(from % UNIT == 0,
           M("%s: the block should begin at a multiple of 8; it begins at byte "
             "%u of the arena",
             "%s: el bloque debía empezar en un múltiplo de 8; empieza en el "
             "byte %u de la arena"),
           where(story), from);
}

static void lies_alone(const struct story *story)
{
    uint32_t id = story->op->id;

    for (uint32_t at = 0; at < blocks[id].size; at += UNIT) {
        uint32_t other = owner[(blocks[id].from + at) / UNIT];
        expect(other == 0,
               M("%s: the block overlaps block %u, which has not been freed",
                 "%s: el bloque se superpone con el bloque %u, que no se ha "
                 "liberado"),
               where(story), other - 1);
    }
}

static void is_intact(const struct story *story, uint32_t found, uint32_t size)
{
    expect(found == sum_of(story->op->id, size),
           story->op->kind == 'r'
               ? M("%s: the first %u bytes should be those of the old block",
                   "%s: los primeros %u bytes debían ser los del bloque viejo")
               : M("%s: the %u bytes of the block are not those that its owner "
                   "wrote",
                   "%s: los %u bytes del bloque no son los que escribió su "
                   "dueño"),
           where(story), size);
}

static void judge(const struct story *story, struct told told, size_t arena)
{
    uint32_t id = story->op->id, size = story->op->size;
    uint32_t old = blocks[id].size;

    own(id, 0);
    if (story->op->kind == 'f')
        is_intact(story, told.found, old);
    else
        lies_right(story, told.from, arena);
    blocks[id].from = told.from;
    blocks[id].size = size;
    lies_alone(story);
    if (story->op->kind == 'r')
        is_intact(story, told.found, old < size ? old : size);
    own(id, id + 1);
}

// ---- Asking -----------------------------------------------------------------

// A heap in an arena that may grow up to limit bytes. Returns its size.
static size_t begin(struct worker *worker, long long limit)
{
    forget_blocks();
    worker_ask(worker, "heap_init", "i", limit);
    expect(worker_int(worker) == 1,
           M("heap_init should return true; it returned false",
             "heap_init debía devolver true; devolvió false"));
    return (size_t)worker_int(worker);
}

// The load goes on with these blocks; all of it must be right. Returns how
// large the arena is then.
static size_t go_on(struct worker *worker, const struct load *load,
                    const char *name)
{
    size_t size;

    worker_ask(worker, "play", "b", load->ops, load->count * sizeof *load->ops);
    const char *told = worker_bytes(worker, &size);
    size_t arena = (size_t)worker_int(worker),
           done = size / sizeof(struct told);
    expect(done <= load->count && (done > 0 || load->count == 0) &&
               arena <= ARENA,
           M("the arena has %zu bytes after %zu operations",
             "la arena tiene %zu bytes después de %zu operaciones"),
           arena, done);
    for (size_t i = 0; i < done; i++) {
        struct story story = {name, i + 1, &load->ops[i]};
        struct told one;
        memcpy(&one, told + i * sizeof one, sizeof one);
        judge(&story, one, arena);
    }
    if (done < load->count)
        broken(M("load %s stopped after %zu operations",
                 "la carga %s se detuvo después de %zu operaciones"),
               name, done);
    return arena;
}

static size_t play(struct worker *worker, const struct load *load,
                   const char *name)
{
    begin(worker, ARENA);
    return go_on(worker, load, name);
}

static void play_kind(struct worker *worker, const char *name, uint64_t seed)
{
    for (size_t i = 0; i < LOADS; i++) {
        struct load load;
        if (strcmp(load_kinds[i].name, name) != 0)
            continue;
        load_make(&load, i, seed);
        play(worker, &load, name);
        load_free(&load);
    }
}

static uint64_t any_seed(void)
{
    return (uint64_t)random_int(1, 1000000000);
}

// ---- Basic ------------------------------------------------------------------

// Blocks of many sizes, none of them freed.
static struct load only_taken(size_t count)
{
    struct load load = {.state = any_seed()};

    for (uint32_t size = 1; size <= 40; size++)
        load_take(&load, size);
    for (size_t i = 0; i < count; i++)
        load_take(&load, load_between(&load, 1, 5000));
    return load;
}

static void in_the_arena(void)
{
    struct worker *worker = worker_start();
    struct load load = {.state = any_seed()};

    load_take(&load, 100);
    play(worker, &load, "one");
    load_take(&load, 1);
    load_take(&load, 4096);
    load_take(&load, 100000);
    play(worker, &load, "four");
    load = only_taken(500);
    play(worker, &load, "taken");
}

static void aligned(void)
{
    struct worker *worker = worker_start();
    struct load load = {.state = any_seed()};

    for (uint32_t size = 1; size <= 300; size++)
        load_take(&load, size);
    play(worker, &load, "sizes");
    play_kind(worker, "parser", any_seed());
}

static void no_overlap(void)
{
    static const char *const kinds[] = {"editor", "compiler", "random2",
                                        "binary2"};
    struct worker *worker = worker_start();

    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        play_kind(worker, kinds[i], any_seed());
}

static void at_most(const char *what, size_t arena, size_t most)
{
    expect(arena <= most,
           M("%s: at most %zu bytes of arena should be needed; there were %zu",
             "%s: debían bastar %zu bytes de arena; se usaron %zu"),
           what, most, arena);
}

static void used_again(void)
{
    struct worker *worker = worker_start();
    struct load load = {.state = any_seed()};

    for (int i = 0; i < 1000; i++)
        load_add(&load, i % 2 ? 'f' : 'a', 0, i % 2 ? 0 : 1000);
    at_most(M("1000 bytes, taken and freed 500 times",
              "1000 bytes, pedidos y liberados 500 veces"),
            play(worker, &load, "again"), 8192);
    load.count = 0;
    for (uint32_t i = 0; i < 2000; i++) {
        load_add(&load, 'a', i % 10, 200);
        if (i >= 9)
            load_add(&load, 'f', (i + 1) % 10, 0);
    }
    at_most(M("ten blocks of 200 bytes at a time, 2000 in all",
              "diez bloques de 200 bytes a la vez, 2000 en total"),
            play(worker, &load, "ten"), 16384);
}

// Blocks of 1000 bytes, until there is none. Returns how many there were.
static int fill_up(struct worker *worker)
{
    for (int blocks_given = 0; blocks_given < 100; blocks_given++) {
        worker_ask(worker, "heap_alloc", "i", 1000LL);
        if (worker_int(worker) == 0)
            return blocks_given;
    }
    broken(M("an arena of 64 KiB gave 100 blocks of 1000 bytes",
             "una arena de 64 KiB dio 100 bloques de 1000 bytes"));
}

static void full_arena(void)
{
    struct worker *worker = worker_start();

    begin(worker, 65536);
    int given = fill_up(worker);
    expect(given >= 48,
           M("an arena of 64 KiB should give 48 blocks of 1000 bytes at least; "
             "it gave %d and then NULL",
             "una arena de 64 KiB debía dar al menos 48 bloques de 1000 bytes; "
             "dio %d y después NULL"),
           given);
    size_t before = begin(worker, 65536);
    worker_ask(worker, "heap_alloc", "i", 0LL);
    expect(worker_int(worker) == 0,
           M("heap_alloc(0) should return NULL", "heap_alloc(0) debía devolver "
                                                 "NULL"));
    worker_ask(worker, "heap_alloc", "i", 100000LL);
    expect(worker_int(worker) == 0,
           M("heap_alloc(100000) in an arena of 64 KiB should return NULL",
             "heap_alloc(100000) en una arena de 64 KiB debía devolver NULL"));
    worker_ask(worker, "free_nothing", "");
    at_most(M("two requests that give nothing, and heap_free(NULL)",
              "dos pedidos que no dan nada, y heap_free(NULL)"),
            (size_t)worker_int(worker), before);
    expect(fill_up(worker) == given,
           M("after requests that failed there is less room than before",
             "después de pedidos fallidos hay menos lugar que antes"));
}

// ---- Intermediate -----------------------------------------------------------

static void realloc_keeps(void)
{
    struct worker *worker = worker_start();
    struct load load = {.state = any_seed()};
    enum { BLOCKS = 40 };

    for (uint32_t i = 0; i < BLOCKS; i++)
        load_take(&load, load_between(&load, 1, 300));
    for (int i = 0; i < 3000; i++)
        load_add(&load, 'r', load_between(&load, 0, BLOCKS - 1),
                 load_between(&load, 1, 1u << load_between(&load, 1, 14)));
    for (uint32_t i = 0; i < BLOCKS; i++)
        load_add(&load, 'f', i, 0);
    play(worker, &load, "resized");
    play_kind(worker, "realloc", any_seed());
    play_kind(worker, "realloc2", any_seed());
}

static void realloc_gives(struct worker *worker, long long size, bool block,
                          bool intact)
{
    worker_ask(worker, "heap_realloc", "ii", 0LL, size);
    expect((worker_int(worker) != 0) == block,
           block ? M("heap_realloc(block, %lld) should give a block; it gave "
                     "NULL",
                     "heap_realloc(bloque, %lld) debía dar un bloque; dio NULL")
                 : M("heap_realloc(block, %lld) should give NULL",
                     "heap_realloc(bloque, %lld) debía dar NULL"),
           size);
    expect(!intact || (uint32_t)worker_int(worker) == sum_of(0, 500),
           M("heap_realloc gave NULL, and the old block is not as it was",
             "heap_realloc dio NULL, y el bloque viejo no quedó como estaba"));
}

static void realloc_edges(void)
{
    struct worker *worker = worker_start();
    struct load load = {.state = any_seed()};

    begin(worker, 4096);
    worker_ask(worker, "heap_realloc", "ii", 7LL, 100LL); // of NULL
    expect(worker_int(worker) == 1,
           M("heap_realloc(NULL, 100) should give a block; it gave NULL",
             "heap_realloc(NULL, 100) debía dar un bloque; dio NULL"));
    load_add(&load, 'a', 0, 500);
    begin(worker, 4096);
    go_on(worker, &load, "one");
    realloc_gives(worker, 10000, false, true);
    realloc_gives(worker, 1 << 30, false, true);
    load.ops[0] = (struct op){'f', 0, 0};
    go_on(worker, &load, "one");
    load.ops[0] = (struct op){'a', 0, 3000};
    begin(worker, 4096);
    go_on(worker, &load, "3000");
    realloc_gives(worker, 0, false, false);
    forget_blocks();
    load.ops[0] = (struct op){'a', 1, 3000}; // for which there is room again
    go_on(worker, &load, "3000");
}

// Four blocks side by side are freed in this order; then one as large as all.
static void joined(struct worker *worker, const int order[4])
{
    struct load load = {.state = any_seed()};
    enum { SIZE = 8000 };

    for (uint32_t i = 0; i < 4; i++)
        load_add(&load, 'a', i, SIZE);
    load_add(&load, 'a', 4, 100); // so that none of them is the last
    for (int i = 0; i < 4; i++)
        load_add(&load, 'f', (uint32_t)order[i], 0);
    load_add(&load, 'a', 5, 4 * SIZE);
    size_t arena = play(worker, &load, "neighbours");
    expect(arena <= 4 * SIZE + 5000,
           M("four free neighbours of 8000 bytes, freed in the order %d %d %d "
             "%d, should be one hole of 32000; the arena grew to %zu bytes",
             "cuatro vecinos libres de 8000 bytes, liberados en el orden %d %d "
             "%d %d, debían ser un hueco de 32000; la arena creció a %zu "
             "bytes"),
           order[0], order[1], order[2], order[3], arena);
}

static void neighbours(void)
{
    struct worker *worker = worker_start();

    for (int code = 0; code < 256; code++) { // all orders of 0, 1, 2, 3
        int order[4] = {code & 3, code >> 2 & 3, code >> 4 & 3, code >> 6};
        unsigned seen =
            1u << order[0] | 1u << order[1] | 1u << order[2] | 1u << order[3];
        if (seen == 15)
            joined(worker, order);
    }
    play_kind(worker, "coalescing", any_seed());
}

static void rest_stays(void)
{
    struct worker *worker = worker_start();
    struct load load = {.state = any_seed()};

    load_add(&load, 'a', 0, 40000);
    load_add(&load, 'a', 1, 16);
    load_add(&load, 'f', 0, 0);
    for (uint32_t id = 2; id < 32; id++)
        load_add(&load, 'a', id, 1200);
    at_most(M("30 blocks of 1200 bytes in a hole of 40000",
              "30 bloques de 1200 bytes en un hueco de 40000"),
            play(worker, &load, "hole"), 44000);
}

static void impossible_sizes(void)
{
    static const long long sizes[] = {-1,
                                      -3,
                                      -4,
                                      -7,
                                      -8,
                                      -9,
                                      -16,
                                      -4096,
                                      1LL << 32,
                                      1LL << 31,
                                      (1LL << 32) - 4,
                                      1LL << 62,
                                      (1LL << 32) + 100};
    struct worker *worker = worker_start();

    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        begin(worker, ARENA);
        worker_ask(worker, "heap_alloc", "i", sizes[i]);
        expect(worker_int(worker) == 0,
               M("heap_alloc(%llu) should give NULL; it gave a block",
                 "heap_alloc(%llu) debía dar NULL; dio un bloque"),
               (unsigned long long)sizes[i]);
        struct load load = only_taken(20);
        go_on(worker, &load, "after");
        realloc_gives(worker, sizes[i], false, false);
    }
}

// Part of a load, so that lists and blocks are left; then another one.
static void anew(void)
{
    struct worker *worker = worker_start();

    for (int round = 0; round < 4; round++) {
        struct load load;
        load_make(&load, 0, any_seed());
        load.count = (size_t)random_int(500, 3000);
        play(worker, &load, "editor");
    }
}

// What lies further behind is out of reach.
static void nothing_behind(struct worker *worker)
{
    worker_ask(worker, "behind", "");
    long long written = worker_int(worker);
    expect(
        written == 0,
        M("bytes behind the end of the arena that your code wrote to: %lld; "
          "nothing there is yours until arena_grow gives it",
          "bytes detrás del final de la arena en los que escribió tu código: "
          "%lld; nada de ahí es tuyo hasta que arena_grow lo entrega"),
        written);
}

static void beside_the_arena(void)
{
    static const char *const kinds[] = {"cache", "random2", "realloc"};
    struct worker *worker = worker_start();

    objects_use_listed();
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        play_kind(worker, kinds[i], any_seed());
        nothing_behind(worker);
    }
}

static void has_few_globals(void)
{
    enum { MOST = 4096 };
    long long bytes = objects_static_bytes();
    expect(bytes <= MOST,
           M("at most %d bytes of global, static and thread-local variables "
             "are allowed; there are %lld",
             "se permiten hasta %d bytes de variables globales, estáticas y de "
             "hilo; hay %lld"),
           MOST, bytes);
}

static void few_globals(void)
{
    play_kind(worker_start(), "short", any_seed());
    has_few_globals();
}

static void in_order(void)
{
    struct worker *worker = worker_start();

    play_kind(worker, "parser", any_seed());
    play_kind(worker, "realloc", any_seed());
    play_kind(worker, "short", any_seed());
    worker_end(worker);
}

// ---- Advanced: how much of the arena is put to use --------------------------

// At least so many per mille of the arena are payload at the best moment, in
// the mean of all loads.
static void uses(long wanted)
{
    struct worker *worker = worker_start();
    long sum = 0, least = 1000;
    const char *worst = "";

    objects_use_listed();
    has_few_globals();

    for (size_t i = 0; i < LOADS; i++) {
        struct load load;
        load_make(&load, i, SEED);
        size_t arena = play(worker, &load, load_kinds[i].name);
        nothing_behind(worker);
        long used = (long)(1000 * load_peak_bytes(&load) / arena);
        load_free(&load);
        sum += used;
        if (used < least) {
            least = used;
            worst = load_kinds[i].name;
        }
    }
    long mean = sum / LOADS;
    expect(mean >= wanted,
           M("over %d loads, %ld.%ld %% of the arena should be put to use on "
             "average; it is %ld.%ld %% (the worst: %s, %ld.%ld %%)",
             "en promedio de %d cargas, debía aprovecharse el %ld,%ld %% de la "
             "arena; es el %ld,%ld %% (la peor: %s, %ld,%ld %%)"),
           LOADS, wanted / 10, wanted % 10, mean / 10, mean % 10, worst,
           least / 10, least % 10);
}

static void uses_90(void)
{
    uses(900);
}

static void uses_95(void)
{
    uses(950);
}

// ---- Advanced: time ---------------------------------------------------------

static double now_ns(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec * 1e9 + (double)now.tv_nsec;
}

// Whoever gives nothing is fast: each request must get its block.
static double heap_ns(struct worker *worker, const struct load *load, int times)
{
    double from = now_ns();

    worker_ask(worker, "again", "ib", (long long)times, load->ops,
               load->count * sizeof *load->ops);
    long long refused = worker_int(worker);
    double ns = now_ns() - from;
    expect(refused == 0,
           M("the same load, over and over: what it frees should be enough for "
             "the next time, but %lld requests got NULL",
             "la misma carga, una y otra vez: lo que libera debía bastar para "
             "la vez siguiente, pero %lld pedidos recibieron NULL"),
           refused);
    return ns;
}

// The same with the C library's, here: what the student's file defines does not
// slow it down.
static double libc_ns(const struct load *load, int times)
{
    static void *at[1 << 16];
    double from = now_ns();

    for (size_t i = 0; i < (size_t)times * load->count; i++) {
        const struct op *op = &load->ops[i % load->count];
        if (op->kind == 'a')
            at[op->id] = malloc(op->size);
        else if (op->kind == 'r')
            at[op->id] = realloc(at[op->id], op->size);
        else
            free(at[op->id]);
    }
    return now_ns() - from;
}

enum { ROUNDS = 9, PASSES = 6 };

struct race { // ns, the least so far
    double heap, libc;
};
#define NO_RACE ((struct race){1e18, 1e18})

static double lesser(double a, double b)
{
    return a < b ? a : b;
}

// The least of the rounds of each, in turns: what else the machine does makes
// nobody faster.
static void run_race(struct worker *worker, struct race *race,
                     const struct load *load, int times)
{
    for (int round = 0; round < ROUNDS; round++) {
        race->heap = lesser(race->heap, heap_ns(worker, load, times));
        race->libc = lesser(race->libc, libc_ns(load, times));
    }
}

static void at_most_times(const struct race *race, double times)
{
    expect(
        race->heap <= times * race->libc,
        M("glibc took %.2f ms, your heap %.2f; at most %.0f times as long is "
          "allowed",
          "glibc tardó %.2f ms, tu montón %.2f; se permite hasta %.0f veces "
          "lo de glibc"),
        race->libc / 1e6, race->heap / 1e6, times);
}

// The more holes there are that are too small, the longer it takes to look at
// each of them.
static void many_blocks(void)
{
    enum { BLOCKS = 20000, PAIRS = 2000, ENOUGH = 8 << 20 };
    struct worker *worker = worker_start();
    struct load load = {.state = any_seed()};
    struct race race = NO_RACE;

    objects_use_listed();
    for (uint32_t i = 0; i < BLOCKS; i++)
        load_take(&load, 40 + 8 * (i % 8));
    for (uint32_t i = 0; i < BLOCKS; i += 2)
        load_add(&load, 'f', i, 0);
    begin(worker, ENOUGH);
    go_on(worker, &load, "many");
    load.count = 0;
    for (uint32_t i = 0; i < PAIRS; i++) {
        load_add(&load, 'a', 0, 600 + 8 * (i % 50));
        load_add(&load, 'a', 2, 700);
        load_add(&load, 'f', 0, 0);
        load_add(&load, 'f', 2, 0);
    }
    int passes = 0;
    do
        run_race(worker, &race, &load, 1);
    while (++passes < PASSES && race.heap > 30 * race.libc &&
           race.heap < 90 * race.libc);
    at_most_times(&race, 30);
}

// All loads once more. Returns the sum of the least times so far.
static struct race race_all(struct worker *worker, struct race races[LOADS])
{
    struct race sum = {0, 0};

    for (size_t i = 0; i < LOADS; i++) {
        struct load load;
        load_make(&load, i, SEED);
        begin(worker, ARENA);
        run_race(worker, &races[i], &load, load.count < 1000 ? 200 : 4);
        load_free(&load);
        sum.heap += races[i].heap;
        sum.libc += races[i].libc;
    }
    return sum;
}

// On a busy machine a question waits for its turn: then it is asked again,
// unless the answer is far from what waiting explains.
static void like_glibc(void)
{
    struct worker *worker = worker_start();
    struct race races[LOADS], sum;
    int passes = 0;

    objects_use_listed();
    play_kind(worker, "cache", any_seed()); // what is wrong wins no race
    play_kind(worker, "realloc2", any_seed());
    for (size_t i = 0; i < LOADS; i++)
        races[i] = NO_RACE;
    do
        sum = race_all(worker, races);
    while (++passes < PASSES && sum.heap > 2 * sum.libc &&
           sum.heap < 6 * sum.libc);
    at_most_times(&sum, 2);
}

// ---- The table --------------------------------------------------------------

static const struct promise promises[] = {
    {.name = "blocks_lie_in_the_arena",
     .level = BASIC,
     .points = 8,
     .english = "blocks lie in the arena",
     .spanish = "los bloques están dentro de la arena",
     .test = in_the_arena,
     .man = "3 malloc",
     .step = "price"},
    {.name = "blocks_are_aligned",
     .level = BASIC,
     .points = 6,
     .english = "blocks begin at multiples of 8",
     .spanish = "los bloques empiezan en múltiplos de 8",
     .test = aligned,
     .man = "3 malloc",
     .step = "price"},
    {.name = "blocks_do_not_overlap",
     .level = BASIC,
     .points = 10,
     .english = "no block overlaps another, nobody writes into one",
     .spanish = "ningún bloque pisa a otro ni es pisado",
     .test = no_overlap,
     .man = "3 malloc",
     .step = "price"},
    {.name = "freed_room_is_used_again",
     .level = BASIC,
     .points = 8,
     .english = "what was freed is used again",
     .spanish = "lo liberado se vuelve a usar",
     .test = used_again,
     .man = "3 free",
     .step = "holes"},
    {.name = "full_arena_gives_null",
     .level = BASIC,
     .points = 8,
     .english = "a full arena gives NULL and stays in order",
     .spanish = "una arena llena da NULL y sigue en orden",
     .test = full_arena,
     .man = "3 malloc",
     .step = "holes"},
    {.name = "realloc_keeps_the_contents",
     .level = INTERMEDIATE,
     .points = 8,
     .english = "realloc keeps the contents, growing and shrinking",
     .spanish = "realloc conserva el contenido al crecer y al achicar",
     .test = realloc_keeps,
     .man = "3 realloc",
     .step = NULL},
    {.name = "realloc_that_fails_changes_nothing",
     .level = INTERMEDIATE,
     .points = 3,
     .english = "realloc of NULL, to 0, and where there is no room",
     .spanish = "realloc de NULL, a 0 y cuando no hay lugar",
     .test = realloc_edges,
     .man = "3 realloc",
     .step = NULL},
    {.name = "free_neighbours_become_one",
     .level = INTERMEDIATE,
     .points = 7,
     .english = "free neighbours become one hole, in any order",
     .spanish = "los vecinos libres se unen, en cualquier orden",
     .test = neighbours,
     .man = NULL,
     .step = "merge"},
    {.name = "rest_of_a_hole_stays_free",
     .level = INTERMEDIATE,
     .points = 4,
     .english = "what is left over of a hole stays free",
     .spanish = "lo que sobra de un hueco sigue libre",
     .test = rest_stays,
     .man = NULL,
     .step = "policies"},
    {.name = "impossible_sizes_are_refused",
     .level = INTERMEDIATE,
     .points = 4,
     .english = "sizes that cannot be are refused, and do no harm",
     .spanish = "los tamaños imposibles se rechazan sin daño",
     .test = impossible_sizes,
     .man = "3 malloc",
     .step = NULL},
    {.name = "init_begins_anew",
     .level = INTERMEDIATE,
     .points = 3,
     .english = "heap_init forgets all that was before",
     .spanish = "heap_init olvida todo lo anterior",
     .test = anew,
     .man = NULL,
     .step = NULL},
    {.name = "nothing_comes_from_malloc",
     .level = INTERMEDIATE,
     .points = 2,
     .english = "no memory is taken outside the arena",
     .spanish = "no se toma memoria fuera de la arena",
     .test = beside_the_arena,
     .man = "3 malloc",
     .step = NULL},
    {.name = "globals_are_few",
     .level = INTERMEDIATE,
     .points = 2,
     .english = "at most 4096 bytes of global variables",
     .spanish = "hasta 4096 bytes de variables globales",
     .test = few_globals,
     .man = NULL,
     .step = "places"},
    {.name = "memory_is_in_order",
     .level = INTERMEDIATE,
     .points = 3,
     .english = "the sanitizers find nothing",
     .spanish = "los sanitizadores no encuentran nada",
     .test = in_order,
     .build = ADDRESS,
     .man = "3 malloc",
     .step = NULL},
    {.name = "uses_90_per_cent",
     .level = ADVANCED,
     .points = 6,
     .english = "90 % of the arena is put to use, on average",
     .spanish = "se aprovecha el 90 % de la arena, en promedio",
     .test = uses_90,
     .man = NULL,
     .step = "policies"},
    {.name = "uses_95_per_cent",
     .level = ADVANCED,
     .points = 6,
     .english = "95 % of the arena is put to use, on average",
     .spanish = "se aprovecha el 95 % de la arena, en promedio",
     .test = uses_95,
     .man = NULL,
     .step = "pools"},
    {.name = "many_blocks_do_not_slow_it_down",
     .level = ADVANCED,
     .points = 5,
     .english = "ten thousand small holes do not slow it down",
     .spanish = "diez mil huecos pequeños no lo hacen lento",
     .test = many_blocks,
     .man = NULL,
     .step = "pools"},
    {.name = "keeps_up_with_glibc",
     .level = ADVANCED,
     .points = 7,
     .english = "at most twice as long as glibc takes",
     .spanish = "a lo sumo el doble del tiempo de glibc",
     .test = like_glibc,
     .man = "3 mallopt",
     .step = "glibc"},
    {0},
};

int main(int count, char **arguments)
{
    // No stream: its buffer is memory, too.
    static const struct lab lab = {
        .files = {"heap.c"},
        .given = {"heap.h", "arena.h", "arena.c"},
        .names = {"arena_begin", "arena_size", "arena_grow", "memcpy",
                  "memmove", "memset", "memcmp", "ffs", "ffsl", "ffsll",
                  "abort", "__assert_fail", "printf", "puts", "putchar"},
        .promises = promises,
        .answer_seconds = 4,
    };

    return suite_main(&lab, count, arguments);
}
