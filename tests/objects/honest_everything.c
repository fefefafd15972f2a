// accepted
// What a solution may be made of.
#include <pthread.h>
#include <semaphore.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

struct pair {
    int left, right;
};
struct wide {
    long parts[12];
};
union either {
    int number;
    char bytes[4];
};
enum state { IDLE, BUSY, DONE, LOST, FOUND, GONE };

static struct wide shared;
static atomic_int turns;
static volatile int seen;
static pthread_once_t once = PTHREAD_ONCE_INIT;
static pthread_rwlock_t lock = PTHREAD_RWLOCK_INITIALIZER;
static sem_t places;
static const char *const names[] = {"idle", "busy"};
static _Bool is_ready;
static long double precise;
static int grid[3][4];
static __int128 huge;

static void prepare(void)
{
    sem_init(&places, 0, 2);
    is_ready = !is_ready;
}

static void *work(void *argument)
{
    int *number = argument;

    *number += 1;
    return NULL;
}

void start(pthread_t *thread, int *number)
{
    pthread_once(&once, prepare);
    pthread_create(thread, NULL, work, number);
}

static struct pair swapped(struct pair pair)
{
    struct pair other = {pair.right, pair.left};

    return other;
}

long many(int a, int b, int c, int d, int e, int f, int g, long h)
{
    struct pair pair = swapped((struct pair){a, b});

    return pair.left + c + d * e - f / (g ? g : 1) + h % 7;
}

long copies(struct wide *to, int i, int j)
{
    struct wide local = shared, zero = {{0}};
    long counts[12] = {0}, matrix[2][3];

    local.parts[i] = j;
    counts[i] += local.parts[j];
    matrix[i & 1][j % 3] = counts[i];
    pthread_rwlock_wrlock(&lock);
    shared = local;
    *to = zero;
    to->parts[i + 1] = matrix[i & 1][j % 3];
    memcpy(to, &shared, sizeof *to);
    pthread_rwlock_unlock(&lock);
    return many(1, 2, 3, 4, 5, 6, 7, counts[i]);
}

const char *name_of(enum state state)
{
    switch (state) {
    case IDLE:
        return names[0];
    case BUSY:
        return names[1];
    case DONE:
    case LOST:
        return "other";
    case FOUND:
        return "found";
    default:
        return "";
    }
}

int atomics(atomic_int *counter)
{
    int expected = 3;

    atomic_fetch_add(counter, 1);
    turns++;
    atomic_compare_exchange_strong(counter, &expected, 4);
    while (atomic_load(&turns) < 1)
        ;
    seen = expected;
    return expected + seen;
}

uint32_t mix(uint8_t *bytes, int16_t signed_one, unsigned size)
{
    union either either = {.number = signed_one};
    uint32_t hash = 2166136261u;

    for (unsigned i = 0; i < size; i++)
        hash = (hash ^ bytes[i]) * 16777619u;
    either.bytes[size & 3] ^= (char)(hash >> 5);
    grid[size % 3][hash & 3] -= (int)hash;
    precise = precise * 2 + (long double)hash;
    huge += hash;
    return hash | (uint32_t)either.number | (hash << 3);
}

int waits(void)
{
    struct timespec limit;
    int taken = 0;

    clock_gettime(CLOCK_REALTIME, &limit);
    limit.tv_sec += 1;
    if (sem_timedwait(&places, &limit) == 0)
        goto taken;
    do {
        taken--;
    } while (taken > -3);
    return taken;
taken:
    sem_post(&places);
    return taken ? taken : -1;
}
