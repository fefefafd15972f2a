// 08_waiting.c - the promises of lab 08: gate, barrier, readers and writers
//
// The basic level asks the student's functions for plain behaviour, which the
// order of threads does not change. Everything else is judged by exploration:
// the harness of that name in 08_waiting/harness, in every order.
#include "tools/grader/suite.h"

// ---- Basic: behaviour -------------------------------------------------------

// worker_end is asked so that a process that ends early is seen as well.
static void open_gate(void)
{
    struct worker *worker = worker_start();

    worker_ask(worker, "gate_wait", "i", random_int(2, 9));
    worker_end(worker);
}

static void threads_at_gate(void)
{
    struct worker *worker = worker_start();

    for (int round = 0; round < 3; round++)
        worker_ask(worker, "gate_open", "i", random_int(1, 8));
    worker_end(worker);
}

static void meet(struct worker *worker, long long parties)
{
    worker_ask(worker, "barrier_wait", "i", parties);
    long long last = worker_int(worker);
    expect(last == 1,
           M("%lld threads met at a barrier for %lld: barrier_wait should "
             "return true to one of them; it did to %lld",
             "%lld hilos se encontraron en una barrera para %lld: "
             "barrier_wait debía devolver true a uno; se lo devolvió a %lld"),
           parties, parties, last);
}

static void one_party(void)
{
    struct worker *worker = worker_start();

    meet(worker, 1);
    meet(worker, 1);
    worker_end(worker);
}

static void several_parties(void)
{
    struct worker *worker = worker_start();

    meet(worker, 2);
    meet(worker, random_int(3, 8));
    worker_end(worker);
}

static void readers(void)
{
    struct worker *worker = worker_start();

    worker_ask(worker, "rw_begin_read", "i", random_int(2, 9));
    worker_end(worker);
}

static void writers(void)
{
    struct worker *worker = worker_start();

    worker_ask(worker, "rw_begin_write", "ii", random_int(2, 5), 0LL);
    worker_ask(worker, "rw_begin_write", "ii", random_int(2, 5),
               random_int(1, 5));
    worker_end(worker);
}

// ---- What waiting costs -----------------------------------------------------

// A waiter that sleeps uses microseconds; one that asks again and again, about
// as much as the work takes. The limit is far from both on a busy machine, too.
static void sleeps(struct worker *worker, const char *operation,
                   const char *function)
{
    worker_ask(worker, operation, "");
    long long waiter_us = worker_int(worker), work_us = worker_int(worker);
    expect(waiter_us < work_us / 25,
           M("while another thread worked for %lld us, the thread that waited "
             "in %s used %lld us of CPU: it should sleep",
             "mientras otro hilo trabajó %lld us, el hilo que esperaba en %s "
             "usó %lld us de CPU: debía dormir"),
           work_us, function, waiter_us);
}

static void all_sleep(void)
{
    struct worker *worker = worker_start();

    sleeps(worker, "closed gate_wait", "gate_wait");
    sleeps(worker, "early barrier_wait", "barrier_wait");
    sleeps(worker, "waiting rw_begin_read", "rw_begin_read");
    sleeps(worker, "waiting rw_begin_write", "rw_begin_write");
    worker_end(worker);
}

// ---- The table --------------------------------------------------------------

static const struct promise promises[] = {
    {.name = "open_gate_lets_through",
     .level = BASIC,
     .points = 8,
     .english = "an open gate keeps nobody",
     .spanish = "una puerta abierta no detiene a nadie",
     .test = open_gate,
     .man = "3 pthread_mutex_lock",
     .step = "condition"},
    {.name = "opening_lets_threads_through",
     .level = BASIC,
     .points = 8,
     .english = "when the gate opens, the threads go through",
     .spanish = "cuando la puerta se abre, los hilos pasan",
     .test = threads_at_gate,
     .man = "3 pthread_cond_wait",
     .step = "broadcast"},
    {.name = "barrier_of_one_keeps_nobody",
     .level = BASIC,
     .points = 6,
     .english = "a barrier for one thread keeps nobody",
     .spanish = "una barrera para un solo hilo no detiene a nadie",
     .test = one_party,
     .step = "condition"},
    {.name = "barrier_tells_one_that_it_was_last",
     .level = BASIC,
     .points = 6,
     .english = "all leave the barrier; one is told it was the last",
     .spanish = "todos salen de la barrera; uno sabe que fue el último",
     .test = several_parties,
     .step = "broadcast"},
    {.name = "readers_come_in_together",
     .level = BASIC,
     .points = 6,
     .english = "several readers can be inside",
     .spanish = "puede haber varios lectores adentro",
     .test = readers,
     .step = "condition"},
    {.name = "writers_and_readers_take_turns",
     .level = BASIC,
     .points = 6,
     .english = "who leaves makes room for the next one",
     .spanish = "quien sale deja lugar al siguiente",
     .test = writers,
     .step = "condition"},
    {.name = "who_waits_sleeps",
     .level = INTERMEDIATE,
     .points = 4,
     .english = "who waits sleeps, and uses no CPU",
     .spanish = "quien espera duerme, y no gasta CPU",
     .test = all_sleep,
     .man = "3 pthread_cond_wait",
     .step = "cost"},
    {.name = "gate_holds_until_opened",
     .level = INTERMEDIATE,
     .points = 5,
     .english = "in every order: nobody is through before it opens",
     .spanish = "en todo orden: nadie pasa antes de que se abra",
     .explore = "gate_holds_until_opened",
     .man = "3 pthread_cond_wait",
     .step = "spurious"},
    {.name = "gate_forgets_nobody",
     .level = INTERMEDIATE,
     .points = 5,
     .english = "in every order: all who wait for the gate go through",
     .spanish = "en todo orden: pasan todos los que esperan la puerta",
     .explore = "gate_forgets_nobody",
     .man = "3 pthread_cond_broadcast",
     .step = "broadcast"},
    {.name = "barrier_waits_for_all",
     .level = INTERMEDIATE,
     .points = 6,
     .english = "in every order: three threads meet, none leaves early",
     .spanish = "en todo orden: tres hilos se encuentran, nadie sale antes",
     .explore = "barrier_waits_for_all",
     .man = "3 pthread_cond_broadcast",
     .step = "broadcast"},
    {.name = "readers_share",
     .level = INTERMEDIATE,
     .points = 5,
     .english = "in every order: one reader does not keep another out",
     .spanish = "en todo orden: un lector no detiene a otro",
     .explore = "readers_share",
     .man = "3 pthread_mutex_unlock",
     .step = "semaphores"},
    {.name = "writer_is_alone",
     .level = INTERMEDIATE,
     .points = 5,
     .english = "in every order: one writer at a time, and alone",
     .spanish = "en todo orden: se escribe de a uno, y a solas",
     .explore = "writer_is_alone",
     .man = "3 pthread_cond_wait",
     .step = "robbed"},
    {.name = "rw_forgets_nobody",
     .level = INTERMEDIATE,
     .points = 6,
     .english = "in every order: readers that wait are woken, all",
     .spanish = "en todo orden: despiertan todos los lectores que esperan",
     .explore = "rw_forgets_nobody",
     .man = "3 pthread_cond_broadcast",
     .step = "lost"},
    {.name = "barrier_is_reusable",
     .level = ADVANCED,
     .points = 12,
     .english = "in every order: three rounds, nobody overtakes",
     .spanish = "en todo orden: tres rondas, nadie se adelanta",
     .explore = "barrier_is_reusable",
     .man = "3 pthread_barrier_wait",
     .step = "robbed"},
    {.name = "writer_goes_first",
     .level = ADVANCED,
     .points = 12,
     .english = "in every order: a waiting writer goes before new readers",
     .spanish = "en todo orden: el escritor que espera va antes",
     .explore = "writer_goes_first",
     .man = "3 pthread_rwlock_wrlock",
     .step = "broadcast"},
    {0},
};

int main(int count, char **arguments)
{
    static const struct lab lab = {
        .files = {"gate.c", "barrier.c", "rw.c"},
        .given = {"gate.h", "barrier.h", "rw.h"},
        .promises = promises,
    };
    return suite_main(&lab, count, arguments);
}
