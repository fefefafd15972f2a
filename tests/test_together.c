// test_together.c - who had a CPU while somebody else had one
#include "tests/trace_story.h"
#include "tools/trace/together.h"

static struct writer writer;
static struct writer_task *a, *b;
static struct together together;

static void begin(uint64_t source)
{
    story_create(&writer, story_path());
    a = writer_task_begin(&writer, "a", 0, 1, 1);
    b = writer_task_begin(&writer, "b", 0, 1, 2);
    if (source)
        story_say(a, TRACE_SCHEDULING, source, 0);
}

// That many steps pass.
static void pass(int steps)
{
    writer.step += (uint64_t)steps - 1;
    story_say(a, TRACE_MARK, 0, 0);
}

static void on(struct writer_task *task, uint64_t cpu)
{
    writer_event(task, TRACE_CPU_RUN, cpu, 0);
}

static void off(struct writer_task *task, uint64_t cpu)
{
    writer_event(task, TRACE_CPU_PREEMPT, cpu, 0);
}

static bool look(void)
{
    writer_close(&writer);
    return together_read(story_name, &together);
}

START_TEST(what_two_run_at_once_is_counted)
{
    begin(TRACE_SOURCE_PERF);
    on(a, 0);
    pass(10);
    on(b, 1);
    pass(5);
    off(a, 0);
    pass(7);
    off(b, 1);
    pass(3);
    ck_assert(look());
    ck_assert_uint_eq(together.one, 22);
    ck_assert_uint_eq(together.two, 5);
}
END_TEST

START_TEST(who_takes_turns_is_never_together)
{
    begin(TRACE_SOURCE_PERF);
    for (int i = 0; i < 4; i++) {
        struct writer_task *task = i % 2 ? b : a;

        on(task, 0);
        pass(3);
        off(task, 0);
    }
    ck_assert(look());
    ck_assert_uint_eq(together.one, 12);
    ck_assert_uint_eq(together.two, 0);
}
END_TEST

START_TEST(where_no_cpu_was_recorded_nothing_is_said)
{
    begin(0);
    pass(4);
    ck_assert(!look());
    ck_assert(!together_read("/not/there", &together));
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("together");
    TCase *tests = tcase_create("together");

    tcase_add_test(tests, what_two_run_at_once_is_counted);
    tcase_add_test(tests, who_takes_turns_is_never_together);
    tcase_add_test(tests, where_no_cpu_was_recorded_nothing_is_said);
    return story_run(suite, tests);
}
