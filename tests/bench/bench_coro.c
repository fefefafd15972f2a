// bench_coro.c - what a coroutine costs: a switch beside a bare one,
// swapcontext, threads and processes, and the memory of a million; nothing is
// asserted
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "runtime/coro.h"
#include "runtime/coro_switch.h"
#include "runtime/must.h"
#include "runtime/stats.h"
#include "tools/trace/writer.h"

enum { ROUNDS = 31, FAST = 200000, SLOW = 4000, MILLION = 1000000 };

// ---- Bare: two stacks, and nothing but the switch ---------------------------
// Each way loops inside: a call between two switches costs as much as one.

static void *bare_here, *bare_there;

static void bare_back(void)
{
    for (;;)
        coro_switch(&bare_there, bare_here);
}

static void bare_times(int times)
{
    while (times-- > 0)
        coro_switch(&bare_here, bare_there);
}

static void prepare_bare(void)
{
    size_t bytes = 16384;

    bare_there = coro_switch_prepare(MUST(malloc(bytes)), bytes, bare_back);
}

// ---- swapcontext, bare ------------------------------------------------------

static ucontext_t context_here, context_there;

static void context_back(void)
{
    for (;;)
        swapcontext(&context_there, &context_here);
}

static void context_times(int times)
{
    while (times-- > 0)
        swapcontext(&context_here, &context_there);
}

static void prepare_context(void)
{
    size_t bytes = 65536;

    MUST(getcontext(&context_there));
    context_there.uc_stack.ss_sp = MUST(malloc(bytes));
    context_there.uc_stack.ss_size = bytes;
    makecontext(&context_there, context_back, 0);
}

// ---- runtime/coro, both ways ------------------------------------------------

static struct coro *fast, *portable;

static void coro_back(void *unused)
{
    (void)unused;
    for (;;)
        coro_yield();
}

static void fast_times(int times)
{
    while (times-- > 0)
        coro_resume(fast);
}

static void portable_times(int times)
{
    while (times-- > 0)
        coro_resume(portable);
}

static void prepare_coro(void)
{
    coro_fast = false;
    portable = MUST(coro_create(coro_back, NULL, 0));
    coro_fast = true;
    fast = MUST(coro_create(coro_back, NULL, 0));
}

// ---- Threads and processes: a byte there and a byte back --------------------

static int there[2][2], back[2][2]; // pipes: of the thread, of the process

static void *echo(void *pipes)
{
    int which = *(int *)pipes;
    char byte;

    while (read(there[which][0], &byte, 1) == 1)
        MUST(write(back[which][1], &byte, 1));
    return NULL;
}

static void echo_once(int which)
{
    char byte = 0;

    MUST(write(there[which][1], &byte, 1));
    MUST(read(back[which][0], &byte, 1));
}

static void thread_times(int times)
{
    while (times-- > 0)
        echo_once(0);
}

static void process_times(int times)
{
    while (times-- > 0)
        echo_once(1);
}

static pid_t prepare_echo(void)
{
    static int numbers[2] = {0, 1};
    pthread_t thread;
    pid_t child;

    for (int i = 0; i < 2; i++) {
        MUST(pipe(there[i]));
        MUST(pipe(back[i]));
    }
    child = MUST(fork());
    if (child == 0) {
        close(there[1][1]); // or its own end would keep it alive
        echo(&numbers[1]);
        _exit(0);
    }
    MUST(pthread_create(&thread, NULL, echo, &numbers[0]));
    return child;
}

// ---- Measuring --------------------------------------------------------------

static struct way {
    const char *name;
    void (*run)(int times); // there and back: two switches
    int times;
    double ns[ROUNDS];
} ways[] = {
    {.name = "bare assembly", .run = bare_times, .times = FAST},
    {.name = "coro, fast", .run = fast_times, .times = FAST},
    {.name = "swapcontext", .run = context_times, .times = SLOW},
    {.name = "coro, portable", .run = portable_times, .times = SLOW},
    {.name = "thread, by pipe", .run = thread_times, .times = SLOW / 4},
    {.name = "process, by pipe", .run = process_times, .times = SLOW / 4},
};
enum { WAYS = sizeof ways / sizeof *ways };

static void measure(struct way *way, int round)
{
    uint64_t start = writer_now();

    way->run(way->times);
    way->ns[round] = (double)(writer_now() - start) / way->times / 2;
}

static double say(const struct way *way)
{
    struct stats s = {0};

    stats_of(way->ns, ROUNDS, &s);
    printf("%-18s %9.2f ns a switch  [%.2f, %.2f]\n", way->name, s.median,
           s.sure_low, s.sure_high);
    return s.median;
}

static void bench_switches(void)
{
    double median[WAYS];

    for (int round = 0; round < ROUNDS; round++)
        for (int i = 0; i < WAYS; i++)
            measure(&ways[i], round);
    for (int i = 0; i < WAYS; i++)
        median[i] = say(&ways[i]);
    printf("coro, fast: %.2f x a bare switch; %.0f times as fast as "
           "swapcontext\n",
           median[1] / median[0], median[2] / median[1]);
}

// ---- A million --------------------------------------------------------------

static double status_kib(const char *word)
{
    FILE *status = MUST(fopen("/proc/self/status", "r"));
    char line[256];
    double kib = 0;

    while (fgets(line, sizeof line, status))
        if (strncmp(line, word, strlen(word)) == 0)
            kib = strtod(line + strlen(word), NULL);
    fclose(status);
    return kib;
}

static void bench_many(bool with_fast)
{
    static struct coro *many[MILLION];
    uint64_t start = writer_now(), made, gone;
    double before, tables;
    int count = 0;

    memset(many, 1, sizeof many); // not the array is to be measured
    before = status_kib("VmRSS:");
    tables = status_kib("VmPTE:");
    coro_fast = with_fast;
    while (count < MILLION && (many[count] = coro_create(coro_back, NULL, 0)))
        coro_resume(many[count++]);
    made = writer_now();
    printf("%d live (%s%s): %.2f KiB resident each, %.2f KiB of page tables, "
           "%.0f ns to make and resume each\n",
           count, with_fast ? "fast" : "portable",
           coro_old_guards ? ", guards by mprotect" : "",
           (status_kib("VmRSS:") - before) / count,
           (status_kib("VmPTE:") - tables) / count,
           (double)(made - start) / count);
    start = writer_now();
    for (int i = 0; i < count; i++)
        coro_destroy(many[i]);
    gone = writer_now();
    printf("%*s destroyed in %.0f ns each\n", 8, "",
           (double)(gone - start) / count);
}

static void bench_many_apart(bool with_fast, bool old)
{
    if (MUST(fork()) == 0) {
        coro_old_guards = old;
        bench_many(with_fast);
        exit(0);
    }
    MUST(wait(NULL));
}

int main(void)
{
    pid_t child = prepare_echo();

    fflush(stdout);
    bench_many_apart(true, false);
    bench_many_apart(false, false);
    bench_many_apart(true, true);
    prepare_bare();
    prepare_context();
    prepare_coro();
    bench_switches();
    close(there[1][1]);
    MUST(waitpid(child, NULL, 0));
    return 0;
}
