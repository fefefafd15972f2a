// test_trace.c - many write one trace at once, and some of them die
#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>

#include "tests/trace_story.h"
#include "tools/trace/state.h"

enum { THREADS = 4, PROCESSES = 3, EACH = 20000 };

// ---- Many at once -----------------------------------------------------------

static struct writer shared;

// Each event carries its number, so that a lost or torn one is seen.
static void *write_numbers(void *name)
{
    struct writer_task *task = writer_task_begin(&shared, name, 0, 0, 0);

    for (uint64_t i = 0; i < EACH; i++)
        writer_event(task, TRACE_COUNTER, 0, i);
    writer_task_end(task);
    return NULL;
}

static void write_from_threads(void)
{
    pthread_t threads[THREADS];

    for (int i = 0; i < THREADS; i++)
        ck_assert_int_eq(
            pthread_create(&threads[i], NULL, write_numbers, "worker"), 0);
    for (int i = 0; i < THREADS; i++)
        pthread_join(threads[i], NULL);
}

// The events of each task are 0, 1, 2... from first on; returns how many tasks
// wrote any, and fails where a number is missing.
static int tasks_in_sequence(const struct reader *reader, uint64_t each)
{
    uint64_t next[256] = {0};
    int complete = 0;

    for (size_t i = 0; i < reader->count; i++) {
        const struct trace_record *r = reader_event(reader, i);
        uint32_t task = reader_task(reader, i);

        if (TRACE_KIND(r->last) != TRACE_COUNTER)
            continue;
        ck_assert_uint_eq(r->value, next[task]);
        next[task]++;
    }
    for (int i = 0; i < 256; i++)
        complete += next[i] == each;
    return complete;
}

START_TEST(threads_writing_at_once_lose_and_tear_nothing)
{
    const char *path = story_path();
    struct reader reader;

    ck_assert_int_eq(writer_create(&shared, path, NULL), 0);
    write_from_threads();
    story_open(&reader, path);
    ck_assert_uint_eq(reader.count, THREADS * (EACH + 1));
    ck_assert_int_eq(tasks_in_sequence(&reader, EACH), THREADS);
    ck_assert_uint_eq(reader_lost(&reader), 0);
    reader_close(&reader);
    writer_close(&shared);
}
END_TEST

static void open_anew_and_write(const char *path)
{
    if (writer_open(&shared, path) != 0)
        _exit(1);
    write_from_threads();
    _exit(0);
}

START_TEST(processes_that_open_it_anew_lose_and_tear_nothing)
{
    const char *path = story_path();
    struct writer writer;
    struct reader reader;
    int status;

    ck_assert_int_eq(writer_create(&writer, path, NULL), 0);
    for (int i = 0; i < PROCESSES; i++)
        if (fork() == 0)
            open_anew_and_write(path);
    for (int i = 0; i < PROCESSES; i++) {
        wait(&status);
        ck_assert_int_eq(status, 0);
    }
    story_open(&reader, path);
    ck_assert_uint_eq(reader.count, PROCESSES * THREADS * (EACH + 1));
    ck_assert_int_eq(tasks_in_sequence(&reader, EACH), PROCESSES * THREADS);
    reader_close(&reader);
    writer_close(&writer);
}
END_TEST

START_TEST(a_forked_child_goes_on_as_a_task_of_its_own)
{
    const char *path = story_path();
    struct writer_task *task;
    struct reader reader;
    pid_t child;

    ck_assert_int_eq(writer_create(&shared, path, NULL), 0);
    task = writer_task_begin(&shared, "shell", 0, 0, 0);
    writer_event(task, TRACE_COUNTER, 0, 0);
    child = fork();
    if (child == 0) {
        for (uint64_t i = 0; i < 500; i++)
            writer_event(task, TRACE_COUNTER, 0, i);
        _exit(0);
    }
    for (uint64_t i = 1; i < 500; i++)
        writer_event(task, TRACE_COUNTER, 0, i);
    waitpid(child, NULL, 0);
    story_open(&reader, path);
    ck_assert_int_eq(tasks_in_sequence(&reader, 500), 2);
    ck_assert_uint_eq(reader_entry(&reader, 2)->pid, (unsigned)child);
    ck_assert_uint_eq(reader_entry(&reader, 2)->parent, 1);
    ck_assert_str_eq(reader_name(&reader, reader_entry(&reader, 2)->name),
                     "shell");
    reader_close(&reader);
    writer_close(&shared);
}
END_TEST

START_TEST(a_forked_child_may_have_begun_before_its_first_word)
{
    struct writer_task *task;
    struct reader reader;
    uint64_t begin;

    ck_assert_int_eq(writer_create(&shared, story_path(), NULL), 0);
    task = writer_task_begin(&shared, "shell", 0, 0, 0);
    begin = shared.header->start + 1;
    if (fork() == 0) {
        writer_become_child(task, begin);
        writer_become_child(task, begin + 1);
        writer_event(task, TRACE_COUNTER, 0, 0);
        _exit(0);
    }
    wait(NULL);
    writer_become_child(task, begin);
    story_open(&reader, story_name);
    ck_assert_uint_eq(reader.task_limit, 3);
    ck_assert_uint_eq(reader_entry(&reader, 2)->begin, begin);
    ck_assert_uint_eq(reader_entry(&reader, 2)->parent, 1);
    reader_close(&reader);
    writer_close(&shared);
}
END_TEST

START_TEST(a_forked_child_that_was_seen_before_it_spoke_is_one_task)
{
    struct writer_task *task;
    struct reader reader;
    int go[2];
    char byte;
    pid_t child;

    ck_assert_int_eq(writer_create(&shared, story_path(), NULL), 0);
    ck_assert_int_eq(pipe(go), 0);
    task = writer_task_begin(&shared, "shell", 0, 0, 0);
    child = fork();
    if (child == 0) {
        if (read(go[0], &byte, 1) == 1)
            writer_event(task, TRACE_COUNTER, 0, 7);
        _exit(0);
    }
    writer_task_begin(&shared, "seen", 1, (uint32_t)child, (uint32_t)child);
    ck_assert_int_eq(write(go[1], "g", 1), 1);
    wait(NULL);
    story_open(&reader, story_name);
    ck_assert_uint_eq(reader.task_limit, 3);
    ck_assert_uint_eq(reader.count, 3);
    ck_assert_uint_eq(reader_task(&reader, 2), 2);
    ck_assert_uint_eq(reader_event(&reader, 2)->value, 7);
    close(go[0]);
    close(go[1]);
    reader_close(&reader);
    writer_close(&shared);
}
END_TEST

// Each thread names the same things in another order.
static void *write_names(void *seed)
{
    char name[16];

    for (int i = 0; i < 100; i++) {
        snprintf(name, sizeof name, "name %d", (i * 7 + *(int *)seed) % 100);
        if (writer_name(&shared, name) == 0)
            return "no room";
    }
    return NULL;
}

START_TEST(a_name_has_one_number_whoever_gives_it)
{
    const char *path = story_path();
    int seeds[THREADS] = {0, 31, 62, 93};
    pthread_t threads[THREADS];
    struct reader reader;
    uint32_t used = 0;
    void *problem;

    ck_assert_int_eq(writer_create(&shared, path, NULL), 0);
    for (int i = 0; i < THREADS; i++)
        pthread_create(&threads[i], NULL, write_names, &seeds[i]);
    for (int i = 0; i < THREADS; i++) {
        pthread_join(threads[i], &problem);
        ck_assert_ptr_null(problem);
    }
    story_open(&reader, path);
    for (uint32_t i = 0; i < reader.header.name_count; i++)
        used += reader.slots[i] != 0;
    ck_assert_uint_eq(used, 100);
    ck_assert_str_eq(reader_name(&reader, writer_name(&shared, "name 42")),
                     "name 42");
    reader_close(&reader);
    writer_close(&shared);
}
END_TEST

START_TEST(a_name_without_room_is_number_0_and_counted)
{
    const char *path = story_path();
    char name[300];
    uint32_t first;

    story_create(&shared, path);
    first = writer_name(&shared, "the first");
    memset(name, 'x', sizeof name - 1);
    name[sizeof name - 1] = '\0';
    ck_assert_uint_eq(writer_name(&shared, name), 0);
    ck_assert_uint_eq(shared.header->names_lost, 1);
    ck_assert_uint_ne(first, 0);
    ck_assert_uint_eq(writer_name(&shared, "the first"), first);
    writer_close(&shared);
}
END_TEST

// ---- Bounds -----------------------------------------------------------------

START_TEST(a_full_trace_counts_exactly_what_it_loses)
{
    const char *path = story_path();
    struct writer_task *a, *b;
    struct reader reader;
    uint32_t room = 64 * 24; // records of 64 chunks

    story_create(&shared, path);
    a = writer_task_begin(&shared, "a", 0, 1, 1);
    b = writer_task_begin(&shared, "b", 0, 2, 2);
    for (uint32_t i = 0; i < 2000; i++)
        story_say(a, TRACE_COUNTER, 0, i);
    for (uint32_t i = 0; i < 500; i++)
        story_say(b, TRACE_COUNTER, 0, i);
    story_open(&reader, path);
    // b wrote its beginning and 23 events into its one chunk.
    ck_assert_uint_eq(reader.count, room);
    ck_assert_uint_eq(reader_entry(&reader, 1)->lost, 2001 - (room - 24));
    ck_assert_uint_eq(reader_entry(&reader, 2)->lost, 501 - 24);
    ck_assert_uint_eq(reader_lost(&reader) + reader.count, 2502);
    reader_close(&reader);
    writer_close(&shared);
}
END_TEST

START_TEST(overwriting_keeps_the_newest_and_counts_the_rest)
{
    const char *path = story_path();
    const struct writer_options options = {.policy = TRACE_OVERWRITE,
                                           .clock = TRACE_STEPS,
                                           .chunk_bytes = 1024,
                                           .chunk_count = 8};
    struct writer_task *idle, *busy;
    const struct trace_record *last;
    struct reader reader;

    ck_assert_int_eq(writer_create(&shared, path, &options), 0);
    idle = writer_task_begin(&shared, "idle", 0, 1, 1);
    busy = writer_task_begin(&shared, "busy", 0, 2, 2);
    story_say(idle, TRACE_LOCK_REQUEST, 0x10, 0);
    for (uint32_t i = 0; i < 100000; i++)
        story_say(busy, TRACE_COUNTER, 0, i);
    story_open(&reader, path);
    ck_assert_uint_eq(reader.count + reader.header.overwritten, 100003);
    ck_assert_uint_eq(reader_lost(&reader), 0);
    ck_assert_uint_gt(reader.count, 6 * 24);
    last = reader_event(&reader, reader.count - 1);
    ck_assert_uint_eq(last->value, 99999);
    // Whoever still writes to a chunk keeps it, however old it is.
    ck_assert_uint_eq(reader_task(&reader, 0), 1);
    reader_close(&reader);
    writer_close(&shared);
}
END_TEST

START_TEST(overwriting_while_many_write_tears_nothing)
{
    const char *path = story_path();
    const struct writer_options options = {.policy = TRACE_OVERWRITE,
                                           .chunk_count = 24};
    struct reader reader;

    ck_assert_int_eq(writer_create(&shared, path, &options), 0);
    write_from_threads();
    story_open(&reader, path);
    ck_assert_uint_eq(reader.count + reader.header.overwritten +
                          reader_lost(&reader),
                      THREADS * (EACH + 1));
    ck_assert_uint_eq(reader_lost(&reader), 0);
    reader_close(&reader);
    writer_close(&shared);
}
END_TEST

START_TEST(after_overwriting_the_checkpoint_says_what_came_before)
{
    const char *path = story_path();
    const struct writer_options options = {.policy = TRACE_OVERWRITE,
                                           .clock = TRACE_STEPS,
                                           .chunk_bytes = 1024,
                                           .chunk_count = 4};
    struct writer_task *task;
    struct reader reader;
    struct model model;

    ck_assert_int_eq(writer_create(&shared, path, &options), 0);
    task = writer_task_begin(&shared, "keeper", 0, 7, 7);
    story_say(task, TRACE_LOCK_REQUEST, 0x10, 0);
    story_say(task, TRACE_LOCK_ACQUIRE, 0x10, 0);
    for (uint32_t i = 0; i < 5000; i++)
        story_say(task, TRACE_COUNTER, 0, i);
    story_open(&reader, path);
    ck_assert(reader_is_gap(&reader, 0));
    ck_assert(model_open(&model, &reader));
    ck_assert_uint_eq(model_object(&model, 1, TRACE_LOCK, 0x10)->owner, 1);
    ck_assert_uint_eq(model.anomalies, 0);
    model_close(&model);
    reader_close(&reader);
    writer_close(&shared);
}
END_TEST

// Any order of few locks, some of it nonsense: as many states as can be.
static void say_something(struct writer_task *task, uint32_t place)
{
    static const uint16_t kinds[] = {TRACE_LOCK_ACQUIRE, TRACE_LOCK_RELEASE,
                                     TRACE_LOCK_ACQUIRE, TRACE_LOCK_RELEASE,
                                     TRACE_LOCK_REQUEST, TRACE_YIELD};
    static uint32_t random = 1;
    uint16_t kind;

    random = random * 1664525 + 1013904223;
    kind = kinds[random >> 16 & 255 ? (random >> 8) % 4 : (random >> 8) % 6];
    writer_event_at(task, 1, random >> 28 ? 0 : place, kind,
                    16 + (random >> 12) % 3, 0);
}

START_TEST(each_checkpoint_is_what_all_events_before_it_come_to)
{
    const char *path = story_path();
    const struct writer_options options = {.chunk_bytes = 1024};
    struct trace_state state = {0};
    struct writer_task *task;
    struct reader reader;
    uint32_t place;

    ck_assert_int_eq(writer_create(&shared, path, &options), 0);
    place = writer_name(&shared, "a.c:1");
    task = writer_task_begin(&shared, "any", 0, 1, 1);
    for (int i = 0; i < 50000; i++)
        say_something(task, place);
    story_open(&reader, path);
    for (size_t i = 0; i < reader.count; i++) {
        const struct trace_chunk *chunk = reader_chunk_of(&reader, i);

        if (reader_event(&reader, i) == (const void *)(chunk + 1))
            ck_assert_mem_eq(&state, &chunk->checkpoint, sizeof state);
        state_apply(&state, reader_event(&reader, i));
    }
    reader_close(&reader);
    writer_close(&shared);
}
END_TEST

START_TEST(tasks_beyond_the_table_are_counted_together)
{
    const char *path = story_path();
    struct reader reader;

    story_create(&shared, path);
    for (uint32_t i = 1; i <= 20; i++) {
        struct writer_task *task = writer_task_begin(&shared, "many", 0, i, i);

        story_say(task, TRACE_COUNTER, 0, 0);
    }
    story_open(&reader, path);
    ck_assert_uint_eq(reader.count, 15 * 2);
    ck_assert_uint_eq(reader_lost(&reader), 5 * 2);
    reader_close(&reader);
    writer_close(&shared);
}
END_TEST

// ---- Deaths -----------------------------------------------------------------

// Writes for ever; says through ready when it is well under way.
static void write_until_killed(struct writer_task *task, int ready)
{
    for (uint64_t i = 0;; i++) {
        writer_event(task, TRACE_COUNTER, 0, i);
        if (i == 3000 && write(ready, "x", 1) != 1)
            _exit(1);
    }
}

START_TEST(killed_in_the_middle_all_that_was_said_is_there)
{
    const char *path = story_path();

    for (int round = 0; round < 20; round++) {
        const struct writer_options options = {
            .policy = round % 2 ? TRACE_STOP : TRACE_OVERWRITE,
            .chunk_count = 64};
        struct writer_task *task;
        struct reader reader;
        int ends[2];
        char ready;
        pid_t child;

        ck_assert_int_eq(writer_create(&shared, path, &options), 0);
        ck_assert_int_eq(pipe(ends), 0);
        child = fork();
        if (child == 0) {
            task = writer_task_begin(&shared, "victim", 0, 0, 0);
            write_until_killed(task, ends[1]);
        }
        ck_assert_int_eq(read(ends[0], &ready, 1), 1);
        kill(child, SIGKILL);
        waitpid(child, NULL, 0);
        close(ends[0]);
        close(ends[1]);
        story_open(&reader, path);
        ck_assert_uint_ge(reader.count + reader.header.overwritten, 3002);
        reader_close(&reader);
        writer_close(&shared);
    }
}
END_TEST

START_TEST(what_the_dead_wrote_to_may_be_overwritten)
{
    const char *path = story_path();
    const struct writer_options options = {.policy = TRACE_OVERWRITE,
                                           .chunk_count = 4};
    struct reader reader;

    ck_assert_int_eq(writer_create(&shared, path, &options), 0);
    for (int i = 0; i < 12; i++)
        if (fork() == 0) {
            writer_event(writer_task_begin(&shared, "brief", 0, 0, 0),
                         TRACE_COUNTER, 0, 0);
            _exit(0);
        } else {
            wait(NULL);
        }
    story_open(&reader, path);
    ck_assert_uint_eq(reader.count, 4 * 2);
    ck_assert_uint_eq(reader.header.overwritten, 8 * 2);
    ck_assert_uint_eq(reader_lost(&reader), 0);
    reader_close(&reader);
    writer_close(&shared);
}
END_TEST

static struct writer_task *interrupted;
static volatile sig_atomic_t handled;

static void say_in_handler(int number)
{
    handled++;
    writer_event(interrupted, TRACE_COUNTER, 0, (uint64_t)number);
}

START_TEST(an_event_in_a_signal_handler_is_written_or_counted)
{
    const char *path = story_path();
    struct sigaction action = {.sa_handler = say_in_handler};
    struct reader reader;
    size_t said = 0;
    int status;
    pid_t child;

    ck_assert_int_eq(writer_create(&shared, path, NULL), 0);
    interrupted = writer_task_begin(&shared, "busy", 0, 0, 0);
    sigaction(SIGUSR1, &action, NULL);
    child = fork();
    if (child == 0) {
        for (int i = 0; i < 2000; i++)
            kill(getppid(), SIGUSR1);
        _exit(0);
    }
    do
        for (int i = 0; i < 1000; i++, said++)
            writer_event(interrupted, TRACE_NOTE, 0, 0);
    while (waitpid(child, &status, WNOHANG) == 0);
    story_open(&reader, path);
    ck_assert_uint_eq(reader.count + reader_lost(&reader),
                      1 + said + (size_t)handled);
    reader_close(&reader);
    writer_close(&shared);
}
END_TEST

// ---- Following --------------------------------------------------------------

START_TEST(a_reader_follows_what_is_written_meanwhile)
{
    const char *path = story_path();
    struct writer_task *a, *b;
    struct reader reader;
    size_t changed;

    story_create(&shared, path);
    a = writer_task_begin(&shared, "a", 0, 1, 1);
    story_open(&reader, path);
    ck_assert_uint_eq(reader.count, 1);
    b = writer_task_begin(&shared, "b", 0, 2, 2);
    for (uint64_t i = 0; i < 300; i++)
        story_say(i % 3 ? a : b, TRACE_COUNTER, 0, i);
    ck_assert(reader_refresh(&reader, &changed));
    ck_assert_uint_eq(changed, 1);
    ck_assert_uint_eq(reader.count, 302);
    for (uint64_t i = 0; i < 300; i++)
        ck_assert_uint_eq(reader_event(&reader, 2 + i)->value, i);
    ck_assert(reader_refresh(&reader, &changed));
    ck_assert_uint_eq(changed, 302);
    reader_close(&reader);
    writer_close(&shared);
}
END_TEST

START_TEST(an_event_told_late_finds_its_place)
{
    const char *path = story_path();
    struct writer_task *live, *late;
    struct reader reader;
    size_t changed;

    story_create(&shared, path);
    live = writer_task_begin(&shared, "a", 0, 1, 1);
    late = writer_task_join(&shared, live->task);
    for (uint64_t i = 1; i <= 100; i++)
        story_say(live, TRACE_COUNTER, 0, i);
    story_open(&reader, path);
    writer_event_at(late, 50, 0, TRACE_CPU_RUN, 3, 0);
    ck_assert(reader_refresh(&reader, &changed));
    ck_assert_uint_eq(changed, 51);
    ck_assert_uint_eq(reader_event(&reader, 51)->object, 3);
    for (size_t i = 1; i < reader.count; i++)
        ck_assert_uint_le(reader_event(&reader, i - 1)->time,
                          reader_event(&reader, i)->time);
    reader_close(&reader);
    writer_close(&shared);
}
END_TEST

static void follow_until_dead(struct reader *reader, pid_t child)
{
    size_t before = 0, changed;
    bool is_dead;

    do {
        is_dead = waitpid(child, NULL, WNOHANG) == child;
        ck_assert_msg(reader_refresh(reader, &changed), "%s", reader->error);
        ck_assert(reader->header.policy == TRACE_OVERWRITE ||
                  reader->count >= before);
        before = reader->count;
    } while (!is_dead);
}

START_TEST(a_reader_never_sees_damage_while_many_write)
{
    const char *path = story_path();

    for (int round = 0; round < 4; round++) {
        const struct writer_options options = {
            .policy = round % 2 ? TRACE_STOP : TRACE_OVERWRITE,
            .chunk_count = round % 2 ? 4096 : 32};
        struct reader reader;
        pid_t child;

        ck_assert_int_eq(writer_create(&shared, path, &options), 0);
        child = fork();
        if (child == 0) {
            write_from_threads();
            _exit(0);
        }
        story_open(&reader, path);
        follow_until_dead(&reader, child);
        ck_assert_uint_eq(reader.count + reader.header.overwritten +
                              reader_lost(&reader),
                          THREADS * (EACH + 1));
        reader_close(&reader);
        writer_close(&shared);
    }
}
END_TEST

// ---- What cannot be done ----------------------------------------------------

START_TEST(what_is_no_trace_is_not_written_to)
{
    struct writer writer;
    FILE *file = fopen(story_path(), "w");

    fputs("a letter to somebody", file);
    fclose(file);
    ck_assert_int_eq(writer_open(&writer, story_name), EBADMSG);
    ck_assert_int_eq(writer_open(&writer, "/not/there"), ENOENT);
    ck_assert_int_eq(writer_create(&writer, "/not/there/x", NULL), ENOENT);
}
END_TEST

START_TEST(impossible_sizes_are_refused)
{
    const struct writer_options rows[] = {
        {.chunk_bytes = 1000}, {.chunk_bytes = 512}, {.chunk_bytes = 1u << 31},
        {.name_count = 3},     {.task_count = 1},    {.policy = 7},
        {.clock = 7},
    };
    struct writer writer;

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        ck_assert_int_eq(writer_create(&writer, story_path(), &rows[i]),
                         EINVAL);
    ck_assert_int_ne(access(story_name, F_OK), 0);
}
END_TEST

START_TEST(a_new_trace_replaces_the_old_one_whole)
{
    const char *path = story_path();
    struct writer old, new;
    struct reader reader;

    story_create(&old, path);
    story_create(&new, path);
    writer_task_begin(&old, "old", 0, 1, 1);
    story_open(&reader, path);
    ck_assert_uint_eq(reader.count, 0);
    reader_close(&reader);
    writer_close(&old);
    writer_close(&new);
}
END_TEST

int main(void)
{
    TCase *all = tcase_create("all");

    tcase_set_timeout(all, 240);
    tcase_add_test(all, threads_writing_at_once_lose_and_tear_nothing);
    tcase_add_test(all, processes_that_open_it_anew_lose_and_tear_nothing);
    tcase_add_test(all, a_forked_child_goes_on_as_a_task_of_its_own);
    tcase_add_test(all, a_forked_child_may_have_begun_before_its_first_word);
    tcase_add_test(all,
                   a_forked_child_that_was_seen_before_it_spoke_is_one_task);
    tcase_add_test(all, a_name_has_one_number_whoever_gives_it);
    tcase_add_test(all, a_name_without_room_is_number_0_and_counted);
    tcase_add_test(all, a_full_trace_counts_exactly_what_it_loses);
    tcase_add_test(all, overwriting_keeps_the_newest_and_counts_the_rest);
    tcase_add_test(all, overwriting_while_many_write_tears_nothing);
    tcase_add_test(all, after_overwriting_the_checkpoint_says_what_came_before);
    tcase_add_test(all, each_checkpoint_is_what_all_events_before_it_come_to);
    tcase_add_test(all, tasks_beyond_the_table_are_counted_together);
    tcase_add_test(all, killed_in_the_middle_all_that_was_said_is_there);
    tcase_add_test(all, what_the_dead_wrote_to_may_be_overwritten);
    tcase_add_test(all, an_event_in_a_signal_handler_is_written_or_counted);
    tcase_add_test(all, a_reader_follows_what_is_written_meanwhile);
    tcase_add_test(all, an_event_told_late_finds_its_place);
    tcase_add_test(all, a_reader_never_sees_damage_while_many_write);
    tcase_add_test(all, what_is_no_trace_is_not_written_to);
    tcase_add_test(all, impossible_sizes_are_refused);
    tcase_add_test(all, a_new_trace_replaces_the_old_one_whole);
    return story_run(suite_create("trace"), all);
}
