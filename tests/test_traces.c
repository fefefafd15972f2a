// test_traces.c - the stories that are kept as traces in tests/data/traces
//
// Each is told anew and must be, byte for byte, what is kept; so what the
// screens show of them (test_screens.c) has its source here.
// TELAR_TRACES=write makes them anew; look at the screens before you keep them.
// The two recorded_*.trace are real runs, made small by test_traces itself.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "tests/machine.h"
#include "tests/temporary.h"
#include "tools/trace/reader.h"

static const char folder[] = "tests/data/traces";

// ---- A factory: orders in, parts out, an orderly close ----------------------

static struct queue orders = {.id = 0x5010, .capacity = 4};
static struct queue parts = {.id = 0x5020, .capacity = 3};

static void producer(void *first)
{
    place("factory.c:12");
    for (uint64_t i = 0; i < 12; i++) {
        work(350);
        put(&orders, *(const uint64_t *)first + i);
    }
}

static void worker(void *unused)
{
    uint64_t order;

    (void)unused;
    place("factory.c:21");
    while (get(&orders, &order)) {
        work(600 + order % 5 * 300);
        put(&parts, order);
    }
}

static void dispatch(void *unused)
{
    uint64_t part;

    (void)unused;
    place("factory.c:31");
    while (get(&parts, &part)) {
        work(250);
        say(TRACE_OUTPUT, 1, 20);
    }
}

static void factory(void *unused)
{
    static const uint64_t firsts[] = {1, 101};
    struct thread *producers[2], *workers[3], *last;

    (void)unused;
    place("factory.c:40");
    orders.count = parts.count = 0;
    orders.is_closed = parts.is_closed = false;
    make_queue(&orders, "orders");
    make_queue(&parts, "parts");
    last = spawn("dispatch", dispatch, NULL);
    for (int i = 0; i < 3; i++)
        workers[i] = spawn("worker", worker, NULL);
    for (int i = 0; i < 2; i++)
        producers[i] = spawn("producer", producer, (void *)&firsts[i]);
    for (int i = 0; i < 2; i++)
        join(producers[i]);
    close_queue(&orders);
    for (int i = 0; i < 3; i++)
        join(workers[i]);
    close_queue(&parts);
    join(last);
}

// ---- A pipeline: the last one is slow, so a pipe gets full ------------------

enum { SOME = 8192, PIPE_BYTES = 65536 };

static struct stream pipes[3];

static void read_all(int from, int to, uint64_t us)
{
    while (read_pipe(&pipes[from], SOME) > 0) {
        work(us);
        if (to < 3)
            write_pipe(&pipes[to], SOME);
        else
            say(TRACE_OUTPUT, 1, SOME);
    }
    if (to < 3)
        close_pipe(&pipes[to], true);
}

static void generate(void *unused)
{
    (void)unused;
    for (int i = 0; i < 24; i++) {
        work(200);
        write_pipe(&pipes[0], SOME);
    }
    close_pipe(&pipes[0], true);
}

static void strip(void *unused)
{
    (void)unused;
    read_all(0, 1, 300);
}

static void sorted(void *unused)
{
    (void)unused;
    read_all(1, 2, 250);
}

static void print(void *unused)
{
    (void)unused;
    read_all(2, 3, 1800);
}

static void pipeline(void *unused)
{
    struct thread *children[4];

    (void)unused;
    for (int i = 0; i < 3; i++) {
        pipes[i] = (struct stream){
            .id = 7001 + (uint64_t)i, .capacity = PIPE_BYTES, 0, 1, 1};
        say(TRACE_PIPE_CREATE, pipes[i].id, PIPE_BYTES);
    }
    children[0] = fork_child("generate", generate, NULL);
    children[1] = fork_child("filter", strip, NULL);
    children[2] = fork_child("sort", sorted, NULL);
    children[3] = fork_child("print", print, NULL);
    for (int i = 0; i < 4; i++)
        wait_child(children[i]);
}

// ---- A heap: blocks of three sizes, and holes between those that stay -------

static void heap(void *unused)
{
    enum { BLOCKS = 90 };
    uint64_t at = UINT64_C(0x55555555a2a0), where[BLOCKS], size[BLOCKS];

    (void)unused;
    for (int i = 0; i < BLOCKS; i++) {
        size[i] = i % 3 == 0 ? 48 : i % 3 == 1 ? 512 : 4096;
        where[i] = at;
        at += size[i] + 16;
        work(20);
        say(TRACE_ALLOC, where[i], size[i]);
    }
    for (int i = 1; i < BLOCKS; i++) {
        if (i % 3 == 0 || i > 80)
            continue;
        work(15);
        say(TRACE_FREE, where[i], size[i]);
    }
    work(30);
    say(TRACE_ALLOC, at, 60000); // no hole is large enough
    work(100);
}

// ---- A convoy: everybody needs one lock for a little of each round ----------

static struct mutex ledger = {.id = 0x6010, .hands_over = true};

static void clerk(void *unused)
{
    (void)unused;
    for (int i = 0; i < 12; i++) {
        place("office.c:18");
        lock(&ledger);
        place("office.c:19");
        work(400);
        unlock(&ledger);
        place("office.c:21");
        work(60);
    }
}

static void convoy(void *unused)
{
    struct thread *clerks[5];

    (void)unused;
    call_it(ledger.id, "ledger");
    for (int i = 0; i < 5; i++)
        clerks[i] = spawn("clerk", clerk, NULL);
    for (int i = 0; i < 5; i++)
        join(clerks[i]);
}

// ---- A reader that starves: there is always a writer before it --------------

static struct mutex news = {.id = 0x6020};

static void writer_of_news(void *unused)
{
    (void)unused;
    for (int i = 0; i < 14; i++) {
        lock(&news);
        work(500);
        unlock(&news);
        work(100);
    }
}

static void reader_of_news(void *unused)
{
    (void)unused;
    work(700);
    share(&news);
    work(200);
    unshare(&news);
}

static void starvation(void *unused)
{
    struct thread *all[3];

    (void)unused;
    call_it(news.id, "news");
    all[0] = spawn("writer", writer_of_news, NULL);
    all[1] = spawn("writer", writer_of_news, NULL);
    all[2] = spawn("reader", reader_of_news, NULL);
    for (int i = 0; i < 3; i++)
        join(all[i]);
}

// ---- A wakeup that is lost: signalled before anybody waits ------------------

static struct mutex door = {.id = 0x6030};
static struct condition bell = {0x6040};

static void postman(void *unused)
{
    (void)unused;
    lock(&door);
    signal_one(&bell);
    unlock(&door);
}

static void sleeper(void *unused)
{
    (void)unused;
    work(900); // has looked, and is not waiting yet
    lock(&door);
    await(&bell, &door);
    unlock(&door);
}

static void lost_wakeup(void *unused)
{
    struct thread *last, *first;

    (void)unused;
    call_it(door.id, "door");
    call_it(bell.id, "bell");
    last = spawn("sleeper", sleeper, NULL);
    first = spawn("postman", postman, NULL);
    join(first);
    join(last);
}

// ---- Two locks in two orders ------------------------------------------------

static struct mutex m1 = {.id = 0x6050}, m2 = {.id = 0x6060};

static void take_both(struct mutex *first, struct mutex *second)
{
    work(300);
    lock(first);
    work(800);
    lock(second);
    unlock(second);
    unlock(first);
}

static void one_order(void *unused)
{
    (void)unused;
    take_both(&m1, &m2);
}

static void other_order(void *unused)
{
    (void)unused;
    take_both(&m2, &m1);
}

static void impatient(void *unused)
{
    (void)unused;
    nap(4200);
    say(TRACE_MARK, named("nothing moves"), 1);
}

static void deadlock(void *unused)
{
    struct thread *a, *b, *watch;

    (void)unused;
    call_it(m1.id, "m1");
    call_it(m2.id, "m2");
    m1.owner = m2.owner = NULL;
    a = spawn("A", one_order, NULL);
    b = spawn("B", other_order, NULL);
    watch = spawn("watch", impatient, NULL);
    join(watch);
    join(a);
    join(b);
}

// ---- Coroutines: one does not yield -----------------------------------------

enum { COROUTINES = 4, LOOP_IDS = 0x8000 };

static void turn_of(int i, uint64_t us)
{
    say(TRACE_CO_RUN, LOOP_IDS + (uint64_t)i, 0);
    work(us);
}

static void coroutines(void *unused)
{
    static const char *const names[COROUTINES] = {"fetch", "parse", "store",
                                                  "greedy"};

    (void)unused;
    for (int i = 0; i < COROUTINES; i++)
        say(TRACE_CO_CREATE, LOOP_IDS + (uint64_t)i, named(names[i]));
    for (int round = 0; round < 6; round++)
        for (int i = 0; i < COROUTINES; i++)
            turn_of(i, 120 + (uint64_t)i * 30);
    turn_of(3, 6000);
    for (int i = 0; i < 3; i++) {
        turn_of(i, 150);
        say(TRACE_CO_END, LOOP_IDS + (uint64_t)i, 0);
    }
    work(40);
}

// ---- A baton, as CPython passes it (Python/ceval_gil.c) ---------------------

static struct mutex gil = {.id = 0x7010}, turns = {.id = 0x7020};
static struct condition dropped = {0x7030}, switched = {0x7040};
static struct thread *interpreter; // who has it
static bool is_wanted;

static void take_gil(void)
{
    lock(&gil);
    while (interpreter)
        if (!await_until(&dropped, &gil, now_us() + 5000))
            is_wanted = true;
    lock(&turns);
    interpreter = machine.now;
    signal_one(&switched);
    unlock(&turns);
    is_wanted = false;
    unlock(&gil);
}

static void drop_gil(void)
{
    lock(&gil);
    interpreter = NULL;
    signal_one(&dropped);
    unlock(&gil);
    if (!is_wanted)
        return;
    lock(&turns);
    if (!interpreter)
        await(&switched, &turns);
    unlock(&turns);
}

static void bytecode(void *unused)
{
    (void)unused;
    take_gil();
    for (int i = 0; i < 110; i++) {
        work(900);
        if (is_wanted) {
            drop_gil();
            take_gil();
        }
    }
    drop_gil();
}

static void python(void *unused)
{
    struct thread *all[2];

    (void)unused;
    interpreter = NULL;
    for (int i = 0; i < 2; i++)
        all[i] = spawn("python3", bytecode, NULL);
    for (int i = 0; i < 2; i++)
        join(all[i]);
}

// ---- What pyenv makes of python3: many processes first, then it by exec -----

static void look_up(void *unused)
{
    (void)unused;
    work(700);
}

static void shim(void *unused)
{
    for (int i = 0; i < 20; i++)
        wait_child(fork_child("bash", look_up, NULL));
    say(TRACE_TASK_NAME, named("bash"), 0);
    for (int i = 0; i < 16; i++)
        wait_child(fork_child("bash", look_up, NULL));
    say(TRACE_TASK_NAME, named("python3"), 0);
    python(unused);
}

// ---- Forty threads on two CPUs ----------------------------------------------

static void compute(void *unused)
{
    (void)unused;
    for (int i = 0; i < 3; i++) {
        work(3500);
        nap(2000);
    }
}

static void forty(void *unused)
{
    struct thread *all[39];

    (void)unused;
    for (int i = 0; i < 39; i++)
        all[i] = spawn("calc", compute, NULL);
    for (int i = 0; i < 39; i++)
        join(all[i]);
}

// ---- Everything else that one can wait for ----------------------------------

enum { PERMITS = 0x9010, MEETING = 0x9020, GUESTS = 3 };

static struct { // a semaphore and a barrier
    int permits, arrived;
} place_of_meeting;
static struct mutex table = {.id = 0x9030};
static struct condition served = {0x9040};
static struct stream wire;

static void down(void)
{
    say(TRACE_SEM_REQUEST, PERMITS, 0);
    work(1);
    while (place_of_meeting.permits == 0)
        block(&place_of_meeting.permits, 0);
    place_of_meeting.permits--;
    say(TRACE_SEM_ACQUIRE, PERMITS, 0);
}

static void up(void)
{
    place_of_meeting.permits++;
    say(TRACE_SEM_POST, PERMITS, 0);
    wake_one(&place_of_meeting.permits);
}

static void meet(void)
{
    say(TRACE_BARRIER_WAIT, MEETING, 0);
    work(1);
    if (++place_of_meeting.arrived == GUESTS)
        wake_all(&place_of_meeting.arrived);
    else
        block(&place_of_meeting.arrived, 0);
    say(TRACE_BARRIER_LEAVE, MEETING, 0);
}

static void guest(void *unused)
{
    (void)unused;
    down();
    work(1200);
    up();
    meet();
    lock(&table);
    await(&served, &table);
    unlock(&table);
}

static void cook(void *unused)
{
    (void)unused;
    nap(9000);
    lock(&table);
    signal_all(&served);
    unlock(&table);
}

static void messenger(void *unused)
{
    (void)unused;
    nap(7000);
    write_pipe(&wire, 100);
    close_pipe(&wire, true);
}

static void waits(void *unused)
{
    struct thread *guests[GUESTS], *other, *child;

    (void)unused;
    place_of_meeting.permits = 1;
    place_of_meeting.arrived = 0;
    wire = (struct stream){7100, PIPE_BYTES, 0, 1, 1};
    say(TRACE_SEM_INIT, PERMITS, 1);
    call_it(PERMITS, "permits");
    call_it(MEETING, "meeting");
    call_it(table.id, "table");
    call_it(served.id, "served");
    say(TRACE_PIPE_CREATE, wire.id, PIPE_BYTES);
    child = fork_child("messenger", messenger, NULL);
    for (int i = 0; i < GUESTS; i++)
        guests[i] = spawn("guest", guest, NULL);
    other = spawn("cook", cook, NULL);
    while (read_pipe(&wire, 4096) > 0)
        say(TRACE_OUTPUT, 1, 100);
    wait_child(child);
    for (int i = 0; i < GUESTS; i++)
        join(guests[i]);
    join(other);
}

// ---- Telling them -----------------------------------------------------------

static const struct story {
    const char *name, *program;
    void (*body)(void *);
    struct machine_options options;
    uint64_t us; // it is cut there; 0: told to its end
} stories[] = {
    {"factory", "factory", factory, {.source = TRACE_SOURCE_PERF}, 0},
    {"pipeline", "shell", pipeline, {.source = TRACE_SOURCE_PERF}, 0},
    {"heap", "heap", heap, {.source = TRACE_SOURCE_PERF}, 0},
    {"convoy", "office", convoy, {.source = TRACE_SOURCE_PERF}, 0},
    {"starvation", "press", starvation, {.source = TRACE_SOURCE_PERF}, 0},
    {"lost_wakeup", "house", lost_wakeup, {.source = TRACE_SOURCE_PERF}, 0},
    {"deadlock", "bank", deadlock, {.source = 0}, 0},
    {"coroutines", "loop", coroutines, {.source = TRACE_SOURCE_PERF}, 0},
    {"gil", "python3", python, {.source = TRACE_SOURCE_PERF, 90}, 0},
    {"pyenv", "env", shim, {.source = TRACE_SOURCE_PERF, 150}, 0},
    {"forty", "forty", forty, {.source = TRACE_SOURCE_PERF, 80}, 0},
    {"waits", "restaurant", waits, {.source = TRACE_SOURCE_PERF}, 0},
    {"sampled", "office", convoy, {.source = TRACE_SOURCE_FALLBACK}, 0},
    {"full", "factory", factory, {.source = TRACE_SOURCE_PERF, 14}, 0},
    {"overwritten",
     "factory",
     factory,
     {.source = TRACE_SOURCE_PERF, 16, .policy = TRACE_OVERWRITE},
     0},
};
enum { STORIES = sizeof stories / sizeof *stories };

static void tell_story(const struct story *story, const char *path)
{
    machine_begin(path, story->options);
    machine_run(story->program, story->body, NULL, story->us);
    machine_end();
}

// ---- What was recorded, in as few bytes as it needs -------------------------

// TRACE_NAME: the number that the same name has in the new file.
static uint64_t renumbered(struct writer *writer, const struct reader *reader,
                           enum trace_meaning meaning, uint64_t number)
{
    if (meaning != TRACE_NAME || number == 0)
        return number;
    return writer_name(writer, reader_name(reader, (uint32_t)number));
}

static void repack_event(struct writer *writer, const struct reader *reader,
                         struct writer_task *task, const struct trace_record *r)
{
    const struct trace_kind *kind = trace_kind_of(TRACE_KIND(r->last));
    uint64_t where =
        renumbered(writer, reader, TRACE_NAME, TRACE_PLACE_OF(r->last));

    if (kind->effect != TRACE_BEGINS) // its entry says so again
        writer_event_at(task, r->time, (uint32_t)where, TRACE_KIND(r->last),
                        renumbered(writer, reader, kind->object, r->object),
                        renumbered(writer, reader, kind->value, r->value));
}

static void repack_task(struct writer *writer, const struct reader *reader,
                        uint32_t number)
{
    const struct trace_entry *e = reader_entry(reader, number);
    struct writer_task *task =
        writer_task_begin_at(writer, e->begin, reader_name(reader, e->name),
                             e->parent, e->pid, e->tid);
    struct trace_entry *entry =
        (void *)((char *)writer->header + writer->layout.tasks +
                 number * sizeof *entry);

    entry->ended = e->ended;
    entry->cpu_ns = e->cpu_ns;
    entry->delay_ns = e->delay_ns;
    for (size_t i = 0; i < reader->count; i++)
        if (reader_task(reader, i) == number)
            repack_event(writer, reader, task, reader_event(reader, i));
    writer_task_end(task);
}

// test_traces RECORDED KEPT: the same events in a file with little room to
// spare. What ./telar run makes has 64 MiB of it.
static int repack(const char *recorded, const char *kept)
{
    const struct writer_options options = {.chunk_bytes = 1024,
                                           .chunk_count = 64,
                                           .task_count = 16,
                                           .name_count = 128,
                                           .text_bytes = 4096};
    struct reader reader;
    struct writer writer;

    if (!reader_open(&reader, recorded) ||
        writer_create(&writer, kept, &options) != 0)
        return 2;
    writer.header->start = reader.header.start;
    writer.header->check = trace_header_check(writer.header);
    for (uint32_t i = 1; i < reader.task_limit; i++)
        if (reader_entry(&reader, i))
            repack_task(&writer, &reader, i);
    writer_close(&writer);
    reader_close(&reader);
    return 0;
}

// ---- Promises ---------------------------------------------------------------

static size_t read_whole(const char *path, char *bytes, size_t room)
{
    FILE *in = fopen(path, "r");
    size_t count;

    ck_assert_msg(in != NULL, "%s is missing (TELAR_TRACES=write)", path);
    count = fread(bytes, 1, room, in);
    fclose(in);
    return count;
}

static void path_of(char path[TEMPORARY_SIZE], const char *where,
                    const struct story *story)
{
    char name[64];

    snprintf(name, sizeof name, "%s.trace", story->name);
    temporary_inside(path, where, name);
}

START_TEST(what_is_kept_is_what_is_told)
{
    static char kept[200000], told[200000];
    const char *golden = getenv("TELAR_TRACES");
    char path[TEMPORARY_SIZE], box[TEMPORARY_SIZE], anew[TEMPORARY_SIZE];
    size_t bytes;

    temporary_folder(box);
    path_of(path, folder, &stories[_i]);
    path_of(anew, box, &stories[_i]);
    tell_story(&stories[_i],
               golden && strcmp(golden, "write") == 0 ? path : anew);
    if (access(anew, F_OK) == 0) {
        bytes = read_whole(path, kept, sizeof kept);
        ck_assert_uint_eq(bytes, read_whole(anew, told, sizeof told));
        ck_assert_msg(memcmp(kept, told, bytes) == 0, "%s has changed", path);
    }
    temporary_remove(box);
}
END_TEST

// Small enough to keep, and whole.
START_TEST(what_is_kept_can_be_read)
{
    char path[TEMPORARY_SIZE];
    struct reader reader;

    path_of(path, folder, &stories[_i]);
    ck_assert_msg(reader_open(&reader, path), "%s", reader.error);
    ck_assert_uint_gt(reader.count, 20);
    ck_assert_uint_eq(reader.unfinished, 0);
    reader_close(&reader);
}
END_TEST

int main(int argc, char **argv)
{
    Suite *suite = suite_create("traces");
    TCase *tcase = tcase_create("traces");
    SRunner *runner = srunner_create(suite);
    int failed;

    if (argc == 3)
        return repack(argv[1], argv[2]);
    tcase_set_timeout(tcase, 60);
    tcase_add_loop_test(tcase, what_is_kept_is_what_is_told, 0, STORIES);
    tcase_add_loop_test(tcase, what_is_kept_can_be_read, 0, STORIES);
    suite_add_tcase(suite, tcase);
    srunner_run_all(runner, CK_NORMAL);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? 1 : 0;
}
