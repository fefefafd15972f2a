// test_survey.c - who looks on together sees what each sees alone
#include <glob.h>

#include "tests/trace_story.h"
#include "tools/trace/survey.h"

static struct reader reader;
static struct model model, other;

static struct seen {
    struct lanes lanes;
    struct findings findings;
    struct batons batons;
    struct flows flows;
    struct blocks blocks;
    struct tracks coroutines;
} together, alone;

static void look_together(struct seen *seen)
{
    const struct survey survey = {&seen->lanes,  &seen->findings,
                                  &seen->batons, &seen->flows,
                                  &seen->blocks, &seen->coroutines};

    ck_assert(model_begin(&model, &reader));
    ck_assert(survey_build(&survey, &model));
    ck_assert_uint_eq(model.position, reader.count);
}

static void look_alone(struct seen *seen)
{
    ck_assert(model_open(&other, &reader));
    ck_assert(lanes_build(&seen->lanes, &other, &seen->findings));
    ck_assert(batons_build(&seen->batons, &reader));
    ck_assert(flows_build(&seen->flows, &other));
    ck_assert(blocks_build(&seen->blocks, &reader));
    ck_assert(tracks_of_coroutines(&seen->coroutines, &other));
}

static void forget(struct seen *seen, struct model *its)
{
    lanes_free(&seen->lanes);
    findings_free(&seen->findings);
    batons_free(&seen->batons);
    flows_free(&seen->flows);
    blocks_free(&seen->blocks);
    tracks_free(&seen->coroutines);
    model_close(its);
}

// ---- Comparing --------------------------------------------------------------

static void same_lane(const struct lane *a, const struct lane *b)
{
    ck_assert_uint_eq(a->count, b->count);
    ck_assert_uint_eq(a->longest, b->longest);
    for (size_t i = 0; i < a->count; i++) {
        ck_assert_uint_eq(a->spans[i].begin, b->spans[i].begin);
        ck_assert(span_is_same(&a->spans[i], &b->spans[i]));
    }
}

static void same_track(const struct track *a, const struct track *b)
{
    ck_assert_uint_eq(a->id, b->id);
    ck_assert_uint_eq(a->count, b->count);
    for (size_t i = 0; i < a->count; i++) {
        ck_assert_uint_eq(a->turns[i].begin, b->turns[i].begin);
        ck_assert_uint_eq(a->turns[i].end, b->turns[i].end);
        ck_assert_uint_eq(a->turns[i].task, b->turns[i].task);
    }
}

static void same_tracks(const struct tracks *a, const struct tracks *b)
{
    ck_assert_uint_eq(a->count, b->count);
    for (size_t i = 0; i < a->count; i++)
        same_track(&a->all[i], &b->all[i]);
}

static void same_flow(const struct flow *a, const struct flow *b)
{
    ck_assert_uint_eq(a->object, b->object);
    ck_assert_uint_eq(a->capacity, b->capacity);
    ck_assert_uint_eq(a->source_count, b->source_count);
    ck_assert_uint_eq(a->sink_count, b->sink_count);
    ck_assert_uint_eq(a->count, b->count);
    for (size_t i = 0; i < a->count; i++)
        ck_assert_uint_eq(a->moves[i].fill, b->moves[i].fill);
}

static void compare(const struct seen *a, const struct seen *b)
{
    ck_assert_uint_eq(a->lanes.count, b->lanes.count);
    for (uint32_t i = 1; i < a->lanes.count; i++)
        same_lane(&a->lanes.lanes[i], &b->lanes.lanes[i]);
    ck_assert_uint_eq(a->findings.count, b->findings.count);
    for (size_t i = 0; i < a->findings.count; i++)
        ck_assert_int_eq(a->findings.all[i].kind, b->findings.all[i].kind);
    ck_assert_uint_eq(a->flows.count, b->flows.count);
    for (size_t i = 0; i < a->flows.count; i++)
        same_flow(&a->flows.all[i], &b->flows.all[i]);
    ck_assert_uint_eq(a->blocks.count, b->blocks.count);
    ck_assert_uint_eq(a->blocks.run_count, b->blocks.run_count);
    ck_assert_uint_eq(a->blocks.stray, b->blocks.stray);
    ck_assert_uint_eq(a->batons.count, b->batons.count);
    for (size_t i = 0; i < a->batons.count; i++)
        same_track(&a->batons.all[i].track, &b->batons.all[i].track);
    same_tracks(&a->coroutines, &b->coroutines);
}

START_TEST(all_that_look_on_see_the_same)
{
    glob_t kept;

    ck_assert_int_eq(glob("tests/data/traces/*.trace", 0, NULL, &kept), 0);
    ck_assert_uint_gt(kept.gl_pathc, 10);
    for (size_t i = 0; i < kept.gl_pathc; i++) {
        story_open(&reader, kept.gl_pathv[i]);
        look_together(&together);
        look_alone(&alone);
        compare(&together, &alone);
        forget(&together, &model);
        forget(&alone, &other);
        reader_close(&reader);
    }
    globfree(&kept);
}
END_TEST

// ---- What is not known ------------------------------------------------------

static const struct lane *lane_of(const char *name)
{
    for (uint32_t i = 1; i < together.lanes.count; i++)
        if (strcmp(model_task_name(&model, i), name) == 0)
            return &together.lanes.lanes[i];
    ck_abort_msg("no task %s", name);
    return NULL;
}

START_TEST(what_was_lost_at_the_end_is_not_known)
{
    const struct lane *lane;

    story_open(&reader, "tests/data/traces/full.trace");
    look_together(&together);
    lane = lane_of("dispatch");
    ck_assert_int_eq(lane->spans[lane->count - 1].doing, MODEL_UNKNOWN);
    ck_assert_int_eq(model_doing(&model, 2), MODEL_UNKNOWN);
    forget(&together, &model);
    reader_close(&reader);
}
END_TEST

START_TEST(what_was_overwritten_is_not_known)
{
    const struct lane *lane;

    story_open(&reader, "tests/data/traces/overwritten.trace");
    look_together(&together);
    lane = lane_of("dispatch");
    ck_assert_int_eq(lane->spans[1].doing, MODEL_UNKNOWN);
    lane = lane_of("factory");
    for (size_t i = 0; i < lane->count; i++)
        ck_assert_int_ne(lane->spans[i].doing, MODEL_UNKNOWN);
    forget(&together, &model);
    reader_close(&reader);
}
END_TEST

// ---- Spans ------------------------------------------------------------------

static void open_told(struct writer *writer)
{
    writer_close(writer);
    story_open(&reader, story_name);
    look_together(&together);
}

START_TEST(who_asks_and_runs_on_is_in_one_span)
{
    struct writer writer;
    struct writer_task *a;
    const struct lane *lane;

    story_create(&writer, story_path());
    a = writer_task_begin(&writer, "A", 0, 1, 1);
    story_say(a, TRACE_SCHEDULING, TRACE_SOURCE_PERF, 0);
    story_say(a, TRACE_CPU_RUN, 3, 0);
    story_say(a, TRACE_LOCK_REQUEST, 0x10, 0);
    story_say(a, TRACE_LOCK_ACQUIRE, 0x10, 0);
    story_say(a, TRACE_LOCK_REQUEST, 0x20, 0);
    story_say(a, TRACE_CPU_BLOCK, 3, 0);
    open_told(&writer);
    lane = lane_of("A");
    ck_assert(lane->spans[lane->count - 2].on_cpu);
    ck_assert_uint_eq(lane->spans[lane->count - 2].cpu, 3);
    ck_assert_uint_eq(lane->spans[lane->count - 2].kind, 0);
    ck_assert_int_eq(lane->spans[lane->count - 1].doing, MODEL_BLOCKED);
    ck_assert_uint_eq(model.objects[lane->spans[lane->count - 1].object - 1].id,
                      0x20);
    forget(&together, &model);
    reader_close(&reader);
}
END_TEST

START_TEST(each_cpu_is_listed_once_in_the_order_of_numbers)
{
    static const uint32_t told[] = {5, 0, 5, 2, 0}, listed[] = {0, 2, 5};
    struct writer writer;
    struct writer_task *a;

    story_create(&writer, story_path());
    a = writer_task_begin(&writer, "A", 0, 1, 1);
    story_say(a, TRACE_SCHEDULING, TRACE_SOURCE_PERF, 0);
    for (size_t i = 0; i < sizeof told / sizeof *told; i++) {
        story_say(a, TRACE_CPU_RUN, told[i], 0);
        story_say(a, TRACE_CPU_PREEMPT, told[i], 0);
    }
    open_told(&writer);
    ck_assert_uint_eq(together.lanes.cpu_count, 3);
    ck_assert_mem_eq(together.lanes.cpus, listed, sizeof listed);
    ck_assert_uint_eq(lanes_cpu(&together.lanes, 5), 2);
    forget(&together, &model);
    reader_close(&reader);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("survey");
    TCase *tests = tcase_create("all");

    tcase_add_test(tests, all_that_look_on_see_the_same);
    tcase_add_test(tests, what_was_lost_at_the_end_is_not_known);
    tcase_add_test(tests, what_was_overwritten_is_not_known);
    tcase_add_test(tests, who_asks_and_runs_on_is_in_one_span);
    tcase_add_test(tests, each_cpu_is_listed_once_in_the_order_of_numbers);
    return story_run(suite, tests);
}
