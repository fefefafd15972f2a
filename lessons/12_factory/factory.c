// factory.c - the whole firm: two buildings, threads in them, three shifts
// Run:    make run-factory
//         ./telar run factory, then ./telar view --view factory TRACE
//         factory 3000: long enough to watch it live
// Expect: every part is sold once, and all go home in order
// Why:    each closes its desk when those before it are home, and gives away
//         what is still on it
#include <stdio.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "lessons/12_factory/queue.h"
#include "runtime/coro.h"
#include "runtime/fact.h"

enum { ASSEMBLERS = 2, SELLERS = 2, SHIFTS = 3, A_SHIFT = 8 };

static struct queue bench; // in the factory: assembled, not packed
static struct queue dock;  // in the dispatch: come, not sold
static int to_dispatch[2]; // the pipe between them
static int parts = 48;

static void work_ms(int ms)
{
    MUST(nanosleep(&(struct timespec){.tv_nsec = ms * 1000000}, NULL));
}

static long now_ms(void)
{
    struct timespec now;

    MUST(clock_gettime(CLOCK_MONOTONIC, &now));
    return now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

// ---- The factory: a process -------------------------------------------------

static void *assemble(void *first)
{
    for (int part = *(int *)first; part <= parts; part += ASSEMBLERS) {
        work_ms(2);
        queue_put(&bench, part);
    }
    return NULL;
}

// A coroutine: packs for a shift, and leaves its place to the next.
static void shift(void *packed)
{
    int part;

    for (int done = 0; queue_get(&bench, &part);) { // [shift]
        MUST(write(to_dispatch[1], &part, sizeof part));
        ++*(int *)packed;
        if (++done % A_SHIFT == 0)
            coro_yield(); // clocks out
    }
}

// One thread, one place, three shifts; until all of them are done.
static void *pack_in_shifts(void *packed)
{
    struct coro *shifts[SHIFTS];
    int at_work = SHIFTS;

    for (int i = 0; i < SHIFTS; i++)
        shifts[i] = MUST(coro_create(shift, (int *)packed + i, 0));
    for (int i = 0; at_work > 0; i = (i + 1) % SHIFTS)
        if (shifts[i]->state != CORO_DEAD) {
            coro_resume(shifts[i]);
            at_work -= shifts[i]->state == CORO_DEAD;
        }
    for (int i = 0; i < SHIFTS; i++)
        coro_destroy(shifts[i]);
    return NULL;
}

static void factory(void)
{
    int first[ASSEMBLERS] = {1, 2}, packed[SHIFTS] = {0};
    pthread_t assemblers[ASSEMBLERS], packer;

    queue_init(&bench, 4, "bench");
    for (int i = 0; i < ASSEMBLERS; i++)
        MUST(pthread_create(&assemblers[i], NULL, assemble, &first[i]));
    MUST(pthread_create(&packer, NULL, pack_in_shifts, packed));

    for (int i = 0; i < ASSEMBLERS; i++) // [close]
        MUST(pthread_join(assemblers[i], NULL));
    queue_close(&bench);
    MUST(pthread_join(packer, NULL));
    MUST(close(to_dispatch[1])); // the dispatch reads the end of the file

    printf("packed: %d in the morning, %d in the afternoon, %d at night\n",
           packed[0], packed[1], packed[2]);
    fact("packed", packed[0] + packed[1] + packed[2]);
    fact("assemblers_waited", bench.put_waits);
    queue_end(&bench);
}

// ---- The dispatch: another one ----------------------------------------------

static void *receive(void *unused)
{
    int part;

    while (MUST(read(to_dispatch[0], &part, sizeof part)) > 0) // [receive]
        queue_put(&dock, part);
    queue_close(&dock);
    return unused;
}

static void *sell(void *sold)
{
    int part;

    while (queue_get(&dock, &part)) {
        work_ms(6);
        ++*(int *)sold;
    }
    return NULL;
}

static int dispatch(void)
{
    pthread_t receiver, sellers[SELLERS];
    int sold[SELLERS] = {0};
    long begin = now_ms(), took;

    MUST(close(to_dispatch[1]));
    queue_init(&dock, 6, "dock");
    MUST(pthread_create(&receiver, NULL, receive, NULL));
    for (int i = 0; i < SELLERS; i++)
        MUST(pthread_create(&sellers[i], NULL, sell, &sold[i]));
    MUST(pthread_join(receiver, NULL));
    for (int i = 0; i < SELLERS; i++)
        MUST(pthread_join(sellers[i], NULL));

    took = now_ms() - begin + 1; // begun milliseconds count
    printf("sold: %d by the one, %d by the other, %ld a second each\n", sold[0],
           sold[1], 1000 * (sold[0] + sold[1]) / took / SELLERS);
    fflush(stdout);
    fact("sold", sold[0] + sold[1]);
    fact("receiver_waited", dock.put_waits);
    fact("sellers_waited", dock.get_waits);
    fact("a_second_each", 1000 * (sold[0] + sold[1]) / took / SELLERS);
    queue_end(&dock);
    return 0;
}

int main(int count, char **arguments)
{
    int ended;

    if (count > 1)
        parts = atoi(arguments[1]);
    MUST(pipe(to_dispatch));
    if (MUST(fork()) == 0)
        _exit(dispatch());
    MUST(close(to_dispatch[0]));
    factory();
    MUST(wait(&ended));
    return WIFEXITED(ended) ? WEXITSTATUS(ended) : 1;
}
