// test_deck.c - figures and code in the text of slides, and where it was
// measured
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "runtime/message.h"
#include "viz/deck.h"
#include "viz/deck_text.h"
#include "viz/measured.h"

#define COUNT(rows) (sizeof(rows) / sizeof *(rows))

static void speak_english(void)
{
    lang_set("en");
}

START_TEST(a_figure_begins_at_a_brace_outside_of_code)
{
    static const struct {
        const char *text, *rest;
    } rows[] = {
        {"", ""},
        {"none", ""},
        {"a {b.c} d", "{b.c} d"},
        {"`{ }` {b.c}", "{b.c}"},
        {"``{ ` { `` {b.c}", "{b.c}"},
        {"```\nint f(void) { }\n```\n{b.c}", "{b.c}"},
        {"a single ` and {b.c}", "{b.c}"},
        {"``` and `` and {b.c}", "{b.c}"},
        {"`a``{`", ""},
    };

    for (size_t i = 0; i < COUNT(rows); i++)
        ck_assert_str_eq(deck_figure_next(rows[i].text), rows[i].rest);
}
END_TEST

START_TEST(a_figure_names_its_chart)
{
    const char text[] = "{cost.median:ns:read:4/fast_ns} and more", *at = text;
    char chart[FIGURE_NAME_SIZE];
    struct figure figure;

    ck_assert(deck_figure_take(&at, chart, &figure));
    ck_assert_str_eq(at, " and more");
    ck_assert_str_eq(chart, "cost");
    ck_assert(figure.quotient);
    ck_assert_str_eq(figure.above.measure, "ns");
    ck_assert_str_eq(figure.above.x, "4");
    ck_assert_str_eq(figure.below.name, "fast_ns");
}
END_TEST

START_TEST(the_x_of_a_figure_may_have_a_point)
{
    const char *at = "{cost.median:ns:read:0.5}";
    char chart[FIGURE_NAME_SIZE];
    struct figure figure;

    ck_assert(deck_figure_take(&at, chart, &figure));
    ck_assert_str_eq(chart, "cost");
    ck_assert_str_eq(figure.above.x, "0.5");
}
END_TEST

START_TEST(what_is_no_figure_stays)
{
    static const char long_name[] = "{aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
                                    "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa.b}";
    static const char *const rows[] = {
        "{}",
        "{a}",
        "{.a}",
        "{a.}",
        "{a.b",
        "{a.b\n}",
        "{a.b c}",
        "{a.b/}",
        "{a.{b}}",
        "{a.mean:x:y:1}",
        "{a.median:x:y}",
        long_name,
    };
    char chart[FIGURE_NAME_SIZE];
    struct figure figure;

    for (size_t i = 0; i < COUNT(rows); i++) {
        const char *at = rows[i];

        ck_assert_msg(*at != '{' || !deck_figure_take(&at, chart, &figure),
                      "%s", rows[i]);
        ck_assert_ptr_eq(at, rows[i]);
    }
}
END_TEST

START_TEST(code_is_harmless_and_keeps_its_tabs)
{
    static const char code[] = "\tif (a < b && c > 'd') \"\x01\xff\" // rest";
    char *text;
    size_t size;
    FILE *out = open_memstream(&text, &size);

    deck_text_escape(out, code, strlen(code) - strlen(" // rest"));
    fclose(out);
    ck_assert_str_eq(text, "\tif (a &lt; b &amp;&amp; c &gt; &#39;d&#39;) "
                           "&quot;\uFFFD\uFFFD&quot;");
    free(text);
}
END_TEST

START_TEST(a_measurement_says_when_where_and_what)
{
    char *lines = measured_now("program 1 'two'");
    char *date = measured_line(lines, "date");
    char *machine = measured_line(lines, "machine");
    char *command = measured_line(lines, "command");

    ck_assert_uint_eq(strlen(date), strlen("2026-11-21 21:45"));
    ck_assert_ptr_nonnull(strstr(machine, " × "));
    ck_assert_str_eq(command, "program 1 'two'");
    ck_assert_ptr_null(measured_line(lines, "mach"));
    ck_assert_ptr_null(measured_line("", "date"));
    free(lines);
    free(date);
    free(machine);
    free(command);
}
END_TEST

static bool is_busy(const struct measured_use *begin)
{
    char *lines = measured_end(begin, "program");
    char *busy = measured_line(lines, "busy");
    bool is_said = busy != NULL;

    free(lines);
    free(busy);
    return is_said;
}

START_TEST(a_measurement_says_when_others_were_in_the_way)
{
    double most = 1000 * (double)sysconf(_SC_NPROCESSORS_ONLN);
    struct measured_use begin = measured_begin();

    begin.at -= 1000;
    begin.all -= most;
    ck_assert(is_busy(&begin));
    begin.ours -= most; // all that was done was its own
    ck_assert(!is_busy(&begin));
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("deck");
    TCase *tests = tcase_create("deck");
    SRunner *runner = srunner_create(suite);
    int failed;

    tcase_add_checked_fixture(tests, speak_english, NULL);
    tcase_add_test(tests, a_figure_begins_at_a_brace_outside_of_code);
    tcase_add_test(tests, a_figure_names_its_chart);
    tcase_add_test(tests, the_x_of_a_figure_may_have_a_point);
    tcase_add_test(tests, what_is_no_figure_stays);
    tcase_add_test(tests, code_is_harmless_and_keeps_its_tabs);
    tcase_add_test(tests, a_measurement_says_when_where_and_what);
    tcase_add_test(tests, a_measurement_says_when_others_were_in_the_way);
    suite_add_tcase(suite, tests);
    srunner_run_all(runner, CK_ENV);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? 1 : 0;
}
