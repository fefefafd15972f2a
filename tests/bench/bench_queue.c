// bench_queue.c - runtime/queue beside the textbook's, Concurrency Kit, GLib
// and Python: time of an item, latency, what waiting costs; nothing is asserted
//
// The queues take turns, round by round. Each run checks that no item is lost
// or doubled, and that those of each putter arrive in order.
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

#include "runtime/stats.h"
#include "tests/bench/queue_rivals.c"

enum { ROUNDS = 15, MOST_THREADS = 4, SLICE_NS = 25000000, WARM_UP = 20000 };

static double clock_ns(clockid_t clock)
{
    struct timespec now;

    MUST(clock_gettime(clock, &now));
    return (double)now.tv_sec * 1e9 + (double)now.tv_nsec;
}

static double now_ns(void)
{
    return clock_ns(CLOCK_MONOTONIC);
}

static double busy_ns(void)
{
    return clock_ns(CLOCK_PROCESS_CPUTIME_ID);
}

static double median(const double *sample, size_t count)
{
    struct stats s = {0};

    stats_of(sample, count, &s);
    return s.median;
}

// ---- One run: so many items through one queue -------------------------------

enum { NUMBER_BITS = 40 }; // of an item; the rest is its putter, 1 or more
static char last_item;     // one for each getter

static struct {
    const struct rival *rival;
    void *queue;
    long each; // items of one putter
    pthread_barrier_t start;
} run;

struct got {
    long sum;
    bool in_order;
};

static void *put_items(void *putter)
{
    uintptr_t first = (uintptr_t)putter << NUMBER_BITS;

    pthread_barrier_wait(&run.start);
    for (long i = 1; i <= run.each; i++)
        run.rival->put(run.queue, (void *)(first + (uintptr_t)i));
    return NULL;
}

static void *get_items(void *result)
{
    struct got *got = result;
    long last[MOST_THREADS + 1] = {0};
    void *item;

    pthread_barrier_wait(&run.start);
    while ((item = run.rival->get(run.queue)) != &last_item) {
        uintptr_t putter = (uintptr_t)item >> NUMBER_BITS;
        long number = (uintptr_t)item & (((uintptr_t)1 << NUMBER_BITS) - 1);
        got->in_order &= number > last[putter];
        got->sum += last[putter] = number;
    }
    return NULL;
}

static void check(const struct got *got, int threads)
{
    long sum = 0;

    for (int i = 0; i < threads; i++) {
        sum += got[i].sum;
        if (!got[i].in_order) {
            printf("%s: items out of order\n", run.rival->name);
            exit(1);
        }
    }
    if (sum != threads * (run.each * (run.each + 1) / 2)) {
        printf("%s: items lost or doubled\n", run.rival->name);
        exit(1);
    }
}

struct cost {
    double ns, busy_ns; // of an item: on the clock, and of all processors
};

static struct cost pass_items(int threads)
{
    pthread_t putters[MOST_THREADS], getters[MOST_THREADS];
    struct got got[MOST_THREADS];
    double begin, busy, items = (double)(run.each * threads);

    MUST(pthread_barrier_init(&run.start, NULL, 2 * (unsigned)threads + 1));
    for (int i = 0; i < threads; i++) {
        got[i] = (struct got){.in_order = true};
        MUST(pthread_create(&putters[i], NULL, put_items,
                            (void *)(intptr_t)(i + 1)));
        MUST(pthread_create(&getters[i], NULL, get_items, &got[i]));
    }
    begin = now_ns(); // after the barrier, threads that spin may delay us
    busy = busy_ns();
    pthread_barrier_wait(&run.start);
    for (int i = 0; i < threads; i++)
        MUST(pthread_join(putters[i], NULL));
    for (int i = 0; i < threads; i++)
        run.rival->put(run.queue, &last_item);
    for (int i = 0; i < threads; i++)
        MUST(pthread_join(getters[i], NULL));
    check(got, threads);
    return (struct cost){(now_ns() - begin) / items,
                         (busy_ns() - busy) / items};
}

static struct cost measure(const struct rival *rival, size_t capacity,
                           int threads, long items)
{
    struct cost cost;

    run.rival = rival;
    run.each = items / threads;
    run.queue = rival->create(capacity);
    cost = pass_items(threads);
    rival->destroy(run.queue);
    return cost;
}

// ---- Python -----------------------------------------------------------------

static const char python[] =
    "import queue, sys, threading, time\n"
    "capacity, threads, items = map(int, sys.argv[1:])\n"
    "q = queue.Queue(capacity)\n"
    "def put():\n"
    "    for i in range(items // threads): q.put(i)\n"
    "def get():\n"
    "    for i in range(items // threads): q.get()\n"
    "all = [threading.Thread(target=f) for f in [put, get] * threads]\n"
    "begin = time.perf_counter()\n"
    "for t in all: t.start()\n"
    "for t in all: t.join()\n"
    "print((time.perf_counter() - begin) * 1e9 / items)\n";

enum { PYTHON_ITEMS = 20000, PYTHON_ROUNDS = 5 };

// 0: there is no Python here.
static double measure_python(size_t capacity, int threads)
{
    char command[sizeof python + 100], line[64] = "0";
    FILE *answer;

    snprintf(command, sizeof command, "python3 -c '%s' %zu %d %d 2>/dev/null",
             python, capacity, threads, PYTHON_ITEMS);
    answer = MUST(popen(command, "r"));
    if (!fgets(line, sizeof line, answer))
        line[0] = '\0';
    pclose(answer);
    return strtod(line, NULL);
}

// ---- The others -------------------------------------------------------------
// Two threads that pass items need two processors. Where other programs take
// part of them, queues that sleep and queues that spin suffer differently, and
// the ratios say little.

enum { TICK_NS = 10000000 }; // of /proc/stat: user, nice, system

static double machine_busy_ns(void)
{
    unsigned long user = 0, nice = 0, kernel = 0;
    FILE *stat = MUST(fopen("/proc/stat", "r"));

    if (fscanf(stat, "cpu %lu %lu %lu", &user, &nice, &kernel) != 3)
        kernel = 0;
    fclose(stat);
    return (double)(user + nice + kernel) * TICK_NS;
}

static double used_ns(int who)
{
    struct rusage used;

    MUST(getrusage(who, &used));
    return (double)(used.ru_utime.tv_sec + used.ru_stime.tv_sec) * 1e9 +
           (double)(used.ru_utime.tv_usec + used.ru_stime.tv_usec) * 1e3;
}

static struct {
    double clock, machine, ours;
} began;

static void watch_others(void)
{
    began.clock = now_ns();
    began.machine = machine_busy_ns();
    began.ours = used_ns(RUSAGE_SELF) + used_ns(RUSAGE_CHILDREN);
}

static void say_others(void)
{
    double ours = used_ns(RUSAGE_SELF) + used_ns(RUSAGE_CHILDREN) - began.ours;
    double others =
        (machine_busy_ns() - began.machine - ours) / (now_ns() - began.clock);

    printf("  meanwhile others kept %.2f processors busy%s\n",
           others < 0 ? 0 : others,
           others > 0.1 ? ": the ratios say little" : "");
}

// ---- Throughput -------------------------------------------------------------

static struct {
    double ns[RIVALS][ROUNDS], busy[RIVALS][ROUNDS], python[PYTHON_ROUNDS];
    long items[RIVALS];
} measured;

// So many that each run lasts about a slice.
static void choose_items(int rival, size_t capacity, int threads)
{
    struct cost cost = measure(&rivals[rival], capacity, threads, WARM_UP);

    measured.items[rival] = WARM_UP + (long)(SLICE_NS / cost.ns);
}

static void measure_round(size_t capacity, int threads, int round)
{
    struct cost cost;

    for (int i = 0; i < RIVALS; i++) {
        if (!is_here(&rivals[i]))
            continue;
        if (round == 0)
            choose_items(i, capacity, threads);
        cost = measure(&rivals[i], capacity, threads, measured.items[i]);
        measured.ns[i][round] = cost.ns;
        measured.busy[i][round] = cost.busy_ns;
    }
    if (round < PYTHON_ROUNDS)
        measured.python[round] = measure_python(capacity, threads);
}

// Of each round by itself: what disturbs a round disturbs all.
static double times_as_fast(int rival)
{
    double ratio[ROUNDS];

    for (int round = 0; round < ROUNDS; round++)
        ratio[round] = measured.ns[rival][round] / measured.ns[OURS][round];
    return median(ratio, ROUNDS);
}

static void say_rival(int rival)
{
    struct stats s = {0};

    if (!is_here(&rivals[rival]))
        return;
    stats_of(measured.ns[rival], ROUNDS, &s);
    printf("  %-16s %8.1f ns [%.1f, %.1f], busy %.1f ns", rivals[rival].name,
           s.median, s.sure_low, s.sure_high,
           median(measured.busy[rival], ROUNDS));
    if (rival != OURS)
        printf("; ours: %.1f times as fast", times_as_fast(rival));
    printf("\n");
}

static void say_python(void)
{
    double ns = median(measured.python, PYTHON_ROUNDS);

    if (ns > 0)
        printf("  %-16s %8.1f ns; ours: %.0f times as fast\n", "Python", ns,
               ns / median(measured.ns[OURS], ROUNDS));
}

static void bench_throughput(size_t capacity, int threads)
{
    watch_others();
    for (int round = 0; round < ROUNDS; round++)
        measure_round(capacity, threads, round);
    printf("an item, with %d and %d threads, capacity %zu\n", threads, threads,
           capacity);
    for (int i = 0; i < RIVALS; i++)
        say_rival(i);
    say_python();
    say_others();
}

// ---- Latency: there and back ------------------------------------------------

static struct {
    const struct rival *rival;
    void *there, *back;
} table;

static void *return_items(void *unused)
{
    void *item;

    (void)unused;
    do {
        item = table.rival->get(table.there);
        table.rival->put(table.back, item);
    } while (item != &last_item);
    return NULL;
}

static void there_and_back(void *item)
{
    table.rival->put(table.there, item);
    table.rival->get(table.back);
}

static double play(int times, useconds_t rest_us)
{
    double ns = 0;

    for (int i = 0; i < times; i++) {
        if (rest_us)
            usleep(rest_us); // until the other one is asleep
        double begin = now_ns();
        there_and_back(&table);
        ns += now_ns() - begin;
    }
    return ns / times;
}

struct latency {
    double awake[ROUNDS], asleep[ROUNDS], busy[ROUNDS];
};

enum { AWAKE_TIMES = 2000, ASLEEP_TIMES = 20, REST_US = 1000 };

static void measure_latency(const struct rival *rival, struct latency *result,
                            int round)
{
    pthread_t other;
    double busy;

    table.rival = rival;
    table.there = rival->create(1024);
    table.back = rival->create(1024);
    MUST(pthread_create(&other, NULL, return_items, NULL));
    result->awake[round] = play(AWAKE_TIMES, 0);
    busy = busy_ns();
    result->asleep[round] = play(ASLEEP_TIMES, REST_US);
    result->busy[round] = (busy_ns() - busy) / ASLEEP_TIMES;
    there_and_back(&last_item);
    MUST(pthread_join(other, NULL));
    rival->destroy(table.there);
    rival->destroy(table.back);
}

static void bench_latency(void)
{
    static struct latency all[RIVALS];

    for (int round = 0; round < ROUNDS; round++)
        for (int i = 0; i < RIVALS; i++)
            if (is_here(&rivals[i]))
                measure_latency(&rivals[i], &all[i], round);
    printf("an item there and back (the other thread just ran; it sleeps; "
           "processor time of the latter)\n");
    for (int i = 0; i < RIVALS; i++)
        if (is_here(&rivals[i]))
            printf("  %-16s %9.2f us %9.2f us %9.2f us\n", rivals[i].name,
                   median(all[i].awake, ROUNDS) / 1e3,
                   median(all[i].asleep, ROUNDS) / 1e3,
                   median(all[i].busy, ROUNDS) / 1e3);
}

// ---- Idle -------------------------------------------------------------------

enum { IDLERS = 4, SETTLE_US = 50000, IDLE_US = 300000 };

static void *get_last(void *queue)
{
    run.rival->get(queue);
    return NULL;
}

static void measure_idle(const struct rival *rival)
{
    pthread_t idlers[IDLERS];
    void *queue = rival->create(1024);
    double busy;

    run.rival = rival;
    for (int i = 0; i < IDLERS; i++)
        MUST(pthread_create(&idlers[i], NULL, get_last, queue));
    usleep(SETTLE_US);
    busy = busy_ns();
    usleep(IDLE_US);
    printf("  %-16s %9.3f ms\n", rival->name, (busy_ns() - busy) / IDLE_US);
    for (int i = 0; i < IDLERS; i++)
        rival->put(queue, &last_item);
    for (int i = 0; i < IDLERS; i++)
        MUST(pthread_join(idlers[i], NULL));
    rival->destroy(queue);
}

static void bench_idle(void)
{
    printf("processor time in a second in which %d threads wait\n", IDLERS);
    for (int i = 0; i < RIVALS; i++)
        if (is_here(&rivals[i]))
            measure_idle(&rivals[i]);
}

static void say_who(void)
{
    for (int i = 0; i < RIVALS; i++)
        printf("%-16s %s\n", rivals[i].name,
               is_here(&rivals[i]) ? rivals[i].about
                                   : "not measured: not installed");
    if (measure_python(1, 1) <= 0)
        printf("%-16s not measured: not installed\n", "Python");
    else
        printf("%-16s queue.Queue; bounded\n", "Python");
}

int main(void)
{
    setvbuf(stdout, NULL, _IOLBF, 0);
    printf("%ld processors\n", sysconf(_SC_NPROCESSORS_ONLN));
    say_who();
    bench_throughput(1024, 1);
    bench_throughput(1024, 2);
    bench_throughput(16, 1);
    bench_throughput(16, 2);
    bench_throughput(1, 1);
    bench_latency();
    bench_idle();
    return 0;
}
