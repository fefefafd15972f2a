// test_model.c - who does what, who owns what, who waits for whom
#include "runtime/message.h"
#include "tests/trace_story.h"

enum { M1 = 0x1000, M2 = 0x2000, CV = 0x3000, SEM = 0x4000, QUEUE = 0x5000 };

static struct writer writer;
static struct reader reader;
static struct model model;
static struct writer_task *a, *b, *c;

static void begin(void)
{
    story_create(&writer, story_path());
    a = writer_task_begin(&writer, "A", 0, 1, 1);
    b = writer_task_begin(&writer, "B", 1, 1, 2);
    c = writer_task_begin(&writer, "C", 1, 1, 3);
}

static void look(void)
{
    story_open(&reader, story_name);
    ck_assert(model_open(&model, &reader));
}

static void end(void)
{
    model_close(&model);
    reader_close(&reader);
    writer_close(&writer);
}

static const struct model_object *thing(enum trace_meaning meaning, uint64_t id)
{
    const struct model_object *o = model_object(&model, 1, meaning, id);

    ck_assert_ptr_nonnull(o);
    return o;
}

static void take(struct writer_task *task, uint64_t lock)
{
    story_say(task, TRACE_LOCK_REQUEST, lock, 0);
    story_say(task, TRACE_LOCK_ACQUIRE, lock, 0);
}

// ---- Tasks ------------------------------------------------------------------

START_TEST(a_task_is_what_its_events_make_of_it)
{
    static const struct {
        uint16_t kind;
        uint64_t object;
        enum model_doing doing;
    } rows[] = {
        {TRACE_LOCK_REQUEST, M1, MODEL_BLOCKED},
        {TRACE_LOCK_ACQUIRE, M1, MODEL_RUNNING},
        {TRACE_SLEEP_BEGIN, 0, MODEL_SLEEPING},
        {TRACE_SLEEP_END, 0, MODEL_RUNNING},
        {TRACE_CPU_PREEMPT, 0, MODEL_READY},
        {TRACE_CPU_RUN, 1, MODEL_RUNNING},
        {TRACE_CPU_BLOCK, 0, MODEL_BLOCKED},
        {TRACE_CPU_WAKE, 0, MODEL_READY},
        {TRACE_CPU_RUN, 1, MODEL_RUNNING},
        {TRACE_PIPE_READ_REQUEST, 9, MODEL_BLOCKED},
        {TRACE_CPU_BLOCK, 0, MODEL_BLOCKED},
        {TRACE_CPU_RUN, 1, MODEL_BLOCKED}, // on a CPU, still in read()
        {TRACE_PIPE_READ, 9, MODEL_RUNNING},
        {TRACE_BLOCK_BEGIN, 0, MODEL_BLOCKED},
        {TRACE_BLOCK_END, 0, MODEL_RUNNING},
        {TRACE_TASK_EXIT, 0, MODEL_EXITED},
        {TRACE_CLEAN_UP, 1, MODEL_RUNNING}, // by the kernel
        {TRACE_CLEAN_UP_END, 1, MODEL_EXITED},
    };
    enum { ROWS = sizeof rows / sizeof *rows };

    begin();
    for (int i = 0; i < ROWS; i++)
        story_say(a, rows[i].kind, rows[i].object, 0);
    look();
    for (size_t i = 0; i < ROWS; i++) {
        model_seek(&model, reader_at(&reader, i + 1));
        ck_assert_msg(model_doing(&model, 1) == rows[i].doing, "row %zu", i);
    }
    model_seek(&model, 0);
    ck_assert_int_eq(model_doing(&model, 1), MODEL_NOT_BORN);
    ck_assert_uint_eq(model.anomalies, 0);
    end();
}
END_TEST

START_TEST(it_says_since_when_and_for_what_a_task_waits)
{
    begin();
    take(a, M1);
    story_say(b, TRACE_LOCK_REQUEST, M1, 0); // step 3
    story_say(a, TRACE_COUNTER, 0, 0);
    look();
    ck_assert_int_eq(model_doing(&model, 2), MODEL_BLOCKED);
    ck_assert_uint_eq(model_since(&model, 2), 3);
    ck_assert_int_eq(model_awaited(&model, 2), TRACE_LOCK);
    ck_assert_uint_eq(model.tasks[2].object, M1);
    ck_assert_uint_eq(model_blocker(&model, 2), 1);
    end();
}
END_TEST

START_TEST(scheduling_seen_from_outside_belongs_to_the_same_task)
{
    struct writer_task *outside;

    begin();
    outside = writer_task_join(&writer, a->task);
    story_say(a, TRACE_LOCK_REQUEST, M1, 0);
    story_say(outside, TRACE_CPU_BLOCK, 2, 0);
    story_say(outside, TRACE_CPU_RUN, 2, 0);
    story_say(a, TRACE_LOCK_ACQUIRE, M1, 0);
    story_say(outside, TRACE_CPU_PREEMPT, 2, 0);
    look();
    ck_assert_int_eq(model_doing(&model, 1), MODEL_READY);
    model_step(&model, -2);
    ck_assert_int_eq(model_doing(&model, 1), MODEL_BLOCKED);
    ck_assert_uint_eq(model_awaited(&model, 1), TRACE_LOCK);
    end();
}
END_TEST

START_TEST(who_executes_a_program_is_called_by_it)
{
    begin();
    story_say(a, TRACE_EXEC, writer_name(&writer, "/opt/bin/still"), 0);
    story_say(b, TRACE_EXEC, writer_name(&writer, "/opt/bin/speaks"), 0);
    story_say(b, TRACE_TASK_NAME, writer_name(&writer, "the/speaker"), 0);
    story_say(c, TRACE_EXEC, writer_name(&writer, "(descriptor)"), 0);
    look();
    ck_assert_str_eq(model_task_name(&model, 1), "still");
    ck_assert_str_eq(model_task_name(&model, 2), "the/speaker");
    ck_assert_str_eq(model_task_name(&model, 3), "C");
    model_seek(&model, 0);
    ck_assert_str_eq(model_task_name(&model, 1), "A");
    end();
}
END_TEST

START_TEST(what_is_cut_of_a_name_is_never_its_number)
{
    static const struct {
        const char *name, *brief;
    } rows[] = {
        {"python_wrapper", "python_…#1"},     {"python_wrapper", "python_…#2"},
        {"python_wrangler", "python_…#3"},    // begins alike
        {"somebody_else", "somebody_…"},      // alone
        {"muñequería_de_dos", "muñeque…#5"},  // columns, not bytes
        {"muñequería_de_tres", "muñeque…#6"}, //
        {"ten_column", "ten_column"},
    };
    char text[40];

    story_create(&writer, story_path());
    for (uint32_t i = 0; i < sizeof rows / sizeof *rows; i++)
        writer_task_begin(&writer, rows[i].name, 0, 1, i + 1);
    look();
    for (uint32_t i = 0; i < sizeof rows / sizeof *rows; i++)
        ck_assert_str_eq(model_task_brief(&model, i + 1, 10, text, sizeof text),
                         rows[i].brief);
    end();
}
END_TEST

// ---- Objects ----------------------------------------------------------------

START_TEST(a_lock_has_an_owner_until_the_last_release)
{
    begin();
    take(a, M1);
    take(a, M1);
    story_say(a, TRACE_LOCK_RELEASE, M1, 0);
    look();
    ck_assert_uint_eq(thing(TRACE_LOCK, M1)->owner, 1);
    ck_assert_uint_eq(thing(TRACE_LOCK, M1)->depth, 1);
    end();
    begin();
    take(a, M1);
    story_say(a, TRACE_LOCK_RELEASE, M1, 0);
    look();
    ck_assert_uint_eq(thing(TRACE_LOCK, M1)->owner, 0);
    end();
}
END_TEST

START_TEST(the_same_address_in_two_processes_is_two_locks)
{
    struct writer_task *other;

    begin();
    other = writer_task_begin(&writer, "other", 0, 9, 9);
    take(a, M1);
    take(other, M1);
    take(a, TRACE_SHARED | 5);
    story_say(other, TRACE_LOCK_REQUEST, TRACE_SHARED | 5, 0);
    look();
    ck_assert_uint_eq(thing(TRACE_LOCK, M1)->owner, 1);
    ck_assert_uint_eq(model_object(&model, 4, TRACE_LOCK, M1)->owner, 4);
    ck_assert_uint_eq(model_blocker(&model, 4), 1);
    ck_assert_uint_eq(model.anomalies, 0);
    end();
}
END_TEST

START_TEST(waiting_on_a_condition_gives_the_lock_away)
{
    begin();
    take(a, M1);
    story_say(a, TRACE_COND_WAIT, CV, M1);
    take(b, M1);
    story_say(b, TRACE_COND_SIGNAL, CV, 0);
    story_say(b, TRACE_LOCK_RELEASE, M1, 0);
    story_say(a, TRACE_COND_WAKE, CV, M1);
    look();
    ck_assert_uint_eq(thing(TRACE_LOCK, M1)->owner, 1);
    ck_assert_int_eq(model_doing(&model, 1), MODEL_RUNNING);
    model_step(&model, -2);
    ck_assert_uint_eq(thing(TRACE_LOCK, M1)->owner, 2);
    ck_assert_int_eq(model_awaited(&model, 1), TRACE_CONDITION);
    ck_assert_uint_eq(model.anomalies, 0);
    end();
}
END_TEST

START_TEST(readers_share_a_lock_and_a_writer_waits_for_one_of_them)
{
    begin();
    story_say(a, TRACE_SHARE_ACQUIRE, M1, 0);
    story_say(b, TRACE_SHARE_ACQUIRE, M1, 0);
    story_say(c, TRACE_LOCK_REQUEST, M1, 0);
    story_say(a, TRACE_LOCK_RELEASE, M1, 0); // one call unlocks both sorts
    look();
    ck_assert_uint_eq(thing(TRACE_LOCK, M1)->sharers, 1);
    ck_assert_uint_eq(model_blocker(&model, 3), 2);
    ck_assert_uint_eq(model.anomalies, 0);
    end();
}
END_TEST

START_TEST(pipes_queues_semaphores_and_counters_are_counted)
{
    begin();
    story_say(a, TRACE_PIPE_CREATE, 77, 65536);
    story_say(a, TRACE_PIPE_WRITE, 77, TRACE_FLOW_OF(500, 500));
    story_say(b, TRACE_PIPE_READ, 77, TRACE_FLOW_OF(200, 300));
    story_say(a, TRACE_QUEUE_CREATE, QUEUE, 8);
    story_say(a, TRACE_PUT, QUEUE, 1);
    story_say(a, TRACE_PUT, QUEUE, 2);
    story_say(b, TRACE_GET, QUEUE, 1);
    story_say(a, TRACE_SEM_INIT, SEM, 3);
    story_say(a, TRACE_SEM_ACQUIRE, SEM, 0);
    story_say(a, TRACE_COUNTER, writer_name(&writer, "load"), (uint64_t)-7);
    story_say(a, TRACE_ALLOC, 0x100, 64);
    story_say(b, TRACE_ALLOC, 0x200, 36);
    story_say(a, TRACE_FREE, 0x100, 64);
    story_say(a, TRACE_OUTPUT, 1, 12);
    look();
    ck_assert_int_eq(thing(TRACE_PIPE, 77)->value, 300);
    ck_assert_uint_eq(thing(TRACE_PIPE, 77)->in, 500);
    ck_assert_uint_eq(thing(TRACE_PIPE, 77)->capacity, 65536);
    ck_assert_int_eq(thing(TRACE_QUEUE, QUEUE)->value, 1);
    ck_assert_int_eq(thing(TRACE_SEMAPHORE, SEM)->value, 2);
    ck_assert_int_eq(thing(TRACE_NAME, writer_name(&writer, "load"))->value,
                     -7);
    ck_assert_int_eq(thing(TRACE_MEMORY, 0)->value, 36);
    ck_assert_uint_eq(thing(TRACE_STREAM, 1)->in, 12);
    end();
}
END_TEST

START_TEST(an_object_is_called_by_its_name_from_the_beginning)
{
    char text[64];

    lang_set("en");
    begin();
    take(a, M1);
    take(a, M2);
    story_say(a, TRACE_OBJECT_NAME, M2, writer_name(&writer, "till\n\033[31m"));
    look();
    model_label(&model, thing(TRACE_LOCK, M1), text, sizeof text);
    ck_assert_str_eq(text, "lock 1");
    model_label(&model, thing(TRACE_LOCK, M2), text, sizeof text);
    ck_assert_str_eq(text, "till??[31m");
    model_seek(&model, 0);
    model_label(&model, thing(TRACE_LOCK, M2), text, sizeof text);
    ck_assert_str_eq(text, "till??[31m");
    end();
}
END_TEST

// ---- Blame ------------------------------------------------------------------

START_TEST(blame_goes_to_the_root)
{
    struct model_blame blame;

    begin();
    take(a, M1);
    take(b, M2);
    story_say(b, TRACE_LOCK_REQUEST, M1, 0);
    story_say(c, TRACE_LOCK_REQUEST, M2, 0);
    look();
    model_blame(&model, 3, &blame);
    ck_assert_int_eq(blame.count, 3);
    ck_assert_uint_eq(blame.tasks[1], 2);
    ck_assert_uint_eq(blame.tasks[2], 1);
    ck_assert(!blame.is_deadlock);
    end();
}
END_TEST

START_TEST(a_cycle_of_owners_is_a_deadlock)
{
    struct model_blame blame;

    begin();
    take(a, M1);
    take(b, M2);
    story_say(a, TRACE_LOCK_REQUEST, M2, 0);
    story_say(b, TRACE_LOCK_REQUEST, M1, 0);
    story_say(c, TRACE_JOIN_REQUEST, 2, 0);
    look();
    model_blame(&model, 1, &blame);
    ck_assert(blame.is_deadlock);
    ck_assert_int_eq(blame.count, 2);
    model_blame(&model, 3, &blame); // waits for the cycle, is not in it
    ck_assert(blame.is_deadlock);
    ck_assert_int_eq(blame.cycle, 1);
    model_step(&model, -2);
    model_blame(&model, 1, &blame);
    ck_assert(!blame.is_deadlock);
    end();
}
END_TEST

START_TEST(who_waits_for_a_lock_of_his_own_is_deadlocked)
{
    struct model_blame blame;

    begin();
    take(a, M1);
    story_say(a, TRACE_LOCK_REQUEST, M1, 0);
    look();
    model_blame(&model, 1, &blame);
    ck_assert(blame.is_deadlock);
    ck_assert_int_eq(blame.count, 1);
    end();
}
END_TEST

START_TEST(joining_each_other_is_a_deadlock)
{
    struct model_blame blame;

    begin();
    story_say(a, TRACE_JOIN_REQUEST, 2, 0);
    story_say(b, TRACE_JOIN_REQUEST, 1, 0);
    look();
    model_blame(&model, 2, &blame);
    ck_assert(blame.is_deadlock);
    end();
}
END_TEST

// ---- What cannot be ---------------------------------------------------------

START_TEST(impossible_events_are_counted_and_do_no_harm)
{
    static const struct {
        uint16_t kind;
        uint64_t object, value;
    } rows[] = {
        {TRACE_LOCK_RELEASE, M1, 0}, {TRACE_SHARE_RELEASE, M1, 0},
        {TRACE_COND_WAIT, CV, M1},   {TRACE_SEM_ACQUIRE, SEM, 0},
        {TRACE_GET, QUEUE, 1},       {TRACE_TASK_BEGIN, 0, 0},
        {TRACE_CLEAN_UP, 0, 1},      {TRACE_CLEAN_UP_END, 0, 0},
    };

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        begin();
        story_say(a, rows[i].kind, rows[i].object, rows[i].value);
        look();
        ck_assert_msg(model.anomalies == 1, "row %zu", i);
        end();
    }
}
END_TEST

START_TEST(what_follows_an_exit_is_an_anomaly)
{
    begin();
    story_say(a, TRACE_TASK_EXIT, 0, 0);
    take(a, M1);
    look();
    ck_assert_uint_eq(model.anomalies, 2);
    end();
}
END_TEST

START_TEST(more_locks_than_a_checkpoint_lists_are_still_counted)
{
    begin();
    for (uint64_t i = 0; i < 40; i++)
        take(a, 0x100 + i);
    for (uint64_t i = 0; i < 40; i++)
        story_say(a, TRACE_LOCK_RELEASE, 0x100 + i, 0);
    look();
    ck_assert_uint_eq(model.tasks[1].held_count, 0);
    ck_assert_uint_eq(model.anomalies, 0);
    end();
}
END_TEST

// ---- Any sequence at all ----------------------------------------------------

static uint64_t seed;

static uint64_t dice(uint64_t sides)
{
    seed ^= seed << 13;
    seed ^= seed >> 7;
    seed ^= seed << 17;
    return seed % sides;
}

static void random_trace(uint64_t from, enum trace_policy policy, int events)
{
    const struct writer_options options = {.policy = policy,
                                           .clock = TRACE_STEPS,
                                           .chunk_bytes = 1024,
                                           .chunk_count = 2048};
    struct writer_task *tasks[6];
    uint32_t name;

    seed = from;
    ck_assert_int_eq(writer_create(&writer, story_path(), &options), 0);
    name = writer_name(&writer, "n");
    for (uint32_t i = 0; i < 6; i++)
        tasks[i] = writer_task_begin(&writer, "t", 0, 1 + i % 2, i + 1);
    for (int i = 0; i < events; i++) {
        uint16_t kind = (uint16_t)dice(TRACE_KIND_LIMIT + 4);
        const struct trace_kind *row = trace_kind_of(kind);
        uint64_t object = row->object == TRACE_NAME ? name : dice(8);
        uint64_t value = row->value == TRACE_NAME ? name : dice(8);

        // An exit is the end of most stories; keep it rare.
        if (kind == TRACE_TASK_EXIT && dice(50))
            continue;
        writer.step += dice(3);
        writer_event(tasks[dice(6)], kind, object, value);
    }
    look();
}

static void check_same(const struct model *x, const struct model *y)
{
    ck_assert_uint_eq(x->position, y->position);
    ck_assert_uint_eq(x->time, y->time);
    ck_assert_uint_eq(x->anomalies, y->anomalies);
    ck_assert_uint_eq(x->source, y->source);
    ck_assert_mem_eq(x->tasks, y->tasks, x->task_count * sizeof *x->tasks);
    ck_assert_uint_eq(x->object_count, y->object_count);
    if (x->object_count)
        ck_assert_mem_eq(x->objects, y->objects,
                         x->object_count * sizeof *x->objects);
}

// One model seeks here and there, another one goes from 0 event by event.
static void check_seeks(int seeks)
{
    struct model slow;

    ck_assert(model_open(&slow, &reader));
    for (int i = 0; i < seeks; i++) {
        size_t position = dice(reader.count + 1);

        model_seek(&model, position);
        model_seek(&slow, 0);
        while (slow.snapshot_count > 0) // no way back but the whole way
            free(slow.snapshots[--slow.snapshot_count]);
        while (slow.position < position)
            model_step(&slow, 1);
        check_same(&model, &slow);
        model_step(&model, 1);
        model_step(&model, -1);
        if (position < reader.count)
            check_same(&model, &slow);
    }
    model_close(&slow);
}

START_TEST(a_seek_equals_the_replay_from_the_beginning)
{
    for (uint64_t round = 1; round <= 12; round++) {
        enum trace_policy policy = round % 3 ? TRACE_STOP : TRACE_OVERWRITE;

        random_trace(round, policy, round % 2 ? 3000 : 30000);
        check_seeks(30);
        end();
    }
}
END_TEST

START_TEST(a_followed_model_equals_one_that_opens_at_the_end)
{
    struct model fresh;
    size_t changed;

    begin();
    look();
    for (int round = 0; round < 50; round++) {
        for (int i = 0; i < 20; i++) {
            take(a, M1);
            story_say(b, TRACE_LOCK_REQUEST, M1, 0);
            story_say(a, TRACE_LOCK_RELEASE, M1, 0);
            story_say(b, TRACE_LOCK_ACQUIRE, M1, 0);
            story_say(b, TRACE_LOCK_RELEASE, M1, 0);
        }
        ck_assert(reader_refresh(&reader, &changed));
        ck_assert(model_refresh(&model, changed));
        ck_assert(model_open(&fresh, &reader));
        check_same(&model, &fresh);
        model_close(&fresh);
    }
    end();
}
END_TEST

int main(void)
{
    TCase *all = tcase_create("all");

    tcase_set_timeout(all, 240);
    tcase_add_test(all, a_task_is_what_its_events_make_of_it);
    tcase_add_test(all, it_says_since_when_and_for_what_a_task_waits);
    tcase_add_test(all, scheduling_seen_from_outside_belongs_to_the_same_task);
    tcase_add_test(all, who_executes_a_program_is_called_by_it);
    tcase_add_test(all, what_is_cut_of_a_name_is_never_its_number);
    tcase_add_test(all, a_lock_has_an_owner_until_the_last_release);
    tcase_add_test(all, the_same_address_in_two_processes_is_two_locks);
    tcase_add_test(all, waiting_on_a_condition_gives_the_lock_away);
    tcase_add_test(all,
                   readers_share_a_lock_and_a_writer_waits_for_one_of_them);
    tcase_add_test(all, pipes_queues_semaphores_and_counters_are_counted);
    tcase_add_test(all, an_object_is_called_by_its_name_from_the_beginning);
    tcase_add_test(all, blame_goes_to_the_root);
    tcase_add_test(all, a_cycle_of_owners_is_a_deadlock);
    tcase_add_test(all, who_waits_for_a_lock_of_his_own_is_deadlocked);
    tcase_add_test(all, joining_each_other_is_a_deadlock);
    tcase_add_test(all, impossible_events_are_counted_and_do_no_harm);
    tcase_add_test(all, what_follows_an_exit_is_an_anomaly);
    tcase_add_test(all, more_locks_than_a_checkpoint_lists_are_still_counted);
    tcase_add_test(all, a_seek_equals_the_replay_from_the_beginning);
    tcase_add_test(all, a_followed_model_equals_one_that_opens_at_the_end);
    return story_run(suite_create("model"), all);
}
