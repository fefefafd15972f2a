// any_program.c - a small program made of random operations
// Run:    with a seed; the same seed is the same program
// Expect: whatever it does, every search reaches the same final states
//
// Each thread does two to four things, alone or in a critical section; what it
// saw goes into the final state. Deadlocks and lost wakeups are welcome.
#include <pthread.h>
#include <semaphore.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdlib.h>
#include <time.h>

enum { THREADS = 3, THINGS = 4, PLACES = 2 };

enum what {
    READ,
    WRITE,
    ADD,
    ATOMIC_ADD,
    ATOMIC_READ,
    ATOMIC_SWAP,
    ATOMIC_CAS,
    LOCKED_ADD,
    LOCKED_READ,
    TWO_LOCKS,
    TRY_LOCK,
    TIMED_LOCK,
    WAIT_IF,
    WAIT_WHILE,
    WAIT_TIMED,
    SET_AND_SIGNAL,
    SET_AND_BROADCAST,
    BARE_SIGNAL,
    SEM_WAIT,
    SEM_TRY,
    SEM_TIMED,
    SEM_POST,
    READ_LOCKED,
    WRITE_LOCKED,
    TRY_WRITE_LOCKED,
    KINDS
};

struct thing {
    enum what what;
    int place, other;
};

static struct thing things[THREADS][THINGS];
static int thing_count[THREADS], thread_count;

static pthread_mutex_t lock[PLACES] = {PTHREAD_MUTEX_INITIALIZER,
                                       PTHREAD_MUTEX_INITIALIZER};
static pthread_cond_t changed[PLACES] = {PTHREAD_COND_INITIALIZER,
                                         PTHREAD_COND_INITIALIZER};
static pthread_rwlock_t shelf = PTHREAD_RWLOCK_INITIALIZER;
static sem_t tokens[PLACES];
static int plain[PLACES];
static int guarded[PLACES]; // by lock
static int shelved;         // by shelf
static atomic_int atom[PLACES];
static uint64_t seen[THREADS]; // each its own

static uint64_t state;

static int draw(int limit)
{
    state = state * 6364136223846793005u + 1442695040888963407u;
    return (int)((state >> 33) % (uint64_t)limit);
}

static void note(int who, int value)
{
    seen[who] = seen[who] * 31 + (uint64_t)value + 1;
}

static void access_plain(int who, const struct thing *thing)
{
    int *place = &plain[thing->place];

    if (thing->what == READ)
        note(who, *place);
    else if (thing->what == WRITE)
        *place = who + 1;
    else
        ++*place;
}

static void access_atomic(int who, const struct thing *thing)
{
    atomic_int *place = &atom[thing->place];
    int expected = thing->other;

    if (thing->what == ATOMIC_ADD)
        note(who, atomic_fetch_add(place, 1));
    else if (thing->what == ATOMIC_READ)
        note(who, atomic_load(place));
    else if (thing->what == ATOMIC_SWAP)
        note(who, atomic_exchange(place, who + 1));
    else
        note(who, atomic_compare_exchange_strong(place, &expected, who + 2));
}

static void hold(int who, const struct thing *thing)
{
    int place = thing->place, other = thing->other;

    pthread_mutex_lock(&lock[place]);
    if (thing->what == LOCKED_ADD)
        guarded[place]++;
    else if (thing->what == LOCKED_READ)
        note(who, guarded[place]);
    else if (place != other) {
        pthread_mutex_lock(&lock[other]);
        guarded[place] += guarded[other] + 1;
        pthread_mutex_unlock(&lock[other]);
    }
    pthread_mutex_unlock(&lock[place]);
}

static void try_to_hold(int who, const struct thing *thing)
{
    struct timespec until = {.tv_sec = 2000000000};
    pthread_mutex_t *mutex = &lock[thing->place];
    int error = thing->what == TRY_LOCK ? pthread_mutex_trylock(mutex)
                                        : pthread_mutex_timedlock(mutex, &until);

    note(who, error);
    if (error)
        return;
    guarded[thing->place]++;
    pthread_mutex_unlock(mutex);
}

static void wait_for_change(int who, const struct thing *thing)
{
    struct timespec until = {.tv_sec = 2000000000};
    pthread_mutex_t *mutex = &lock[thing->place];
    pthread_cond_t *condition = &changed[thing->other];

    pthread_mutex_lock(mutex);
    if (thing->what == WAIT_IF && guarded[thing->place] == 0)
        pthread_cond_wait(condition, mutex);
    while (thing->what == WAIT_WHILE && guarded[thing->place] == 0)
        pthread_cond_wait(condition, mutex);
    if (thing->what == WAIT_TIMED && guarded[thing->place] == 0)
        note(who, pthread_cond_timedwait(condition, mutex, &until));
    note(who, guarded[thing->place]);
    pthread_mutex_unlock(mutex);
}

static void change(const struct thing *thing)
{
    if (thing->what == BARE_SIGNAL) {
        pthread_cond_signal(&changed[thing->other]);
        return;
    }
    pthread_mutex_lock(&lock[thing->place]);
    guarded[thing->place]++;
    if (thing->what == SET_AND_SIGNAL)
        pthread_cond_signal(&changed[thing->other]);
    else
        pthread_cond_broadcast(&changed[thing->other]);
    pthread_mutex_unlock(&lock[thing->place]);
}

static void use_token(int who, const struct thing *thing)
{
    struct timespec until = {.tv_sec = 2000000000};
    sem_t *token = &tokens[thing->place];

    if (thing->what == SEM_WAIT)
        sem_wait(token);
    else if (thing->what == SEM_TRY)
        note(who, sem_trywait(token));
    else if (thing->what == SEM_TIMED)
        note(who, sem_timedwait(token, &until));
    else
        sem_post(token);
}

static void use_shelf(int who, const struct thing *thing)
{
    if (thing->what == READ_LOCKED) {
        pthread_rwlock_rdlock(&shelf);
        note(who, shelved);
    } else if (thing->what == WRITE_LOCKED) {
        pthread_rwlock_wrlock(&shelf);
        shelved++;
    } else if (pthread_rwlock_trywrlock(&shelf) == 0) {
        shelved += 10;
    } else {
        note(who, 16);
        return;
    }
    pthread_rwlock_unlock(&shelf);
}

static void do_thing(int who, const struct thing *thing)
{
    if (thing->what <= ADD)
        access_plain(who, thing);
    else if (thing->what <= ATOMIC_CAS)
        access_atomic(who, thing);
    else if (thing->what <= TWO_LOCKS)
        hold(who, thing);
    else if (thing->what <= TIMED_LOCK)
        try_to_hold(who, thing);
    else if (thing->what <= WAIT_TIMED)
        wait_for_change(who, thing);
    else if (thing->what <= BARE_SIGNAL)
        change(thing);
    else if (thing->what <= SEM_POST)
        use_token(who, thing);
    else
        use_shelf(who, thing);
}

static void *run(void *argument)
{
    int who = (int)(intptr_t)argument;

    for (int i = 0; i < thing_count[who]; i++)
        do_thing(who, &things[who][i]);
    return NULL;
}

// A program draws on few kinds of things, so that they meet.
static void make_up(void)
{
    enum what kinds[3];

    thread_count = 2 + draw(THREADS - 1);
    for (int i = 0; i < 3; i++)
        kinds[i] = (enum what)draw(KINDS);
    for (int t = 0; t < thread_count; t++) {
        thing_count[t] = 1 + draw(thread_count == 2 ? THINGS : THINGS - 1);
        for (int i = 0; i < thing_count[t]; i++)
            things[t][i] = (struct thing){
                .what = draw(4) ? kinds[draw(3)] : (enum what)draw(KINDS),
                .place = draw(3) ? 0 : 1,
                .other = draw(3) ? 0 : 1};
    }
}

int main(int count, char **arguments)
{
    pthread_t threads[THREADS];

    state = count > 1 ? strtoull(arguments[1], NULL, 10) : 1;
    for (int i = 0; i < 4; i++)
        draw(2);
    make_up();
    for (int i = 0; i < PLACES; i++)
        sem_init(&tokens[i], 0, i);
    for (intptr_t t = 0; t < thread_count; t++)
        pthread_create(&threads[t], NULL, run, (void *)t);
    for (int t = 0; t < thread_count; t++)
        pthread_join(threads[t], NULL);
    return 0;
}
