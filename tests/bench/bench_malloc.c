// bench_malloc.c - the best heap of ours against glibc, and jemalloc and
// mimalloc where they are installed, on the loads of lab 04; nothing is
// asserted
//
// Each allocator is in a process of its own, which answers questions: the nth
// load, once more. The processes take turns. Utilisation is what malloc labs
// call so: the most bytes asked for at once, divided by the size of the heap.
#include <fcntl.h>
#include <glob.h>
#include <malloc.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "runtime/must.h"
#include "runtime/stats.h"
#include "solutions/04_heap/loads.h"

// One object, in our names.
#include "solutions/04_heap/arena.c"
#include "tests/bench/best_heap.c"

enum { ROUNDS = 15, LEAST_OPS = 20000, SEED = 1, ALLOCATORS = 4 };

struct calls {
    void *(*alloc)(size_t size);
    void (*free)(void *block);
    void *(*realloc)(void *block, size_t size);
};
static const struct calls ours = {heap_alloc, heap_free, heap_realloc};
static const struct calls theirs = {malloc, free, realloc};

static void play(const struct calls *with, const struct op *ops, size_t count)
{
    static void *blocks[1 << 16];

    for (size_t i = 0; i < count; i++) {
        void **at = &blocks[ops[i].id];
        if (ops[i].kind == 'a')
            *at = with->alloc(ops[i].size);
        else if (ops[i].kind == 'r')
            *at = with->realloc(*at, ops[i].size);
        else
            with->free(*at);
    }
}

// ---- The process that answers -----------------------------------------------

static double now_ns(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec * 1e9 + (double)now.tv_nsec;
}

static double ns_an_op(const struct calls *with, const struct load *load)
{
    size_t times = load->count < LEAST_OPS ? LEAST_OPS / load->count : 1;
    double from = now_ns();

    for (size_t i = 0; i < times; i++)
        play(with, load->ops, load->count);
    return (now_ns() - from) / (double)(times * load->count);
}

// Numbers of loads come on stdin, ns an operation go to stdout.
static int answer(const struct calls *with)
{
    struct load loads[LOADS];
    int n;

    for (size_t i = 0; i < LOADS; i++)
        load_make(&loads[i], i, SEED);
    while (read(STDIN_FILENO, &n, sizeof n) == sizeof n) {
        if (with == &ours) {
            arena_start(ARENA_LIMIT);
            heap_init();
        }
        double ns = ns_an_op(with, &loads[n]);
        MUST(write(STDOUT_FILENO, &ns, sizeof ns));
    }
    return 0;
}

static double use_of(const struct load *load, size_t heap)
{
    return 100.0 * (double)load_peak_bytes(load) / (double)heap;
}

static double use_of_ours(const struct load *load)
{
    arena_start(ARENA_LIMIT);
    heap_init();
    play(&ours, load->ops, load->count);
    return use_of(load, arena_size());
}

// The heap of glibc begins with 132 KiB and whatever stdio took: of a small
// load that is nearly all. mallinfo2 takes long: it is not asked at each step.
static double use_of_glibc(const struct load *load)
{
    size_t most = 0;

    for (size_t i = 0; i < load->count; i++) {
        play(&theirs, &load->ops[i], 1);
        if (load->ops[i].kind == 'f' || (i % 16 && load->count > 100))
            continue;
        struct mallinfo2 heap = mallinfo2();
        if (heap.arena + heap.hblkhd > most)
            most = heap.arena + heap.hblkhd;
    }
    return use_of(load, most);
}

// Both uses of a load, in a process that has not had another.
static int tell_uses(size_t n)
{
    struct load load, copy;
    double uses[2];

    load_make(&load, n, SEED);
    copy = load;
    copy.ops = MUST(mmap(NULL, load.room * sizeof *load.ops,
                         PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS,
                         -1, 0)); // the list itself is not to count
    memcpy(copy.ops, load.ops, load.count * sizeof *load.ops);
    load_free(&load);
    malloc_trim(0);
    uses[0] = use_of_ours(&copy);
    uses[1] = use_of_glibc(&copy);
    MUST(write(STDOUT_FILENO, uses, sizeof uses));
    return 0;
}

// ---- The process that asks --------------------------------------------------

static struct allocator {
    const char *name;
    int to, from; // pipes
    double ns[ROUNDS];
    double total_ns, ratios; // sums over the loads
} allocators[ALLOCATORS];
static int allocator_count;

// Starts this program again with two words, and perhaps another malloc.
static void start(struct allocator *child, const char *library,
                  const char *word, const char *second)
{
    int to[2], from[2];

    MUST(pipe2(to, O_CLOEXEC));
    MUST(pipe2(from, O_CLOEXEC));
    if (MUST(fork()) == 0) {
        if (library)
            setenv("LD_PRELOAD", library, 1);
        MUST(dup2(to[0], STDIN_FILENO));
        MUST(dup2(from[1], STDOUT_FILENO));
        execl("/proc/self/exe", "bench_malloc", word, second, (char *)NULL);
        _exit(2);
    }
    close(to[0]);
    close(from[1]);
    child->to = to[1];
    child->from = from[0];
}

static void add(const char *name, const char *library, const char *word)
{
    struct allocator *new = &allocators[allocator_count++];

    new->name = name;
    start(new, library, word, "");
}

static void add_installed(const char *name)
{
    char pattern[200];
    glob_t found;

    snprintf(pattern, sizeof pattern, "/usr/{lib,lib64,lib/*}/lib%s.so*", name);
    if (glob(pattern, GLOB_BRACE, NULL, &found) == 0)
        add(name, found.gl_pathv[0], "theirs");
    else
        printf("%s is not installed here\n", name);
    globfree(&found);
}

static double ask(const struct allocator *allocator, int load)
{
    double ns;

    MUST(write(allocator->to, &load, sizeof load));
    if (MUST(read(allocator->from, &ns, sizeof ns)) != sizeof ns)
        exit(2);
    return ns;
}

static double median(const double *sample)
{
    struct stats stats = {0};

    stats_of(sample, ROUNDS, &stats);
    return stats.median;
}

static void measure(int load, double count)
{
    for (int round = 0; round < ROUNDS; round++)
        for (int i = 0; i < allocator_count; i++)
            allocators[i].ns[round] = ask(&allocators[i], load);
    double glibc = median(allocators[1].ns);
    for (int i = 0; i < allocator_count; i++) {
        double ns = median(allocators[i].ns);
        allocators[i].total_ns += ns * count;
        allocators[i].ratios += ns / glibc;
        printf(" %9.1f", ns);
    }
    putchar('\n');
    fflush(stdout);
}

static void ask_uses(int load, double uses[2])
{
    struct allocator child;
    char number[20];

    snprintf(number, sizeof number, "%d", load);
    start(&child, NULL, "uses", number);
    if (MUST(read(child.from, uses, 2 * sizeof *uses)) != 2 * sizeof *uses)
        exit(2);
    close(child.to);
    close(child.from);
    MUST(wait(NULL));
}

static void measure_all(double sums[2])
{
    for (int i = 0; i < LOADS; i++) {
        struct load load;
        double uses[2];
        load_make(&load, (size_t)i, SEED);
        ask_uses(i, uses);
        printf("%-11s %8.1f%% %8.1f%%", load_kinds[i].name, uses[0], uses[1]);
        measure(i, (double)load.count);
        sums[0] += uses[0];
        sums[1] += uses[1];
        load_free(&load);
    }
}

static void print_totals(const double sums[2])
{
    printf("%-11s %8.1f%% %8.1f%%", "mean", sums[0] / LOADS, sums[1] / LOADS);
    for (int i = 0; i < allocator_count; i++)
        printf(" %9.2f", allocators[i].ratios / LOADS);
    printf("  times glibc, mean of the loads\n%-31s", "");
    for (int i = 0; i < allocator_count; i++)
        printf(" %9.2f", allocators[i].total_ns / allocators[1].total_ns);
    puts("  times glibc, all loads together");
}

int main(int count, char **arguments)
{
    double sums[2] = {0};

    if (count > 2 && strcmp(arguments[1], "uses") == 0)
        return tell_uses(strtoul(arguments[2], NULL, 10));
    if (count > 1)
        return answer(strcmp(arguments[1], "ours") == 0 ? &ours : &theirs);
    add("ours", NULL, "ours");
    add("glibc", NULL, "theirs");
    add_installed("jemalloc");
    add_installed("mimalloc");
    printf("%-11s %9s %9s", "load", "use ours", "use glibc");
    for (int i = 0; i < allocator_count; i++)
        printf(" %9s", allocators[i].name);
    puts("  ns an operation");
    fflush(stdout);
    measure_all(sums);
    print_totals(sums);
    for (int i = 0; i < allocator_count; i++)
        close(allocators[i].to); // each ends when nobody can ask any more
    while (wait(NULL) > 0)
        ;
    return 0;
}
