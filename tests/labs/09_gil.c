// 09_gil.c - the promises of lab 09: the lock of an interpreter
//
// The basic level asks the student's functions for plain behaviour, which the
// order of threads does not change. Most of the rest is judged by exploration:
// the harness of that name in 09_gil/harness, in every order. An interval in
// microseconds cannot be explored (there, time is virtual): it is measured where
// no slow machine can make it shorter.
#include "tools/grader/suite.h"

// ---- Basic: behaviour -------------------------------------------------------

// How many came through gil_take while a thread had it, and how many after that.
// (The tests call worker_end, so that a process that ends early is seen.)
static void other_waited(struct worker *worker)
{
    long long early = worker_int(worker), all = worker_int(worker);
    expect(early == 0,
           M("a thread had the lock, and another one came through gil_take",
             "un hilo tenía el cerrojo, y otro pasó por gil_take"));
    expect(all == 1,
           M("a thread waited in gil_take; the lock was released, and it did "
             "not get it",
             "un hilo esperaba en gil_take; el cerrojo se soltó, y no lo "
             "recibió"));
}

static void takes(struct worker *worker, long long times)
{
    worker_ask(worker, "gil_take", "i", times);
    other_waited(worker);
}

static void take_and_release(void)
{
    struct worker *worker = worker_start();

    takes(worker, 1);
    takes(worker, random_int(2, 99));
    worker_end(worker);
}

static void adds(struct worker *worker, long long threads, long long times)
{
    worker_ask(worker, "gil_release", "ii", threads, times);
    long long total = worker_int(worker);
    expect(total == threads * times,
           M("%lld threads, each with the lock, added 1 to a total %lld times: "
             "it should be %lld; it is %lld",
             "%lld hilos, cada uno con el cerrojo, sumaron 1 a un total %lld "
             "veces: debía ser %lld; es %lld"),
           threads, times, threads * times, total);
}

static void take_turns(void)
{
    struct worker *worker = worker_start();

    adds(worker, 2, random_int(1000, 2000));
    adds(worker, random_int(3, 8), random_int(1000, 2000));
    worker_end(worker);
}

static void reading_keeps_nobody(void)
{
    struct worker *worker = worker_start();
    long long readers = random_int(1, 6);

    worker_ask(worker, "reading", "i", readers);
    long long total = worker_int(worker);
    expect(total == readers,
           M("%lld threads released the lock, read, took it and counted: the "
             "count is %lld",
             "%lld hilos soltaron el cerrojo, leyeron, lo tomaron y contaron: "
             "la cuenta es %lld"),
           readers, total);
    long long early = worker_int(worker);
    expect(early == 0,
           M("a thread had the lock, and %lld others took it after their read",
             "un hilo tenía el cerrojo, y otros %lld lo tomaron tras leer"),
           early);
    worker_end(worker);
}

static void check_does_nothing(void)
{
    struct worker *worker = worker_start();

    worker_ask(worker, "gil_check", "i", random_int(10, 99));
    long long early = worker_int(worker), all = worker_int(worker);
    expect(early == 0 && all == 1,
           M("nobody had asked for the lock, and gil_check gave it to another "
             "thread: it should do nothing then",
             "nadie había pedido el cerrojo, y gil_check se lo dio a otro "
             "hilo: en ese caso no debía hacer nada"));
    worker_end(worker);
}

// A waiter that sleeps uses microseconds; one that asks again and again, about
// as much as the work takes. The limit is far from both on a busy machine, too.
static void who_waits_sleeps(void)
{
    struct worker *worker = worker_start();

    worker_ask(worker, "waiting", "");
    other_waited(worker);
    long long waiter_us = worker_int(worker), work_us = worker_int(worker);
    expect(waiter_us < work_us / 10,
           M("while another thread worked for %lld us, the thread that waited "
             "in gil_take used %lld us of CPU: it should sleep",
             "mientras otro hilo trabajó %lld us, el hilo que esperaba en "
             "gil_take usó %lld us de CPU: debía dormir"),
           work_us, waiter_us);
    worker_end(worker);
}

// ---- What an interval is ----------------------------------------------------

static void asks_not_before(void)
{
    struct worker *worker = worker_start();

    worker_ask(worker, "asking", "");
    other_waited(worker);
    long long asked = worker_int(worker);
    expect(!asked,
           M("the interval is a minute; a thread waited in gil_take for less "
             "than a second, and is_asked_for was true already",
             "el intervalo es un minuto; un hilo esperó en gil_take menos de "
             "un segundo, e is_asked_for ya era true"));
    worker_end(worker);
}

// The turn begins after its begin was noted and ends after it was asked: to be
// slow makes it look longer, never shorter.
static void turn_lasts(void)
{
    for (int round = 0; round < 3; round++) {
        struct worker *worker = worker_start();
        worker_ask(worker, "turn", "");
        long long turn_us = worker_int(worker);
        long long interval_us = worker_int(worker);
        expect(turn_us >= 0,
               M("a thread waited in gil_take for more than an interval, and "
                 "is_asked_for stayed false",
                 "un hilo esperó en gil_take más de un intervalo, e "
                 "is_asked_for siguió en false"));
        expect(turn_us >= interval_us * 9 / 10,
               M("two threads wait, the interval is %lld us, and the first one "
                 "gets the lock: the other one asked it for it after %lld us",
                 "dos hilos esperan, el intervalo es de %lld us y el primero "
                 "recibe el cerrojo: el otro se lo pidió a los %lld us"),
               interval_us, turn_us);
        worker_end(worker);
    }
}

// ---- The table --------------------------------------------------------------

static const struct promise promises[] = {
    {.name = "take_and_release",
     .level = BASIC,
     .points = 8,
     .english = "one thread takes it and releases it; another one waits",
     .spanish = "un hilo lo toma y lo suelta; otro espera",
     .test = take_and_release,
     .man = "3 pthread_mutex_lock",
     .step = "turns"},
    {.name = "threads_take_turns",
     .level = BASIC,
     .points = 10,
     .english = "threads that calculate get their turns, and end",
     .spanish = "los hilos que calculan tienen sus turnos, y terminan",
     .test = take_turns,
     .man = "3 pthread_cond_wait",
     .step = "turns"},
    {.name = "reading_keeps_nobody",
     .level = BASIC,
     .points = 8,
     .english = "a thread that released it to read holds nobody up",
     .spanish = "quien lo soltó para leer no detiene a nadie",
     .test = reading_keeps_nobody,
     .step = "waiting"},
    {.name = "check_without_request_does_nothing",
     .level = BASIC,
     .points = 6,
     .english = "gil_check does nothing if nobody asks",
     .spanish = "gil_check no hace nada si nadie lo pide",
     .test = check_does_nothing,
     .step = "turns"},
    {.name = "who_waits_sleeps",
     .level = BASIC,
     .points = 8,
     .english = "a thread that waits sleeps, and uses no CPU",
     .spanish = "quien espera duerme, y no gasta CPU",
     .test = who_waits_sleeps,
     .man = "3 pthread_cond_wait",
     .step = "turns"},
    {.name = "one_at_a_time",
     .level = INTERMEDIATE,
     .points = 8,
     .english = "in every order: one thread has it, and no other",
     .spanish = "en todo orden: un hilo lo tiene, y ningún otro",
     .explore = "one_at_a_time",
     .status = 7,
     .man = "3 pthread_cond_wait",
     .step = "turns"},
    {.name = "nobody_is_forgotten",
     .level = INTERMEDIATE,
     .points = 8,
     .english = "in every order: all that wait get it",
     .spanish = "en todo orden: todos los que esperan lo reciben",
     .explore = "nobody_is_forgotten",
     .status = 7,
     .man = "3 pthread_cond_signal",
     .step = "turns"},
    {.name = "reading_lets_others_in",
     .level = INTERMEDIATE,
     .points = 5,
     .english = "in every order: a thread that reads lets others in",
     .spanish = "en todo orden: quien lee deja entrar a otros",
     .explore = "reading_lets_others_in",
     .status = 7,
     .step = "waiting"},
    {.name = "waiter_asks",
     .level = INTERMEDIATE,
     .points = 6,
     .english = "in every order: a waiter asks; once it has it, no more",
     .spanish = "en todo orden: quien espera lo pide, y al tenerlo ya no",
     .explore = "waiter_asks",
     .status = 7,
     .man = "3 pthread_cond_wait",
     .step = "turns"},
    {.name = "asks_only_after_an_interval",
     .level = INTERMEDIATE,
     .points = 4,
     .english = "a waiter does not ask before an interval is over",
     .spanish = "quien espera no lo pide antes de un intervalo",
     .test = asks_not_before,
     .man = "3 pthread_cond_wait",
     .step = "turns"},
    {.name = "check_gives_way",
     .level = INTERMEDIATE,
     .points = 5,
     .english = "in every order: gil_check lets the one that asked go first",
     .spanish = "en todo orden: gil_check deja pasar antes al que lo pidió",
     .explore = "check_gives_way",
     .status = 7,
     .step = "turns"},
    {.name = "first_come_first_served",
     .level = ADVANCED,
     .points = 10,
     .english = "in every order: first come, first served",
     .spanish = "en todo orden: quien llegó primero lo recibe primero",
     .explore = "first_come_first_served",
     .status = 7,
     .man = "3 pthread_cond_broadcast",
     .step = "convoy"},
    {.name = "check_goes_behind",
     .level = ADVANCED,
     .points = 8,
     .english = "in every order: gil_check goes behind all that wait",
     .spanish = "en todo orden: gil_check va detrás de todos los que esperan",
     .explore = "check_goes_behind",
     .status = 7,
     .step = "turns"},
    {.name = "a_turn_lasts_an_interval",
     .level = ADVANCED,
     .points = 6,
     .english = "whoever gets it has it for an interval",
     .spanish = "quien lo recibe lo tiene por un intervalo",
     .test = turn_lasts,
     .man = "3 pthread_cond_wait",
     .step = "turns"},
    {0},
};

int main(int count, char **arguments)
{
    static const struct lab lab = {
        .files = {"gil.c"},
        .given = {"gil.h", "gil_sleep.c"},
        .promises = promises,
    };
    return suite_main(&lab, count, arguments);
}
