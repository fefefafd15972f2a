// test_baton.c - a baton is inferred where there is one, and nowhere else
#include <unistd.h>

#include "runtime/message.h"
#include "tests/trace_story.h"
#include "tools/trace/baton.h"

enum { TAKEN = 0x10, DROPPED = 0x20, ROUNDS = 20 };

static struct writer writer;
static struct writer_task *a, *b;
static struct reader reader;
static struct batons batons;

static void begin(const char *name)
{
    story_create(&writer, story_path());
    a = writer_task_begin(&writer, name, 0, 1, 1);
    b = writer_task_begin(&writer, name, 0, 1, 2);
}

static void look(void)
{
    writer_close(&writer);
    story_open(&reader, story_name);
    ck_assert(batons_build(&batons, &reader));
}

static void end(void)
{
    batons_free(&batons);
    reader_close(&reader);
}

static void turn(struct writer_task *task)
{
    story_say(task, TRACE_COND_SIGNAL, TAKEN, 0);
    story_say(task, TRACE_YIELD, 0, 0);
    story_say(task, TRACE_COND_SIGNAL, DROPPED, 0);
}

static void two_in_turn(const char *name)
{
    begin(name);
    for (int i = 0; i < ROUNDS; i++) {
        turn(a);
        turn(b);
    }
    look();
}

START_TEST(who_takes_and_drops_in_turn_has_a_baton)
{
    two_in_turn("worker");
    ck_assert_uint_eq(batons.count, 1);
    ck_assert_uint_eq(batons.all[0].take, TAKEN);
    ck_assert_uint_eq(batons.all[0].drop, DROPPED);
    ck_assert_uint_eq(batons.all[0].track.count, 2 * ROUNDS);
    ck_assert_uint_eq(batons.all[0].passed, 2 * ROUNDS - 1);
    end();
}
END_TEST

START_TEST(a_turn_is_found_by_its_time)
{
    const struct turn *first;

    two_in_turn("worker");
    first = &batons.all[0].track.turns[0];
    ck_assert_ptr_eq(track_find(&batons.all[0].track, first->begin), first);
    ck_assert_ptr_null(track_find(&batons.all[0].track, first->end));
    ck_assert_ptr_null(track_find(&batons.all[0].track, 0));
    end();
}
END_TEST

START_TEST(only_pythons_is_called_gil_and_always_inferred)
{
    lang_set("en");
    two_in_turn("python3.11");
    ck_assert_str_eq(baton_name(&batons.all[0]), "GIL (inferred)");
    end();
    two_in_turn("worker");
    ck_assert_str_eq(baton_name(&batons.all[0]), "baton (inferred)");
    end();
}
END_TEST

START_TEST(what_became_python_by_exec_has_a_gil)
{
    lang_set("es");
    begin("env");
    story_say(a, TRACE_TASK_NAME, writer_name(&writer, "python3"), 0);
    for (int i = 0; i < ROUNDS; i++) {
        turn(a);
        turn(b);
    }
    look();
    ck_assert_str_eq(baton_name(&batons.all[0]), "GIL (deducido)");
    end();
}
END_TEST

START_TEST(a_buffer_with_two_conditions_is_no_baton)
{
    begin("buffer");
    for (int i = 0; i < ROUNDS; i++) {
        story_say(a, TRACE_COND_SIGNAL, TAKEN, 0);   // not empty
        story_say(b, TRACE_COND_SIGNAL, DROPPED, 0); // not full
    }
    look();
    ck_assert_uint_eq(batons.count, 0);
    end();
}
END_TEST

START_TEST(what_nobody_passes_on_is_no_baton)
{
    begin("alone");
    for (int i = 0; i < ROUNDS; i++)
        turn(a);
    look();
    ck_assert_uint_eq(batons.count, 0);
    end();
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("baton");
    TCase *tcase = tcase_create("baton");
    SRunner *runner = srunner_create(suite);
    int failed;

    tcase_add_test(tcase, who_takes_and_drops_in_turn_has_a_baton);
    tcase_add_test(tcase, a_turn_is_found_by_its_time);
    tcase_add_test(tcase, only_pythons_is_called_gil_and_always_inferred);
    tcase_add_test(tcase, what_became_python_by_exec_has_a_gil);
    tcase_add_test(tcase, a_buffer_with_two_conditions_is_no_baton);
    tcase_add_test(tcase, what_nobody_passes_on_is_no_baton);
    suite_add_tcase(suite, tcase);
    srunner_run_all(runner, CK_NORMAL);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? 1 : 0;
}
