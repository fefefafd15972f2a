// test_exploration.c - what the explorer's report means for a promise
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "runtime/message.h"
#include "tools/grader/exploration.h"

static const struct promise promise = {.name = "p", .status = 42};

static enum explored_end judge(int status, const char *report, char **message)
{
    const struct explored explored = {.promise = &promise,
                                      .files = "h.c labs/07_x/x.c",
                                      .options = " --check race",
                                      .sources = "tests/data/explored/starter",
                                      .harness = "tests/data/explored/harness",
                                      .status = status,
                                      .report = report};

    lang_set("en");
    return exploration_judge(&explored, message);
}

static void expect_end(enum explored_end wanted, int status, const char *report)
{
    char *message;
    enum explored_end end = judge(status, report, &message);

    ck_assert_msg(end == wanted, "%s: %d, not %d: %s", report, end, wanted,
                  message);
    free(message);
}

#define PROVED "{\"verdict\":\"proved\",\"exhausted\":true,\"executions\":7"

START_TEST(only_a_whole_proof_keeps_the_promise)
{
    expect_end(EXPLORED_KEPT, 0, PROVED "}");
    expect_end(EXPLORED_KEPT, 0,
               PROVED ",\"statuses\":[{\"status\":42,\"executions\":7}]}");
    expect_end(EXPLORED_BROKEN, 0,
               PROVED ",\"statuses\":[{\"status\":42,\"executions\":6},"
                      "{\"status\":0,\"executions\":1}]}");
    expect_end(EXPLORED_BROKEN, 0, PROVED ",\"interrupted\":true}");
    expect_end(EXPLORED_BROKEN, 0,
               "{\"verdict\":\"proved\",\"exhausted\":false,\"executions\":7}");
    expect_end(EXPLORED_BROKEN, 0,
               "{\"verdict\":\"proved\",\"exhausted\":true,\"executions\":0}");
    expect_end(EXPLORED_BROKEN, 0,
               "{\"verdict\":\"sampled\",\"executions\":7}");
}
END_TEST

START_TEST(what_does_not_fit_is_nobodys_verdict)
{
    static const char *const reports[] = {
        "",
        "{",
        "[]",
        "null",
        "{\"verdict\":1}",
        "{\"verdict\":\"perfect\"}",
        PROVED "} {\"verdict\":\"proved\"}",
        "{\"verdict\":\"error\",\"message\":\"no engine\"}",
    };

    for (size_t i = 0; i < sizeof reports / sizeof *reports; i++)
        for (int status = -1; status < 4; status++)
            expect_end(EXPLORED_UNJUDGED, status, reports[i]);
    for (int status = 1; status < 4; status++)
        expect_end(EXPLORED_UNJUDGED, status, PROVED "}");
    expect_end(EXPLORED_UNJUDGED, 0, "{\"verdict\":\"failed\"}");
    expect_end(EXPLORED_UNJUDGED, -1, PROVED "}");
}
END_TEST

START_TEST(what_the_engine_refuses_is_the_students_doing)
{
    expect_end(EXPLORED_BROKEN, 2,
               "{\"verdict\":\"error\",\"message\":\"fork\",\"refused\":true}");
}
END_TEST

static const char failed[] =
    "{\"verdict\":\"failed\",\"kind\":\"data_race\",\"message\":\"data race\","
    "\"schedule\":\"1:sync:0:12:0*2\","
    "\"threads\":[{\"number\":0,\"name\":\"main\"},"
    "{\"number\":1,\"name\":\"thread 1\"}],"
    "\"locations\":[{\"task\":1,\"file\":\"labs/07_x/pot.c\",\"line\":8,"
    "\"function\":\"pot_put\"}],"
    "\"story\":[{\"step\":1,\"task\":0,\"text\":\"crea un hilo año\","
    "\"file\":\"h.c\",\"line\":3,\"fatal\":false},"
    "{\"step\":2,\"task\":1,\"text\":\"writes count: 1\",\"file\":\"pot.c\","
    "\"line\":8,\"fatal\":true}]}";

START_TEST(a_failure_is_told_with_lines_columns_and_commands)
{
    char *message;

    ck_assert_int_eq(judge(1, failed, &message), EXPLORED_BROKEN);
    ck_assert_ptr_nonnull(strstr(message, "\ndata race\n"));
    ck_assert_ptr_nonnull(strstr(message, "thread 1, pot.c:8, pot_put()\n"
                                          "        count += coins;"));
    ck_assert_ptr_nonnull(strstr(message, "\n  > "));
    ck_assert_ptr_nonnull(
        strstr(message, "./telar explore h.c labs/07_x/x.c --check race "
                        "--view --replay '1:sync:0:12:0*2'"));
    ck_assert_ptr_nonnull(strstr(message, "./telar play h.c labs/07_x/x.c "
                                          "--schedule '1:sync:0:12:0*2'"));
    free(message);
}
END_TEST

// Columns of the widest line between the two.
static int widest_line(const char *from, const char *until)
{
    int widest = 0, columns = 0;

    for (; from < until; from++) {
        columns = *from == '\n' ? 0 : columns + ((*from & 0xc0) != 0x80);
        widest = columns > widest ? columns : widest;
    }
    return widest;
}

// A message stands four columns from the left of a terminal.
START_TEST(a_story_fits_and_loses_no_word)
{
    static const char report[] =
        "{\"verdict\":\"failed\",\"schedule\":\"1:sync:0:12:0*2\","
        "\"threads\":["
        "{\"number\":0,\"name\":\"main\"},{\"number\":1,\"name\":\"hilo 1\"},"
        "{\"number\":2,\"name\":\"hilo 2\"}],\"story\":["
        "{\"task\":2,\"text\":\"toma bank.accounts[1].lock\","
        "\"file\":\"bank.c\",\"line\":12},"
        "{\"task\":2,\"text\":\"espera bank.accounts[0].lock, que tiene el "
        "hilo 1\",\"fatal\":true}]}";
    char *message;
    const char *story, *commands;

    ck_assert_int_eq(judge(1, report, &message), EXPLORED_BROKEN);
    story = strstr(message, "\n    main");
    commands = strstr(message, "./telar explore");
    ck_assert_ptr_nonnull(story);
    ck_assert_ptr_nonnull(strstr(story, "bank.accounts[1].lock\n"));
    ck_assert_ptr_nonnull(strstr(story, "bank.c:12\n"));
    ck_assert_int_le(widest_line(story, commands), 80 - 4);
    free(message);
}
END_TEST

// No column is ever narrower than nothing, whoever named the threads.
START_TEST(a_story_of_any_shape_is_told)
{
    static const char *const tasks[] = {"-1", "0", "7", "100", "1e9", "\"x\""};

    for (int threads = 0; threads < 12; threads++)
        for (size_t i = 0; i < sizeof tasks / sizeof *tasks; i++) {
            char report[4000], *at = report, *message;

            at += sprintf(at, "{\"verdict\":\"failed\",\"threads\":[");
            for (int t = 0; t < threads; t++)
                at += sprintf(at, "%s{\"number\":%d,\"name\":\"t%d\"}",
                              t ? "," : "", t, t);
            sprintf(at,
                    "],\"story\":[{\"task\":%s,\"text\":\"\\u00f1\","
                    "\"file\":\"/\",\"line\":-5},{},3],\"locations\":[{},"
                    "{\"file\":\"pot.c\",\"line\":99}]}",
                    tasks[i]);
            ck_assert_int_eq(judge(1, report, &message), EXPLORED_BROKEN);
            ck_assert_uint_lt(strlen(message), 4000);
            free(message);
        }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("exploration");
    TCase *row = tcase_create("judge");
    SRunner *runner;
    int wrong;

    tcase_add_test(row, only_a_whole_proof_keeps_the_promise);
    tcase_add_test(row, what_does_not_fit_is_nobodys_verdict);
    tcase_add_test(row, what_the_engine_refuses_is_the_students_doing);
    tcase_add_test(row, a_failure_is_told_with_lines_columns_and_commands);
    tcase_add_test(row, a_story_fits_and_loses_no_word);
    tcase_add_test(row, a_story_of_any_shape_is_told);
    suite_add_tcase(suite, row);
    runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    wrong = srunner_ntests_failed(runner);
    srunner_free(runner);
    return wrong != 0;
}
