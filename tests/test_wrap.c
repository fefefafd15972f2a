// test_wrap.c - what tools/course/wrap.h promises
#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "runtime/must.h"
#include "tools/course/wrap.h"

#define BOLD "\033[1m"
#define END "\033[0m"

static FILE *out;
static char *written;
static size_t written_size;

static void open_out(void)
{
    out = MUST(open_memstream(&written, &written_size));
}

static void check_written(const char *lines)
{
    fclose(out);
    ck_assert_str_eq(written, lines);
    free(written);
}

static void check_wrap(const char *line, int columns, const char *hang,
                       const char *lines)
{
    open_out();
    wrap_line(out, line, strlen(line), columns, hang);
    check_written(lines);
}

static void check_rooms(const char *text, int first, int indent, int rest,
                        const char *lines)
{
    open_out();
    wrap_rooms(out, text, first, indent, rest);
    check_written(lines);
}

START_TEST(lines_end_at_spaces)
{
    check_wrap("one two three", 20, "", "one two three\n");
    check_wrap("one two three", 7, "", "one two\nthree\n");
    check_wrap("one two three", 6, "", "one\ntwo\nthree\n");
    check_wrap("", 6, "", "\n");
    check_wrap("   ", 6, "", "   \n");
}
END_TEST

START_TEST(a_long_word_stays_whole)
{
    check_wrap("a abcdefghij b", 5, "", "a\nabcdefghij\nb\n");
    check_wrap("abcdefghij", 5, "", "abcdefghij\n");
}
END_TEST

START_TEST(further_lines_begin_behind_hang)
{
    check_wrap("  - one two", 7, "    ", "  - one\n    two\n");
    check_wrap("  | one two three", 9, "  | ", "  | one\n  | two\n  | three\n");
}
END_TEST

START_TEST(letters_are_counted_not_bytes)
{
    check_wrap("ñandú ñandú", 11, "", "ñandú ñandú\n");
    check_wrap("ñandú ñandú", 10, "", "ñandú\nñandú\n");
}
END_TEST

START_TEST(a_look_takes_no_room_and_goes_on_behind_hang)
{
    check_wrap("one " BOLD "two" END ".", 8, "", "one " BOLD "two" END ".\n");
    check_wrap(BOLD "one two" END " x", 4, "> ",
               BOLD "one" END "\n> " BOLD "two" END "\n> x\n");
    check_wrap("one (" BOLD "two" END "), x", 8, "",
               "one\n(" BOLD "two" END "), x\n");
}
END_TEST

#define BOUND "\u00a0"

START_TEST(no_line_ends_at_a_no_break_space)
{
    check_wrap("about 100" BOUND "% of it", 9, "",
               "about\n100" BOUND "% of\nit\n");
    check_wrap("about 100" BOUND "%", 10, "", "about\n100" BOUND "%\n");
}
END_TEST

START_TEST(the_first_line_may_have_other_room)
{
    check_rooms("one two three", 7, 2, 5, "one two\n  three\n");
    check_rooms("one two three", 3, 2, 20, "one\n  two three\n");
    check_rooms("ñandúes", 4, 0, 4, "ñand\núes\n");
    check_rooms("abc", 0, 1, -1, "a\n b\n c\n");
    check_rooms("", 4, 0, 4, "\n");
}
END_TEST

START_TEST(what_fits_ends_between_characters)
{
    ck_assert_uint_eq(wrap_fit("ñandú", 2), strlen("ña"));
    ck_assert_uint_eq(wrap_fit("ñandú", 5), strlen("ñandú"));
    ck_assert_uint_eq(wrap_fit("ñandú", 0), 0);
    ck_assert_uint_eq(wrap_fit("ñandú", -3), 0);
}
END_TEST

START_TEST(half_an_escape_sequence_does_no_harm)
{
    check_wrap("one \033[1", 3, "", "one\n\033[1\n");
    ck_assert_int_eq(wrap_columns("ab\033[1", 5), 2);
}
END_TEST

static Suite *wrap_suite(void)
{
    Suite *suite = suite_create("wrap");
    TCase *tests = tcase_create("wrap");

    tcase_add_test(tests, lines_end_at_spaces);
    tcase_add_test(tests, a_long_word_stays_whole);
    tcase_add_test(tests, further_lines_begin_behind_hang);
    tcase_add_test(tests, letters_are_counted_not_bytes);
    tcase_add_test(tests, a_look_takes_no_room_and_goes_on_behind_hang);
    tcase_add_test(tests, no_line_ends_at_a_no_break_space);
    tcase_add_test(tests, the_first_line_may_have_other_room);
    tcase_add_test(tests, what_fits_ends_between_characters);
    tcase_add_test(tests, half_an_escape_sequence_does_no_harm);
    suite_add_tcase(suite, tests);
    return suite;
}

int main(void)
{
    SRunner *runner = srunner_create(wrap_suite());
    int failed;

    srunner_run_all(runner, CK_NORMAL);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed != 0;
}
