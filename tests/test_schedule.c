// test_schedule.c - schedules as people hand them on
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tools/explorer/schedule.h"

static const char *const good[] = {
    "1:sync:1:0123456789abcdef:0*5",
    "1:races:0:0000000000000000:0*5,1*3,w2,0*1,t1,0*1",
    "1:accesses:1000:ffffffffffffffff:127*1000000000,s0,3*1,t127",
    "1:sync:1:0123456789abcdef:",
    "1:sync:1:0123456789abcdef:0*2,w1,3*1,s3",
};

START_TEST(what_is_written_is_read_again)
{
    struct schedule schedule;
    char error[200], *text;

    ck_assert(schedule_parse(good[_i], &schedule, error, sizeof error));
    text = schedule_text(&schedule);
    ck_assert_str_eq(text, good[_i]);
    free(text);
    schedule_free(&schedule);
}
END_TEST

static const char *const bad[] = {
    "",
    "1",
    "2:sync:1:0123456789abcdef:0*5",
    "01:sync:1:0123456789abcdef:0*5",
    "1:Sync:1:0123456789abcdef:0*5",
    "1:sync:-1:0123456789abcdef:0*5",
    "1:sync:01:0123456789abcdef:0*5",
    "1:sync:1001:0123456789abcdef:0*5",
    "1:sync:1:0123456789abcde:0*5",
    "1:sync:1:0123456789abcdef0:0*5",
    "1:sync:1:0123456789ABCDEF:0*5",
    "1:sync:1:0123456789abcdef",
    "1:sync:1:0123456789abcdef:0*0",
    "1:sync:1:0123456789abcdef:0*05",
    "1:sync:1:0123456789abcdef:128*1",
    "1:sync:1:0123456789abcdef:0*1000000001",
    "1:sync:1:0123456789abcdef:0*5,",
    "1:sync:1:0123456789abcdef:,0*5",
    "1:sync:1:0123456789abcdef:0*5 ",
    "1:sync:1:0123456789abcdef:0*5\n",
    "1:sync:1:0123456789abcdef:w1",
    "1:sync:1:0123456789abcdef:0*5,w1,t1",
    "1:sync:1:0123456789abcdef:0*5,w0",
    "1:sync:1:0123456789abcdef:0*5,x1",
    "1:sync:1:0123456789abcdef:0*5:",
};

START_TEST(what_is_no_schedule_is_refused_with_a_line)
{
    struct schedule schedule;
    char error[200] = "";

    ck_assert_msg(!schedule_parse(bad[_i], &schedule, error, sizeof error),
                  "%s", bad[_i]);
    ck_assert_uint_gt(strlen(error), 0);
    ck_assert_ptr_null(strchr(error, '\n'));
    ck_assert_ptr_null(schedule.steps);
}
END_TEST

START_TEST(every_field_arrives)
{
    struct schedule schedule;
    char error[200];

    ck_assert(schedule_parse("1:races:3:00000000000000ff:0*5,1*3,w2", &schedule,
                             error, sizeof error));
    ck_assert_int_eq(schedule.points, POINTS_RACES);
    ck_assert_int_eq(schedule.spurious, 3);
    ck_assert_uint_eq(schedule.build, 255);
    ck_assert_str_eq(schedule.steps, "0*5,1*3,w2");
    schedule_free(&schedule);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("schedule");
    TCase *tests = tcase_create("schedule");
    SRunner *runner;
    int failed;

    tcase_add_loop_test(tests, what_is_written_is_read_again, 0,
                        sizeof good / sizeof *good);
    tcase_add_loop_test(tests, what_is_no_schedule_is_refused_with_a_line, 0,
                        sizeof bad / sizeof *bad);
    tcase_add_test(tests, every_field_arrives);
    suite_add_tcase(suite, tests);
    runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed != 0;
}
