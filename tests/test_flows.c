// test_flows.c - what went through queues and pipes, and in which order
#include <unistd.h>

#include "tests/trace_story.h"
#include "tools/trace/flows.h"

enum { QUEUE = 0x10, PIPE = 77 };

static struct writer writer;
static struct writer_task *a, *b;
static struct reader reader;
static struct model model;
static struct flows flows;

static void begin(void)
{
    story_create(&writer, story_path());
    a = writer_task_begin(&writer, "A", 0, 1, 1);
    b = writer_task_begin(&writer, "B", 0, 2, 2);
}

static void look(void)
{
    writer_close(&writer);
    story_open(&reader, story_name);
    ck_assert(model_open(&model, &reader));
    ck_assert(flows_build(&flows, &model));
}

static void end(void)
{
    flows_free(&flows);
    model_close(&model);
    reader_close(&reader);
}

START_TEST(a_queue_gives_back_what_came_first)
{
    const struct flow *flow;

    begin();
    story_say(a, TRACE_PUT, QUEUE, 7);
    story_say(a, TRACE_PUT, QUEUE, 8);
    story_say(a, TRACE_PUT, QUEUE, 9);
    story_say(a, TRACE_GET, QUEUE, 7);
    look();
    flow = &flows.all[0];
    ck_assert_uint_eq(flow_fill(flow, 3), 3);
    ck_assert_uint_eq(flow_item(flow, 3, 0), 7);
    ck_assert_uint_eq(flow_item(flow, 3, 2), 9);
    ck_assert_uint_eq(flow_fill(flow, 4), 2);
    ck_assert_uint_eq(flow_item(flow, 4, 0), 8);
    end();
}
END_TEST

START_TEST(a_position_says_how_many_moves_there_were)
{
    begin();
    story_say(a, TRACE_PUT, QUEUE, 7);
    story_say(a, TRACE_YIELD, 0, 0);
    story_say(a, TRACE_GET, QUEUE, 7);
    look();
    ck_assert_uint_eq(flow_moves(&flows.all[0], 0), 0);
    ck_assert_uint_eq(flow_moves(&flows.all[0], 3), 1); // behind two begins
    ck_assert_uint_eq(flow_moves(&flows.all[0], reader.count), 2);
    end();
}
END_TEST

START_TEST(a_pipe_of_two_processes_is_one)
{
    begin();
    story_say(a, TRACE_PIPE_WRITE, PIPE, TRACE_FLOW_OF(5, 5));
    story_say(b, TRACE_PIPE_READ, PIPE, TRACE_FLOW_OF(3, 2));
    look();
    ck_assert_uint_eq(flows.count, 1);
    ck_assert_uint_eq(flows.all[0].source_count, 1);
    ck_assert_uint_eq(flows.all[0].sink_count, 1);
    ck_assert_uint_eq(flow_fill(&flows.all[0], 2), 2);
    end();
}
END_TEST

START_TEST(who_waits_to_write_for_ever_stands_at_its_pipe)
{
    uint32_t writes;

    begin();
    writes = a->task;
    story_say(a, TRACE_PIPE_CREATE, PIPE, 65536);
    story_say(a, TRACE_PIPE_WRITE_REQUEST, PIPE, 200000);
    look();
    ck_assert_uint_eq(flows.count, 1);
    ck_assert_uint_eq(flows.all[0].source_count, 1);
    ck_assert_uint_eq(flows.all[0].sources[0], writes);
    ck_assert_uint_eq(flows.all[0].sink_count, 0);
    ck_assert_uint_eq(flow_moves(&flows.all[0], reader.count), 0);
    ck_assert_uint_eq(flow_fill(&flows.all[0], 0), 0);
    end();
}
END_TEST

START_TEST(taking_from_an_empty_queue_breaks_nothing)
{
    begin();
    story_say(a, TRACE_GET, QUEUE, 7);
    story_say(a, TRACE_PUT, QUEUE, 8);
    look();
    ck_assert_uint_eq(flow_fill(&flows.all[0], 1), 0);
    ck_assert_uint_eq(flow_item(&flows.all[0], 1, 0), 0);
    ck_assert_uint_eq(flow_item(&flows.all[0], 2, 0), 8);
    ck_assert_uint_eq(flow_item(&flows.all[0], 2, 5), 0);
    end();
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("flows");
    TCase *tcase = tcase_create("flows");
    SRunner *runner = srunner_create(suite);
    int failed;

    tcase_add_test(tcase, a_queue_gives_back_what_came_first);
    tcase_add_test(tcase, a_position_says_how_many_moves_there_were);
    tcase_add_test(tcase, a_pipe_of_two_processes_is_one);
    tcase_add_test(tcase, who_waits_to_write_for_ever_stands_at_its_pipe);
    tcase_add_test(tcase, taking_from_an_empty_queue_breaks_nothing);
    suite_add_tcase(suite, tcase);
    srunner_run_all(runner, CK_NORMAL);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? 1 : 0;
}
