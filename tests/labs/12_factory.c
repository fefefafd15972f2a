// 12_factory.c - the promises of lab 12: a queue for many, and its end
//
// The basic level asks for what the order of threads does not change. Whatever
// it might change is judged by exploration: the harness of that name in
// 12_factory/harness, in every order.
#include "tools/grader/suite.h"

enum { ITEMS = 500, MOST_PLACES = 60 };

// ---- Basic: what goes in comes out ------------------------------------------

static int sent[ITEMS];

static void think_of_items(void)
{
    for (int i = 0; i < ITEMS; i++)
        sent[i] = (int)random_int(-1000000, 1000000);
}

// What came out, beside what went in.
static void same(struct worker *worker, long long capacity)
{
    size_t bytes;
    const int *came = worker_bytes(worker, &bytes);

    for (int i = 0; i < ITEMS && bytes == sizeof sent; i++)
        expect(came[i] == sent[i],
               M("through a queue with %lld places went %d items; number %d "
                 "went in as %d and came out as %d",
                 "por una cola de %lld lugares pasaron %d elementos; el "
                 "número %d entró como %d y salió como %d"),
               capacity, ITEMS, i + 1, sent[i], came[i]);
}

// Filled as far as told and emptied again, over and over.
static void filled_to(struct worker *worker, long long capacity, long long each)
{
    think_of_items();
    worker_ask(worker, "queue_get", "iib", capacity, each, (const void *)sent,
               sizeof sent);
    same(worker, capacity);
}

static void in_order(void)
{
    struct worker *worker = worker_start();

    filled_to(worker, ITEMS, ITEMS);
    filled_to(worker, random_int(2, MOST_PLACES), 1);
    worker_end(worker);
}

static void goes_round(void)
{
    struct worker *worker = worker_start();

    filled_to(worker, 1, 1);
    for (int i = 0; i < 5; i++) {
        long long capacity = random_int(3, MOST_PLACES);

        filled_to(worker, capacity, capacity - 1);
        filled_to(worker, capacity, capacity);
    }
}

static void two_threads(void)
{
    struct worker *worker = worker_start();

    for (int i = 0; i < 3; i++) {
        long long capacity = i == 0 ? 1 : random_int(2, MOST_PLACES);

        think_of_items();
        worker_ask(worker, "queue_put", "ib", capacity, (const void *)sent,
                   sizeof sent);
        same(worker, capacity);
    }
    worker_end(worker);
}

// ---- Basic: the end ---------------------------------------------------------

static const char *spelled(long long answer)
{
    return answer ? "true" : "false";
}

static void takes_nothing(void)
{
    struct worker *worker = worker_start();
    long long capacity = random_int(2, MOST_PLACES);

    worker_ask(worker, "queue_close", "ii", capacity, capacity / 2);
    long long put = worker_int(worker), came = worker_int(worker);
    expect(!put && came <= capacity / 2,
           M("into a closed queue goes nothing; queue_put returned %s, and "
             "%lld items came out of %lld",
             "en una cola cerrada no entra nada; queue_put devolvió %s, y "
             "salieron %lld elementos de %lld"),
           spelled(put), came, capacity / 2);
    worker_end(worker);
}

static void comes_out(void)
{
    struct worker *worker = worker_start();
    long long capacity = random_int(2, MOST_PLACES);

    worker_ask(worker, "queue_close", "ii", capacity, capacity);
    worker_int(worker);
    long long came = worker_int(worker), last = worker_int(worker);
    long long item = worker_int(worker);
    expect(came == capacity,
           M("%lld items were inside when the queue was closed; in order came "
             "out %lld (a large number: in another order)",
             "al cerrar la cola había dentro %lld elementos; en orden salieron "
             "%lld (un número grande: en otro orden)"),
           capacity, came);
    expect(!last && item == -7,
           M("behind the last item queue_get should return false and leave the "
             "item alone; it returned %s, and the item is %lld, not -7",
             "tras el último elemento queue_get debía devolver false y no "
             "tocar el elemento; devolvió %s, y el elemento vale %lld, no -7"),
           spelled(last), item);
    worker_end(worker);
}

// ---- Memory -----------------------------------------------------------------

static void all_is_given_back(void)
{
    struct worker *worker = worker_start();

    filled_to(worker, random_int(2, MOST_PLACES), 1);
    worker_ask(worker, "queue_put", "ib", random_int(2, MOST_PLACES),
               (const void *)sent, sizeof sent);
    worker_ask(worker, "queue_close", "ii", 5LL, 3LL);
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

static void both_sleep(void)
{
    struct worker *worker = worker_start();

    sleeps(worker, "waiting queue_put", "queue_put");
    sleeps(worker, "waiting queue_get", "queue_get");
    worker_end(worker);
}

// ---- Advanced: many at once -------------------------------------------------

static void takes(struct worker *worker, long long count, long long most)
{
    long long wanted = count < most ? count : most;

    worker_ask(worker, "queue_get_many", "iii", count + random_int(1, 3), count,
               most);
    long long came = worker_int(worker), left = worker_int(worker);
    long long ordered = worker_int(worker), none = worker_int(worker);
    expect(came == wanted && left == count - wanted,
           M("%lld items inside, at most %lld asked for: queue_get_many should "
             "return %lld and leave %lld; it returned %lld, and %lld were left",
             "%lld elementos dentro, a lo sumo %lld pedidos: queue_get_many "
             "debía devolver %lld y dejar %lld; devolvió %lld, y quedaron "
             "%lld"),
           count, most, wanted, count - wanted, came, left);
    expect(ordered,
           M("%lld items inside, at most %lld asked for: they did not come out "
             "in order",
             "%lld elementos dentro, a lo sumo %lld pedidos: no salieron en "
             "orden"),
           count, most);
    expect(none == 0,
           M("of a closed queue that is empty, queue_get_many should return 0; "
             "it returned %lld",
             "de una cola cerrada y vacía, queue_get_many debía devolver 0; "
             "devolvió %lld"),
           none);
}

static void what_there_is(void)
{
    struct worker *worker = worker_start();

    takes(worker, 1, 1);
    takes(worker, random_int(2, 20), random_int(21, 40));
    takes(worker, random_int(21, 40), random_int(2, 20));
}

// A visit costs a lock, an unlock and a signal; an item, a few instructions.
// The solution takes about a fifth.
static void cheaper(void)
{
    struct worker *worker = worker_start();

    worker_ask(worker, "price of queue_get_many", "");
    long long items = worker_int(worker), one_by_one = worker_int(worker);
    long long at_once = worker_int(worker);
    expect(at_once * 2 <= one_by_one,
           M("%lld items cost %lld ns of CPU one by one, and %lld ns by "
             "queue_get_many: it should cost half of that, or less",
             "%lld elementos cuestan %lld ns de CPU de uno en uno, y %lld ns "
             "con queue_get_many: debía costar la mitad de eso, o menos"),
           items, one_by_one, at_once);
    worker_end(worker);
}

// ---- The table --------------------------------------------------------------

static const struct promise promises[] = {
    {.name = "items_come_out_in_order",
     .level = BASIC,
     .points = 10,
     .english = "what goes in comes out, in order",
     .spanish = "lo que entra sale, en orden",
     .test = in_order,
     .man = "3 pthread_mutex_lock",
     .step = "desk"},
    {.name = "places_go_round",
     .level = BASIC,
     .points = 8,
     .english = "after the last place comes the first",
     .spanish = "después del último lugar viene el primero",
     .test = goes_round,
     .build = ADDRESS,
     .step = "desk"},
    {.name = "one_thread_puts_another_takes",
     .level = BASIC,
     .points = 10,
     .english = "one thread puts, another one takes",
     .spanish = "un hilo pone, otro toma",
     .test = two_threads,
     .man = "3 pthread_cond_wait",
     .step = "desk"},
    {.name = "closed_queue_takes_nothing",
     .level = BASIC,
     .points = 6,
     .english = "nothing goes into a closed queue",
     .spanish = "en una cola cerrada no entra nada",
     .test = takes_nothing,
     .step = "closing"},
    {.name = "what_is_inside_comes_out",
     .level = BASIC,
     .points = 6,
     .english = "a closed queue gives what is inside, then says so",
     .spanish = "una cola cerrada da lo que tiene, y después lo dice",
     .test = comes_out,
     .step = "closing"},
    {.name = "memory_is_in_order",
     .level = INTERMEDIATE,
     .points = 3,
     .english = "no memory is lost, none is overrun",
     .spanish = "no se pierde memoria ni se escribe fuera de ella",
     .test = all_is_given_back,
     .build = ADDRESS,
     .man = "3 malloc",
     .step = "desk"},
    {.name = "who_waits_sleeps",
     .level = INTERMEDIATE,
     .points = 3,
     .english = "who waits sleeps, and uses no CPU",
     .spanish = "quien espera duerme, y no gasta CPU",
     .test = both_sleep,
     .man = "3 pthread_cond_wait",
     .step = "desk"},
    {.name = "each_item_once_in_order",
     .level = INTERMEDIATE,
     .points = 4,
     .english = "in every order: each item once, one after the other",
     .spanish = "en todo orden: cada elemento una vez, uno tras otro",
     .explore = "each_item_once_in_order",
     .man = "3 pthread_cond_wait",
     .step = "desk"},
    {.name = "full_means_full",
     .level = INTERMEDIATE,
     .points = 3,
     .english = "in every order: never more inside than places",
     .spanish = "en todo orden: nunca más adentro que lugares",
     .explore = "full_means_full",
     .man = "3 pthread_cond_wait",
     .step = "desk"},
    {.name = "one_feeds_two",
     .level = INTERMEDIATE,
     .points = 4,
     .english = "in every order: nobody sleeps on beside an item",
     .spanish = "en todo orden: nadie sigue dormido junto a un elemento",
     .explore = "one_feeds_two",
     .man = "3 pthread_cond_signal",
     .step = "bells"},
    {.name = "two_feed_one",
     .level = INTERMEDIATE,
     .points = 4,
     .english = "in every order: nobody sleeps on beside a free place",
     .spanish = "en todo orden: nadie sigue dormido junto a un lugar",
     .explore = "two_feed_one",
     .man = "3 pthread_cond_signal",
     .step = "bells"},
    {.name = "many_put_many_take",
     .level = INTERMEDIATE,
     .points = 4,
     .english = "in every order: two put, two take, nothing is lost",
     .spanish = "en todo orden: dos ponen, dos toman, nada se pierde",
     .explore = "many_put_many_take",
     .man = "3 pthread_cond_signal",
     .step = "bells"},
    {.name = "closing_frees_who_takes",
     .level = INTERMEDIATE,
     .points = 4,
     .english = "in every order: closing wakes those who wait to take",
     .spanish = "en todo orden: cerrar despierta a los que esperan tomar",
     .explore = "closing_frees_who_takes",
     .man = "3 pthread_cond_broadcast",
     .step = "closing"},
    {.name = "closing_frees_who_puts",
     .level = INTERMEDIATE,
     .points = 4,
     .english = "in every order: closing wakes those who wait to put",
     .spanish = "en todo orden: cerrar despierta a los que esperan poner",
     .explore = "closing_frees_who_puts",
     .man = "3 pthread_cond_broadcast",
     .step = "closing"},
    {.name = "closing_loses_nothing",
     .level = INTERMEDIATE,
     .points = 3,
     .english = "in every order: what went in before the end comes out",
     .spanish = "en todo orden: lo que entró antes del cierre sale",
     .explore = "closing_loses_nothing",
     .man = "3 pthread_cond_broadcast",
     .step = "closing"},
    {.name = "get_many_takes_what_there_is",
     .level = ADVANCED,
     .points = 4,
     .english = "queue_get_many takes what there is, and no more",
     .spanish = "queue_get_many toma lo que hay, y no más",
     .test = what_there_is,
     .build = ADDRESS,
     .step = "size"},
    {.name = "get_many_waits_and_ends",
     .level = ADVANCED,
     .points = 5,
     .english = "in every order: it waits for one, and is told the end",
     .spanish = "en todo orden: espera a uno, y se entera del final",
     .explore = "get_many_waits_and_ends",
     .man = "3 pthread_cond_wait",
     .step = "closing"},
    {.name = "get_many_makes_room_for_all",
     .level = ADVANCED,
     .points = 6,
     .english = "in every order: all for whom it made room go on",
     .spanish = "en todo orden: siguen todos a quienes dejó lugar",
     .explore = "get_many_makes_room_for_all",
     .man = "3 pthread_cond_broadcast",
     .step = "bells"},
    {.name = "get_many_is_one_visit",
     .level = ADVANCED,
     .points = 4,
     .english = "in every order: nobody takes in the middle of it",
     .spanish = "en todo orden: nadie toma en medio",
     .explore = "get_many_is_one_visit",
     .man = "3 pthread_mutex_lock",
     .step = "size"},
    {.name = "get_many_costs_half",
     .level = ADVANCED,
     .points = 5,
     .english = "many at once cost half of one by one, or less",
     .spanish = "muchos juntos cuestan la mitad que de uno en uno",
     .test = cheaper,
     .step = "size"},
    {0},
};

int main(int count, char **arguments)
{
    static const struct lab lab = {
        .files = {"queue.c"},
        .given = {"queue.h"},
        .promises = promises,
    };
    return suite_main(&lab, count, arguments);
}
