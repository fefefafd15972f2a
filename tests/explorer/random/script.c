// script.c - a program of threads that its arguments write
//
// Each argument is a thread: pairs of a letter, what it does, and a digit, to
// which object. What a step finds stays in seen[], so that final states tell
// schedules apart. A lock is given back only by who holds it, and at the end.
//
//   r w i   reads, writes, increments a number;   h  writes half of it
//   l s a c e  atomic load, store, add, compare-and-exchange, exchange
//   L T M U  mutex lock, trylock, timedlock, unlock
//   W X S B  condition (with the mutex of its number) wait, timedwait, signal,
//            broadcast; waits only with the mutex held
//   V v x P g  semaphore wait, trywait, timedwait, post, getvalue
//   R q j K k z u  read-write lock: rdlock, try, timed; wrlock, try, timed; unlock
//   Y  barrier of two     O  once     p  spin lock and unlock around a number
//   m f  allocates the box, frees it       d  writes to the box
//   ?  does the next step only where the number is not 0
#include <pthread.h>
#include <semaphore.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { THREADS = 4, STEPS = 12, OBJECTS = 3 };

static union {
    int whole;
    short half[2];
} number[OBJECTS];
static atomic_int atom[OBJECTS];
static pthread_mutex_t mutex[OBJECTS];
static pthread_cond_t condition[OBJECTS];
static sem_t semaphore[OBJECTS];
static pthread_rwlock_t rwlock[OBJECTS];
static pthread_barrier_t barrier[OBJECTS];
static pthread_once_t once[OBJECTS];
static pthread_spinlock_t spin[OBJECTS];
static int *box[OBJECTS];
static int once_runs;

static char script[THREADS][2 * STEPS + 2];
static int seen[THREADS][STEPS];

// What a thread holds.
struct hands {
    int mutex[OBJECTS], rwlock[OBJECTS];
};

static void run_once(void)
{
    once_runs++;
}

static int on_number(char what, int object, int mark)
{
    int old = 0;

    switch (what) {
    case 'r':
        return number[object].whole;
    case 'w':
        number[object].whole = mark;
        break;
    case 'i':
        old = ++number[object].whole;
        break;
    case 'h':
        number[object].half[mark & 1] = (short)mark;
        break;
    case 'p':
        pthread_spin_lock(&spin[object]);
        old = ++number[object].whole;
        pthread_spin_unlock(&spin[object]);
        break;
    }
    return old;
}

static int on_atom(char what, int object, int mark)
{
    int expected = 0;

    switch (what) {
    case 'l':
        return atomic_load(&atom[object]);
    case 's':
        atomic_store(&atom[object], mark);
        return 0;
    case 'a':
        return atomic_fetch_add(&atom[object], 1);
    case 'e':
        return atomic_exchange(&atom[object], mark);
    default:
        return atomic_compare_exchange_strong(&atom[object], &expected, mark);
    }
}

static const struct timespec *never(void)
{
    static _Thread_local struct timespec until;

    clock_gettime(CLOCK_REALTIME, &until);
    until.tv_sec += 100;
    return &until;
}

static int on_mutex(char what, int object, struct hands *hands)
{
    int *held = &hands->mutex[object], error = -1;

    if (what == 'U' && *held) {
        *held = 0;
        return pthread_mutex_unlock(&mutex[object]);
    }
    if (what == 'U' || *held)
        return error;
    if (what == 'L')
        error = pthread_mutex_lock(&mutex[object]);
    else if (what == 'T')
        error = pthread_mutex_trylock(&mutex[object]);
    else
        error = pthread_mutex_timedlock(&mutex[object], never());
    *held = error == 0;
    return error;
}

static int on_condition(char what, int object, struct hands *hands)
{
    if (what == 'S')
        return pthread_cond_signal(&condition[object]);
    if (what == 'B')
        return pthread_cond_broadcast(&condition[object]);
    if (!hands->mutex[object])
        return -1;
    if (what == 'W')
        return pthread_cond_wait(&condition[object], &mutex[object]);
    return pthread_cond_timedwait(&condition[object], &mutex[object], never());
}

static int on_semaphore(char what, int object)
{
    int value = 0;

    switch (what) {
    case 'V':
        return sem_wait(&semaphore[object]);
    case 'v':
        return sem_trywait(&semaphore[object]);
    case 'x':
        return sem_timedwait(&semaphore[object], never());
    case 'P':
        return sem_post(&semaphore[object]);
    default:
        sem_getvalue(&semaphore[object], &value);
        return value;
    }
}

static int take_rwlock(char what, pthread_rwlock_t *lock)
{
    switch (what) {
    case 'R':
        return pthread_rwlock_rdlock(lock);
    case 'q':
        return pthread_rwlock_tryrdlock(lock);
    case 'j':
        return pthread_rwlock_timedrdlock(lock, never());
    case 'K':
        return pthread_rwlock_wrlock(lock);
    case 'k':
        return pthread_rwlock_trywrlock(lock);
    default:
        return pthread_rwlock_timedwrlock(lock, never());
    }
}

static int on_rwlock(char what, int object, struct hands *hands)
{
    int *held = &hands->rwlock[object], error = -1;

    if (what == 'u' && *held) {
        *held = 0;
        return pthread_rwlock_unlock(&rwlock[object]);
    }
    if (what != 'u' && !*held) {
        error = take_rwlock(what, &rwlock[object]);
        *held = error == 0;
    }
    return error;
}

static int on_box(char what, int object, int mark)
{
    int *mine = box[object];

    if (what == 'm')
        box[object] = calloc(1, sizeof *mine);
    else if (mine && what == 'd')
        *mine = mark;
    else if (mine)
        free(mine);
    if (what == 'f')
        box[object] = NULL;
    return mine != NULL;
}

static int step(char what, int object, int mark, struct hands *hands)
{
    if (strchr("rwihp", what))
        return on_number(what, object, mark);
    if (strchr("lsaec", what))
        return on_atom(what, object, mark);
    if (strchr("LTMU", what))
        return on_mutex(what, object, hands);
    if (strchr("WXSB", what))
        return on_condition(what, object, hands);
    if (strchr("VvxPg", what))
        return on_semaphore(what, object);
    if (strchr("RqjKkzu", what))
        return on_rwlock(what, object, hands);
    if (strchr("mfd", what))
        return on_box(what, object, mark);
    if (what == 'Y')
        return pthread_barrier_wait(&barrier[object]);
    if (what == 'O')
        return pthread_once(&once[object], run_once);
    return 0;
}

static void let_go(struct hands *hands)
{
    for (int i = 0; i < OBJECTS; i++) {
        on_mutex('U', i, hands);
        on_rwlock('u', i, hands);
    }
}

static void *play(void *argument)
{
    int me = (int)(intptr_t)argument;
    struct hands hands = {0};

    for (int i = 0; i < STEPS && script[me][2 * i]; i++) {
        char what = script[me][2 * i];
        int object = script[me][2 * i + 1] - '0';

        if (what == '?' && !number[object].whole)
            i++;
        else
            seen[me][i] = step(what, object, 16 * (me + 1) + i, &hands);
    }
    let_go(&hands);
    return NULL;
}

static void prepare(void)
{
    for (int i = 0; i < OBJECTS; i++) {
        pthread_mutex_init(&mutex[i], NULL);
        pthread_cond_init(&condition[i], NULL);
        sem_init(&semaphore[i], 0, (unsigned)i);
        pthread_rwlock_init(&rwlock[i], NULL);
        pthread_barrier_init(&barrier[i], NULL, 2);
        pthread_spin_init(&spin[i], PTHREAD_PROCESS_PRIVATE);
        once[i] = (pthread_once_t)PTHREAD_ONCE_INIT;
    }
    box[0] = malloc(sizeof *box[0]);
}

int main(int count, char **arguments)
{
    pthread_t thread[THREADS];

    prepare();
    for (int i = 0; i < count - 1; i++)
        strncpy(script[i], arguments[i + 1], 2 * STEPS);
    for (intptr_t i = 0; i < count - 1; i++)
        pthread_create(&thread[i], NULL, play, (void *)i);
    for (int i = 0; i < count - 1; i++)
        pthread_join(thread[i], NULL);
    return 0;
}
