// test_queue.c - what runtime/queue.h promises
#include <check.h>
#include <errno.h>
#include <pthread.h>
#include <sched.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "runtime/must.h"
#include "runtime/queue.h"

// Promises about waiting are checked in three ways, the loop tests 0, 1 and 2.
enum {
    LOOKS,    // before it sleeps
    SLEEPS,   // at once, as where there is one processor
    NO_FENCES // from the kernel; sleeps at once
};
enum { WAYS = 3 };

static struct queue *create(size_t capacity, int way)
{
    struct queue *queue = queue_create(capacity);

    ck_assert_ptr_nonnull(queue);
    if (way != LOOKS)
        queue->looks = 0;
    if (way == NO_FENCES) {
        queue->kernel_fences = false;
        atomic_store(&queue->putters.owner, QUEUE_MANY);
        atomic_store(&queue->getters.owner, QUEUE_MANY);
    }
    return queue;
}

static pthread_t start(void *(*run)(void *), void *argument)
{
    pthread_t thread;

    MUST(pthread_create(&thread, NULL, run, argument));
    return thread;
}

static void *end(pthread_t thread)
{
    void *result;

    MUST(pthread_join(thread, &result));
    return result;
}

static void wait_for_sleepers(struct queue *queue,
                              const struct queue_side *which, unsigned count)
{
    bool enough = false;

    while (!enough) {
        MUST(pthread_mutex_lock(&queue->lock));
        enough = which->sleeping >= count;
        MUST(pthread_mutex_unlock(&queue->lock));
        sched_yield();
    }
}

static char letters[] = "abcdefghijklmnopqrstuvwxyz";

// ---- One thread -------------------------------------------------------------

static const size_t capacities[] = {1, 2, 3, 4, 5, 7, 8, 100, 1024, 1025};
enum { CAPACITIES = sizeof capacities / sizeof *capacities };

START_TEST(items_leave_in_the_order_of_their_puts)
{
    size_t capacity = capacities[_i], in = 0, out = 0;
    struct queue *queue = create(capacity, LOOKS);
    void *item;

    while (out < 5 * capacity) {
        for (size_t i = 0; i < capacity - out % capacity; i++)
            in += queue_try_put(queue, (void *)(in + 1));
        for (size_t i = 0; i <= out % 3 && out < in; i++) {
            ck_assert(queue_get(queue, &item));
            ck_assert_uint_eq((size_t)item, ++out);
        }
    }
    queue_destroy(queue);
}
END_TEST

START_TEST(it_holds_exactly_its_capacity)
{
    size_t capacity = capacities[_i];
    struct queue *queue = create(capacity, LOOKS);
    void *item;

    for (int lap = 0; lap < 3; lap++) {
        for (size_t i = 0; i < capacity; i++)
            ck_assert(queue_try_put(queue, letters));
        errno = 0;
        ck_assert(!queue_try_put(queue, letters));
        ck_assert_int_eq(errno, EAGAIN);
        for (size_t i = 0; i < capacity; i++)
            ck_assert(queue_try_get(queue, &item));
        errno = 0;
        ck_assert(!queue_try_get(queue, &item));
        ck_assert_int_eq(errno, EAGAIN);
    }
    queue_destroy(queue);
}
END_TEST

START_TEST(null_is_an_item_like_any_other)
{
    struct queue *queue = create(2, LOOKS);
    void *item = letters;

    ck_assert(queue_put(queue, NULL));
    ck_assert(queue_get(queue, &item));
    ck_assert_ptr_null(item);
    queue_destroy(queue);
}
END_TEST

START_TEST(what_was_put_before_close_is_got_after_it)
{
    struct queue *queue = create(3, LOOKS);
    void *item = NULL;

    ck_assert(queue_put(queue, &letters[0]));
    ck_assert(queue_put(queue, &letters[1]));
    queue_close(queue);
    queue_close(queue);
    ck_assert(queue_get(queue, &item));
    ck_assert_ptr_eq(item, &letters[0]);
    ck_assert(queue_try_get(queue, &item));
    ck_assert_ptr_eq(item, &letters[1]);
    ck_assert(!queue_get(queue, &item));
    errno = 0;
    ck_assert(!queue_try_get(queue, &item));
    ck_assert_int_eq(errno, EPIPE);
    ck_assert_ptr_eq(item, &letters[1]); // left alone
    queue_destroy(queue);
}
END_TEST

START_TEST(put_after_close_is_refused)
{
    struct queue *queue = create(3, LOOKS);

    queue_close(queue);
    ck_assert(!queue_put(queue, letters));
    errno = 0;
    ck_assert(!queue_try_put(queue, letters));
    ck_assert_int_eq(errno, EPIPE);
    queue_destroy(queue);
}
END_TEST

START_TEST(impossible_capacities_are_errors)
{
    errno = 0;
    ck_assert_ptr_null(queue_create(0));
    ck_assert_int_eq(errno, EINVAL);
    errno = 0;
    ck_assert_ptr_null(queue_create((size_t)-1));
    ck_assert_int_eq(errno, ENOMEM);
    errno = 0;
    ck_assert_ptr_null(queue_create((size_t)-1 / sizeof(struct queue_slot)));
    ck_assert_int_eq(errno, ENOMEM);
    queue_destroy(NULL);
}
END_TEST

START_TEST(it_costs_the_memory_that_the_header_says)
{
    ck_assert_uint_eq(sizeof(struct queue), 512);
    ck_assert_uint_eq(sizeof(struct queue_slot), 16);
}
END_TEST

// ---- A put that has begun ---------------------------------------------------

static void *get_one(void *queue)
{
    void *item = NULL;

    return queue_get(queue, &item) ? item : NULL;
}

// By hand, what a putter does that is stopped half way.
START_TEST(getters_wait_for_a_put_that_has_begun)
{
    struct queue *queue = create(4, _i);
    void *item;
    pthread_t getter;

    atomic_fetch_add(&queue->putters.next, 2);
    ck_assert(queue_put(queue, &letters[1]));
    errno = 0;
    ck_assert(!queue_try_get(queue, &item));
    ck_assert_int_eq(errno, EAGAIN);
    queue_close(queue);
    getter = start(get_one, queue);
    for (int i = 0; i < 3000; i++)
        sched_yield();
    atomic_store(&queue->slots[0].item, &letters[0]);
    atomic_store(&queue->slots[0].lap, 1);
    ck_assert_ptr_eq(end(getter), &letters[0]);
    ck_assert_ptr_eq(get_one(queue), &letters[1]);
    ck_assert(!queue_get(queue, &item));
    queue_destroy(queue);
}
END_TEST

// ---- Sleeping and waking ----------------------------------------------------

static void *put_one(void *queue)
{
    return queue_put(queue, letters) ? queue : NULL;
}

enum { SLEEPERS = 4 };

START_TEST(close_wakes_all_getters)
{
    struct queue *queue = create(2, _i);
    pthread_t getters[SLEEPERS];

    for (int i = 0; i < SLEEPERS; i++)
        getters[i] = start(get_one, queue);
    wait_for_sleepers(queue, &queue->getters, SLEEPERS);
    queue_close(queue);
    for (int i = 0; i < SLEEPERS; i++)
        ck_assert_ptr_null(end(getters[i]));
    queue_destroy(queue);
}
END_TEST

START_TEST(close_wakes_all_putters_and_takes_nothing_of_theirs)
{
    struct queue *queue = create(1, _i);
    pthread_t putters[SLEEPERS];
    void *item;

    ck_assert(queue_put(queue, &letters[1]));
    for (int i = 0; i < SLEEPERS; i++)
        putters[i] = start(put_one, queue);
    wait_for_sleepers(queue, &queue->putters, SLEEPERS);
    queue_close(queue);
    for (int i = 0; i < SLEEPERS; i++)
        ck_assert_ptr_null(end(putters[i]));
    ck_assert(queue_get(queue, &item));
    ck_assert_ptr_eq(item, &letters[1]);
    ck_assert(!queue_get(queue, &item));
    queue_destroy(queue);
}
END_TEST

// However large the queue: a putter that waits for more could wait for ever.
START_TEST(one_get_is_enough_for_a_sleeping_putter)
{
    struct queue *queue = create(100, _i);
    pthread_t putter;

    for (int i = 0; i < 100; i++)
        ck_assert(queue_put(queue, letters));
    putter = start(put_one, queue);
    wait_for_sleepers(queue, &queue->putters, 1);
    ck_assert_ptr_nonnull(get_one(queue));
    ck_assert_ptr_nonnull(end(putter));
    queue_destroy(queue);
}
END_TEST

static pthread_barrier_t meeting;

static void *get_and_meet(void *queue)
{
    void *item = get_one(queue);

    pthread_barrier_wait(&meeting);
    return item;
}

static void *put_and_meet(void *queue)
{
    void *done = put_one(queue);

    pthread_barrier_wait(&meeting);
    return done;
}

// None of them goes on before all have something: who wakes up must not keep to
// itself that there is more.
START_TEST(as_many_getters_wake_as_there_are_items)
{
    pthread_t getters[SLEEPERS];

    MUST(pthread_barrier_init(&meeting, NULL, SLEEPERS));
    for (int round = 0; round < 300; round++) {
        struct queue *queue = create(SLEEPERS, _i);
        for (int i = 0; i < SLEEPERS; i++)
            getters[i] = start(get_and_meet, queue);
        if (round % 2)
            wait_for_sleepers(queue, &queue->getters, SLEEPERS);
        for (int i = 0; i < SLEEPERS; i++)
            ck_assert(queue_put(queue, &letters[i]));
        for (int i = 0; i < SLEEPERS; i++)
            ck_assert_ptr_nonnull(end(getters[i]));
        queue_destroy(queue);
    }
}
END_TEST

START_TEST(as_many_putters_wake_as_there_is_room)
{
    pthread_t putters[SLEEPERS];

    MUST(pthread_barrier_init(&meeting, NULL, SLEEPERS));
    for (int round = 0; round < 300; round++) {
        struct queue *queue = create(SLEEPERS, _i);
        for (int i = 0; i < SLEEPERS; i++)
            ck_assert(queue_put(queue, letters));
        for (int i = 0; i < SLEEPERS; i++)
            putters[i] = start(put_and_meet, queue);
        if (round % 2)
            wait_for_sleepers(queue, &queue->putters, SLEEPERS);
        for (int i = 0; i < SLEEPERS; i++)
            ck_assert_ptr_nonnull(get_one(queue));
        for (int i = 0; i < SLEEPERS; i++)
            ck_assert_ptr_nonnull(end(putters[i]));
        queue_destroy(queue);
    }
}
END_TEST

struct table {
    struct queue *there, *back;
};

static void *return_all(void *argument)
{
    struct table *table = argument;
    void *ball;

    while (queue_get(table->there, &ball))
        queue_put(table->back, ball);
    return NULL;
}

START_TEST(a_ball_is_returned_every_time)
{
    struct table table = {create(1, _i), create(1, _i)};
    pthread_t other = start(return_all, &table);

    for (int i = 0; i < 20000; i++) {
        ck_assert(queue_put(table.there, &letters[i % 26]));
        ck_assert_ptr_eq(get_one(table.back), &letters[i % 26]);
    }
    queue_close(table.there);
    end(other);
    queue_destroy(table.there);
    queue_destroy(table.back);
}
END_TEST

// A put and a get that finds nothing, and goes to sleep, meet at every distance
// of time. If neither sees the other, the getter sleeps for ever.
struct meeting {
    struct queue *queue;
    atomic_int begun, got;
};

enum { MEETINGS = 30000, DISTANCES = 300 };

static void *get_at_each_meeting(void *argument)
{
    struct meeting *here = argument;
    void *item;

    for (int i = 1; i <= MEETINGS; i++) {
        for (int looks = 0; atomic_load(&here->begun) < i; looks++)
            if (looks > 1000)
                sched_yield();
        queue_get(here->queue, &item);
        atomic_store(&here->got, i);
    }
    return NULL;
}

START_TEST(no_put_is_missed_by_who_goes_to_sleep)
{
    struct meeting here = {.queue = create(1024, _i)};
    pthread_t getter;
    atomic_int distance;

    here.queue->looks = 0;
    getter = start(get_at_each_meeting, &here);
    for (int i = 1; i <= MEETINGS; i++) {
        atomic_store(&here.begun, i);
        for (distance = 0; distance < i % DISTANCES; distance++)
            continue;
        queue_put(here.queue, letters);
        while (atomic_load(&here.got) < i)
            sched_yield();
    }
    end(getter);
    queue_destroy(here.queue);
}
END_TEST

static void *get_then_end(void *queue)
{
    static char *got;

    got = get_one(queue);
    if (got == &letters[2])
        pthread_testcancel();
    return NULL;
}

START_TEST(a_cancelled_thread_takes_nothing_with_it)
{
    struct queue *queue = create(1, _i);
    pthread_t getter = start(get_then_end, queue);

    wait_for_sleepers(queue, &queue->getters, 1);
    MUST(pthread_cancel(getter));
    ck_assert(queue_put(queue, &letters[2]));
    ck_assert_ptr_eq(end(getter), PTHREAD_CANCELED); // after it got the item
    ck_assert(queue_put(queue, letters));
    ck_assert_ptr_nonnull(get_one(queue));
    queue_destroy(queue);
}
END_TEST

// ---- Many threads -----------------------------------------------------------

enum { MOST = 8, PARCELS = 4000 }; // threads of a kind; parcels of each putter

// No atomics, no lock: the queue alone keeps putter and getter apart.
struct parcel {
    int putter, number, got;
};

struct traffic {
    struct queue *queue;
    int parcels, number, last[MOST];
    bool in_order;
};

static struct parcel parcels[MOST][PARCELS];

static void *put_all(void *argument)
{
    struct traffic *mine = argument;

    for (int i = 0; i < mine->parcels; i++) {
        parcels[mine->number][i] = (struct parcel){mine->number, i, 0};
        if (!queue_put(mine->queue, &parcels[mine->number][i]))
            return NULL;
    }
    return mine;
}

static void *get_all(void *argument)
{
    struct traffic *mine = argument;
    void *item;

    while (queue_get(mine->queue, &item)) {
        struct parcel *parcel = item;
        mine->in_order &= parcel->number > mine->last[parcel->putter];
        mine->last[parcel->putter] = parcel->number;
        parcel->got++;
    }
    return NULL;
}

static void run_traffic(struct queue *queue, int putters, int getters,
                        int parcels_each)
{
    struct traffic of_putter[MOST], of_getter[MOST];
    pthread_t putter[MOST], getter[MOST];

    for (int i = 0; i < getters; i++) {
        of_getter[i] = (struct traffic){.queue = queue, .in_order = true};
        memset(of_getter[i].last, -1, sizeof of_getter[i].last);
        getter[i] = start(get_all, &of_getter[i]);
    }
    for (int i = 0; i < putters; i++) {
        of_putter[i] = (struct traffic){queue, parcels_each, .number = i};
        putter[i] = start(put_all, &of_putter[i]);
    }
    for (int i = 0; i < putters; i++)
        ck_assert_ptr_nonnull(end(putter[i]));
    queue_close(queue);
    for (int i = 0; i < getters; i++) {
        end(getter[i]);
        ck_assert(of_getter[i].in_order);
    }
}

static void check_traffic(size_t capacity, int putters, int getters, int way)
{
    struct queue *queue = create(capacity, way);

    run_traffic(queue, putters, getters, PARCELS);
    queue_destroy(queue);
    for (int i = 0; i < putters; i++)
        for (int k = 0; k < PARCELS; k++)
            ck_assert_int_eq(parcels[i][k].got, 1);
}

START_TEST(every_item_arrives_once_and_in_its_putters_order)
{
    static const int putters[] = {1, 2, 1, 8, 8, 3};
    static const int getters[] = {1, 2, 8, 1, 8, 4};

    for (int i = 0; i < 6; i++) {
        check_traffic(1, putters[i], getters[i], _i);
        check_traffic(3, putters[i], getters[i], _i);
        check_traffic(16, putters[i], getters[i], _i);
        check_traffic(1024, putters[i], getters[i], _i);
    }
}
END_TEST

// By hand, a putter that is stopped while it moves its position.
START_TEST(the_second_putter_waits_until_the_first_is_outside)
{
    struct queue *queue = create(4, LOOKS);
    char first;
    pthread_t second;

    atomic_store(&queue->putters.owner, (uintptr_t)&first);
    atomic_store(&queue->putters.inside, true);
    second = start(put_one, queue);
    while (atomic_load(&queue->putters.owner) == (uintptr_t)&first)
        sched_yield(); // until it has asked for it
    for (int i = 0; i < 3000; i++)
        sched_yield();
    ck_assert_uint_eq(atomic_load(&queue->putters.owner), QUEUE_LEAVING);
    ck_assert_uint_eq(atomic_load(&queue->putters.next), 1 << 3);
    atomic_store(&queue->putters.inside, false);
    ck_assert_ptr_nonnull(end(second));
    ck_assert_uint_eq(atomic_load(&queue->putters.next), (1 << 3) + 2);
    queue_destroy(queue);
}
END_TEST

// The first ones begin alone on their side; each round the next ones come at
// another moment.
START_TEST(who_comes_later_finds_all_in_order)
{
    enum { ROUNDS = 400, FEW = 100 };

    for (int round = 0; round < ROUNDS; round++) {
        struct queue *queue = create((size_t)round % 7 + 1, _i);
        run_traffic(queue, round % 3 + 1, round % 2 + 1, FEW);
        queue_destroy(queue);
        for (int i = 0; i < round % 3 + 1; i++)
            for (int k = 0; k < FEW; k++)
                ck_assert_int_eq(parcels[i][k].got, 1);
    }
}
END_TEST

START_TEST(one_processor_is_enough)
{
    struct queue *queue;
    cpu_set_t one;

    CPU_ZERO(&one);
    CPU_SET(sched_getcpu(), &one);
    MUST(sched_setaffinity(0, sizeof one, &one));
    queue = create(16, LOOKS);
    ck_assert_uint_eq(queue->looks, 0);
    run_traffic(queue, 2, 2, PARCELS);
    queue_destroy(queue);
}
END_TEST

static void *take_until_closed(void *queue)
{
    void *item;
    intptr_t count = 0;

    while (queue_get(queue, &item))
        count++;
    return (void *)count;
}

static void *put_until_closed(void *queue)
{
    intptr_t count = 0;

    while (queue_put(queue, letters))
        count++;
    return (void *)count;
}

START_TEST(what_was_put_while_it_closes_is_got)
{
    pthread_t putters[2], getters[2];

    for (int round = 0; round < 300; round++) {
        struct queue *queue = create((size_t)round % 5 + 1, _i);
        intptr_t in = 0, out = 0;
        int several = round % 2 + 1; // or one, alone on its side
        for (int i = 0; i < several; i++) {
            putters[i] = start(put_until_closed, queue);
            getters[i] = start(take_until_closed, queue);
        }
        for (int i = 0; i < round; i++)
            sched_yield();
        queue_close(queue);
        for (int i = 0; i < several; i++) {
            in += (intptr_t)end(putters[i]);
            out += (intptr_t)end(getters[i]);
        }
        ck_assert_int_eq(in, out);
        queue_destroy(queue);
    }
}
END_TEST

// ---- A mistake: in a child, which must be killed by SIGABRT with a name -----

static void destroy_too_early(void)
{
    struct queue *queue = queue_create(1);

    start(get_one, queue);
    wait_for_sleepers(queue, &queue->getters, 1);
    queue_destroy(queue);
}

START_TEST(destroying_under_sleepers_has_a_name)
{
    char said[4096] = "";
    size_t have = 0;
    ssize_t got;
    int ends[2], status;
    pid_t child;

    ck_assert_int_eq(pipe(ends), 0);
    child = fork();
    if (child == 0) {
        dup2(ends[1], STDERR_FILENO);
        setenv("TELAR_LANG", "en", 1);
        destroy_too_early();
        _exit(0);
    }
    close(ends[1]);
    while ((got = read(ends[0], said + have, sizeof said - 1 - have)) > 0)
        have += (size_t)got;
    close(ends[0]);
    ck_assert_int_eq(waitpid(child, &status, 0), child);
    ck_assert(WIFSIGNALED(status) && WTERMSIG(status) == SIGABRT);
    ck_assert_msg(
        strstr(said, "queue: destroy of a queue in which threads sleep (1)"),
        "said: %s", said);
}
END_TEST

static Suite *queue_suite(void)
{
    Suite *suite = suite_create("queue");
    TCase *tests = tcase_create("queue");

    tcase_set_timeout(tests, 120); // or a lost wake-up would never end
    tcase_add_loop_test(tests, items_leave_in_the_order_of_their_puts, 0,
                        CAPACITIES);
    tcase_add_loop_test(tests, it_holds_exactly_its_capacity, 0, CAPACITIES);
    tcase_add_test(tests, null_is_an_item_like_any_other);
    tcase_add_test(tests, what_was_put_before_close_is_got_after_it);
    tcase_add_test(tests, put_after_close_is_refused);
    tcase_add_test(tests, impossible_capacities_are_errors);
    tcase_add_test(tests, it_costs_the_memory_that_the_header_says);
    tcase_add_loop_test(tests, getters_wait_for_a_put_that_has_begun, 0, WAYS);
    tcase_add_loop_test(tests, close_wakes_all_getters, 0, WAYS);
    tcase_add_loop_test(
        tests, close_wakes_all_putters_and_takes_nothing_of_theirs, 0, WAYS);
    tcase_add_loop_test(tests, one_get_is_enough_for_a_sleeping_putter, 0,
                        WAYS);
    tcase_add_loop_test(tests, as_many_getters_wake_as_there_are_items, 0,
                        WAYS);
    tcase_add_loop_test(tests, as_many_putters_wake_as_there_is_room, 0, WAYS);
    tcase_add_loop_test(tests, a_ball_is_returned_every_time, 0, WAYS);
    tcase_add_loop_test(tests, no_put_is_missed_by_who_goes_to_sleep, 0, WAYS);
    tcase_add_loop_test(tests, a_cancelled_thread_takes_nothing_with_it, 0,
                        WAYS);
    tcase_add_loop_test(tests, every_item_arrives_once_and_in_its_putters_order,
                        0, WAYS);
    tcase_add_test(tests, the_second_putter_waits_until_the_first_is_outside);
    tcase_add_loop_test(tests, who_comes_later_finds_all_in_order, 0, WAYS);
    tcase_add_test(tests, one_processor_is_enough);
    tcase_add_loop_test(tests, what_was_put_while_it_closes_is_got, 0, WAYS);
    tcase_add_test(tests, destroying_under_sleepers_has_a_name);
    suite_add_tcase(suite, tests);
    return suite;
}

int main(void)
{
    SRunner *runner = srunner_create(queue_suite());
    int failed;

    srunner_run_all(runner, CK_NORMAL);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed != 0;
}
