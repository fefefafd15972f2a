// test_condition.c - facts, conditions over them, and the answers they make
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "runtime/message.h"
#include "tools/player/ask.h"
#include "tools/player/condition.h"
#include "tools/player/facts.h"

#define COUNT(rows) (sizeof(rows) / sizeof *(rows))

static struct facts sample(void)
{
    struct facts facts = {0};

    facts_set(&facts, "first", "bytes", 5, 1);
    facts_set(&facts, "second", "bytes", 7, 2);
    facts_set(&facts, NULL, "lost", -3, 2);
    return facts;
}

START_TEST(a_prefix_keeps_the_run_and_the_bare_name_is_the_last)
{
    struct facts facts = sample();

    ck_assert_int_eq(facts_find(&facts, "first.bytes")->value, 5);
    ck_assert_int_eq(facts_find(&facts, "second.bytes")->value, 7);
    ck_assert_int_eq(facts_find(&facts, "bytes")->value, 7);
    ck_assert_int_eq(facts_find(&facts, "bytes")->run, 2);
    ck_assert_ptr_null(facts_find(&facts, "second.lost"));
    facts_free(&facts);
}
END_TEST

START_TEST(fact_lines_are_taken_and_others_counted)
{
    struct facts facts = {0};
    const char *text = "fact a 1\nfact b -9223372036854775808\n\nfact c\n"
                       "nonsense\nfact 2d 3\nfact e 4x\nfact f "
                       "99999999999999999999\nfact a.b 1\nfact g 5";

    ck_assert_uint_eq(facts_take(&facts, "p", text, 1), 6);
    ck_assert_uint_eq(facts.count, 6);
    ck_assert_int_eq(facts_find(&facts, "p.g")->value, 5);
    ck_assert(facts_find(&facts, "b")->value == -9223372036854775807LL - 1);
    facts_free(&facts);
}
END_TEST

START_TEST(facts_are_bounded)
{
    struct facts facts = {0};
    char name[FACT_NAME_SIZE + 8], line[48];

    memset(name, 'n', sizeof name);
    name[sizeof name - 1] = '\0';
    ck_assert(!facts_set(&facts, NULL, name, 1, 1));
    for (int i = 0; i < FACTS_LIMIT; i++) {
        snprintf(line, sizeof line, "fact n%d %d\n", i, i);
        ck_assert_uint_eq(facts_take(&facts, NULL, line, 1), 0);
    }
    ck_assert_uint_eq(facts_take(&facts, NULL, "fact more 1\n", 1), 1);
    ck_assert_uint_eq(facts_take(&facts, NULL, "fact n7 1\n", 1), 0);
    facts_free(&facts);
}
END_TEST

START_TEST(conditions_hold_as_written)
{
    static const struct {
        const char *text;
        enum truth expected;
    } rows[] = {
        {"otherwise", IS_TRUE},
        {"  otherwise ", IS_TRUE},
        {"bytes == 7", IS_TRUE},
        {"bytes==7", IS_TRUE},
        {"7 == bytes", IS_TRUE},
        {"bytes != 7", NOT_TRUE},
        {"bytes < 8", IS_TRUE},
        {"bytes <= 6", NOT_TRUE},
        {"bytes > 6", IS_TRUE},
        {"bytes >= 8", NOT_TRUE},
        {"lost == -3", IS_TRUE},
        {"first.bytes < second.bytes", IS_TRUE},
        {"bytes == 1 | bytes == 7", IS_TRUE},
        {"bytes == 7 & lost == 0", NOT_TRUE},
        // & binds tighter: as a | (b & c) the first holds, not the second.
        {"bytes == 7 | bytes == 7 & lost == 0", IS_TRUE},
        {"bytes == 1 & lost == -3 | bytes == 2", NOT_TRUE},
        {"nobody == 1", NOT_KNOWN},
        {"bytes == 7 | nobody == 1", NOT_KNOWN},
        {"third.bytes < bytes", NOT_KNOWN},
    };
    struct facts facts = sample();
    char error[128];

    for (size_t i = 0; i < COUNT(rows); i++) {
        ck_assert_msg(condition_check(rows[i].text, error, sizeof error),
                      "%s: %s", rows[i].text, error);
        ck_assert_msg(condition_holds(rows[i].text, &facts) == rows[i].expected,
                      "%s", rows[i].text);
    }
    facts_free(&facts);
}
END_TEST

START_TEST(what_is_no_condition_is_told)
{
    static const struct {
        const char *text, *complaint;
    } rows[] = {
        {"", "a fact or a number"},
        {"bytes", "one of =="},
        {"bytes = 7", "one of =="},
        {"bytes ==", "a fact or a number"},
        {"bytes == 7 &", "a fact or a number"},
        {"bytes == 7 && lost == 1", "a fact or a number"},
        {"bytes == 7 || lost == 1", "a fact or a number"},
        {"(bytes == 7)", "a fact or a number"},
        {"bytes == 7 lost", "& or |"},
        {"bytes + 1 == 7", "one of =="},
        {"bytes == 99999999999999999999", "no integer"},
        {"bytes == -", "no integer"},
        {"otherwise | bytes == 1", "one of =="},
        {"1 < bytes < 9", "& or |"},
    };
    char error[128];

    for (size_t i = 0; i < COUNT(rows); i++) {
        *error = '\0';
        ck_assert_msg(!condition_check(rows[i].text, error, sizeof error), "%s",
                      rows[i].text);
        ck_assert_msg(strstr(error, rows[i].complaint), "%s: %s", rows[i].text,
                      error);
    }
}
END_TEST

static bool append(const char *name, void *context)
{
    strcat(strcat(context, name), " ");
    return strcmp(name, "stop") != 0;
}

START_TEST(names_are_visited_in_order_until_enough)
{
    char names[128] = "";

    ck_assert(condition_names("a.b < 3 & c == d | 4 > e", append, names));
    ck_assert_str_eq(names, "a.b c d e ");
    *names = '\0';
    ck_assert(!condition_names("a == stop | b == 1", append, names));
    ck_assert_str_eq(names, "a stop ");
    ck_assert(condition_names("otherwise", append, names));
}
END_TEST

// ---- Questions --------------------------------------------------------------

static struct item ask_of(const char *type, const char *key, const char *value)
{
    struct item ask = {.verb = VERB_ASK};

    ask.attributes[0] = (struct attribute){"type", (char *)type};
    ask.attributes[1] = (struct attribute){(char *)key, (char *)value};
    ask.attribute_count = 2;
    ask.body = "Which?\n\n- a) **one** thing\n  and more\n- b) two\n";
    return ask;
}

static void add(struct item *ask, const char *key, const char *value)
{
    ask->attributes[ask->attribute_count++] =
        (struct attribute){(char *)key, (char *)value};
}

START_TEST(answers_are_understood_as_people_type_them)
{
    static const struct {
        const char *type, *typed, *given; // NULL: none
    } rows[] = {
        {"choice", "b", "b"},
        {"choice", "B", "b"},
        {"choice", "b)", "b"},
        {"choice", "c", NULL},
        {"choice", "", NULL},
        {"choice", "ab", NULL},
        {"choice", "1", NULL},
        {"number", "65536", "65536"},
        {"number", "65 536", "65536"},
        {"number", "65,536", "65536"},
        {"number", "65.536", "65536"},
        {"number", "-12", "-12"},
        {"number", "007", "7"},
        {"number", "64 KiB", "65536"},
        {"number", "64kib", "65536"},
        {"number", "", NULL},
        {"number", "-", NULL},
        {"number", "many", NULL},
        {"number", "12x", NULL},
        {"number", "1.5", NULL},
        {"number", "1,2345", NULL},
        {"number", "1,234,567", "1234567"},
        {"number", ",123", NULL},
        {"number", "99999999999999999999", NULL},
        {"order", "b a", "b a"},
        {"order", "BA", "b a"},
        {"order", "b, a", "b a"},
        {"order", "b a a", NULL},
        {"order", "b", NULL},
        {"order", "b c", NULL},
        {"order",
         "bababababababababababababababababababababababababababababab"
         "abababababababababababababababa",
         NULL},
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct item ask = ask_of(rows[i].type, "a", "x == 1");
        char given[ANSWER_SIZE];
        bool taken;

        add(&ask, "b", "otherwise");
        taken = ask_take(&ask, rows[i].typed, given);
        ck_assert_msg(taken == (rows[i].given != NULL), "%s \"%s\"",
                      rows[i].type, rows[i].typed);
        if (taken)
            ck_assert_str_eq(given, rows[i].given);
    }
}
END_TEST

START_TEST(options_are_told_in_their_words)
{
    struct item ask = ask_of("choice", "a", "x == 1");
    char words[64];

    add(&ask, "b", "otherwise");
    ask_option(&ask, 'a', words, sizeof words);
    ck_assert_str_eq(words, "one thing and more");
    ask_option(&ask, 'b', words, 3);
    ck_assert_str_eq(words, "tw");
    ask_option(&ask, 'c', words, sizeof words);
    ck_assert_str_eq(words, "");
    ck_assert(ask_lists_options(&ask));
    add(&ask, "c", "otherwise");
    ck_assert(!ask_lists_options(&ask));
}
END_TEST

START_TEST(a_question_waits_for_a_run_after_it)
{
    struct item ask = ask_of("choice", "a", "bytes == 5");
    struct facts facts = {0};
    struct output none = {0};
    char right[64];

    add(&ask, "b", "bytes == 7");
    ck_assert_int_eq(ask_right(&ask, &facts, &none, 0, right, sizeof right),
                     RIGHT_NOT_YET);
    ck_assert_str_eq(right, "bytes");
    facts_set(&facts, NULL, "bytes", 5, 1);
    ck_assert_int_eq(ask_right(&ask, &facts, &none, 1, right, sizeof right),
                     RIGHT_NOT_YET);
    facts_set(&facts, NULL, "bytes", 7, 2);
    ck_assert_int_eq(ask_right(&ask, &facts, &none, 1, right, sizeof right),
                     RIGHT_KNOWN);
    ck_assert_str_eq(right, "b");
    facts_set(&facts, NULL, "bytes", 9, 3);
    ck_assert_int_eq(ask_right(&ask, &facts, &none, 1, right, sizeof right),
                     RIGHT_NONE);
    facts_free(&facts);
}
END_TEST

START_TEST(the_first_option_that_holds_is_right)
{
    struct item ask = ask_of("choice", "a", "bytes > 1");
    struct facts facts = sample();
    struct output none = {0};
    char right[64];

    add(&ask, "b", "bytes > 2");
    ask_right(&ask, &facts, &none, 0, right, sizeof right);
    ck_assert_str_eq(right, "a");
    facts_free(&facts);
}
END_TEST

START_TEST(numbers_are_right_within_their_percentage)
{
    struct item ask = ask_of("number", "answer", "bytes");

    ck_assert(ask_matches(&ask, "100", "100"));
    ck_assert(!ask_matches(&ask, "101", "100"));
    add(&ask, "within", "10");
    ck_assert(ask_matches(&ask, "110", "100"));
    ck_assert(ask_matches(&ask, "90", "100"));
    ck_assert(!ask_matches(&ask, "111", "100"));
    ck_assert(ask_matches(&ask, "-110", "-100"));
    ck_assert(!ask_matches(&ask, "1", "0"));
}
END_TEST

// ---- What was written -------------------------------------------------------

static struct output output_of_pieces(struct run_piece *pieces, size_t count,
                                      const char *bytes, bool recorded)
{
    struct run_result run = {.bytes = (char *)bytes,
                             .pieces = pieces,
                             .piece_count = count,
                             .order_recorded = recorded};

    return output_of(&run);
}

START_TEST(lines_are_put_together_in_the_order_of_writing)
{
    // "ab" "c\n" on stdout, "x" on stderr in the midst of "d", "e\n"
    struct run_piece pieces[] = {
        {.stream = 1, .order_known = true, .offset = 0, .size_bytes = 2},
        {.stream = 1, .order_known = true, .offset = 2, .size_bytes = 3},
        {.stream = 2, .order_known = false, .offset = 5, .size_bytes = 1},
        {.stream = 1, .order_known = true, .offset = 6, .size_bytes = 2},
    };
    struct output o = output_of_pieces(pieces, 4, "abc\ndxe\n", true);

    ck_assert_uint_eq(o.count, 4);
    ck_assert_int_eq(memcmp(o.lines[0].text, "abc", o.lines[0].size_bytes), 0);
    ck_assert(o.lines[0].ended && !o.lines[1].ended && !o.lines[2].ended);
    ck_assert(!o.lines[2].order_known && o.lines[3].order_known);
    ck_assert_uint_eq(o.bytes[1], 7);
    ck_assert_uint_eq(o.bytes[2], 1);
    ck_assert_uint_eq(o.newlines[1], 2);
    output_free(&o);
}
END_TEST

static void check_order(bool recorded, bool known, int second_stream,
                        enum right expected)
{
    struct item ask = ask_of("order", "a", "late");
    struct facts facts = {0};
    struct run_piece pieces[] = {
        {.stream = 1, .order_known = true, .offset = 0, .size_bytes = 6},
        {.stream = 2, .order_known = known, .offset = 6, .size_bytes = 0},
        {.stream = second_stream,
         .order_known = known,
         .offset = 6,
         .size_bytes = 5},
    };
    struct output o = output_of_pieces(pieces, 3, "early\nlate\n", recorded);
    char right[64];

    add(&ask, "b", "early");
    ck_assert_int_eq(ask_right(&ask, &facts, &o, 0, right, sizeof right),
                     expected);
    if (expected == RIGHT_KNOWN)
        ck_assert_str_eq(right, "b a");
    output_free(&o);
}

START_TEST(an_order_is_judged_only_where_it_is_known)
{
    check_order(true, true, 2, RIGHT_KNOWN);
    check_order(true, false, 2, RIGHT_NO_ORDER);
    check_order(false, true, 2, RIGHT_NO_ORDER);
    check_order(false, false, 1, RIGHT_KNOWN); // one stream has its own order
}
END_TEST

START_TEST(an_order_waits_until_every_line_is_there)
{
    struct item ask = ask_of("order", "a", "early");
    struct run_piece piece = {.stream = 1, .size_bytes = 6};
    struct output o = output_of_pieces(&piece, 1, "early\n", true);
    struct facts facts = {0};
    char right[64];

    add(&ask, "b", "never");
    ck_assert_int_eq(ask_right(&ask, &facts, &o, 0, right, sizeof right),
                     RIGHT_NOT_YET);
    ck_assert_str_eq(right, "never");
    output_free(&o);
}
END_TEST

static char *printed(const struct output *output, size_t most_lines)
{
    char *text;
    size_t size;
    FILE *out = open_memstream(&text, &size);

    output_print(out, output, 60, most_lines);
    fclose(out);
    return text;
}

START_TEST(long_output_loses_its_middle_and_says_how_much)
{
    char bytes[4000] = "";
    struct run_piece piece = {.stream = 1, .order_known = true};
    struct output o;
    char *text;

    for (int i = 0; i < 500; i++)
        sprintf(bytes + strlen(bytes), "%d\n", i);
    piece.size_bytes = strlen(bytes);
    o = output_of_pieces(&piece, 1, bytes, true);
    text = printed(&o, 9);
    ck_assert_ptr_nonnull(strstr(text, "stdout | 5\n"));
    ck_assert_ptr_nonnull(strstr(text, "491 lines more"));
    ck_assert_ptr_nonnull(strstr(text, "stdout | 497\n"));
    ck_assert_ptr_null(strstr(text, "stdout | 250\n"));
    free(text);
    output_free(&o);
}
END_TEST

START_TEST(a_long_line_loses_its_middle_and_nothing_escapes)
{
    char bytes[2000];
    struct run_piece piece = {
        .stream = 2, .order_known = true, .size_bytes = sizeof bytes};
    struct output o;
    char *text;

    memset(bytes, 'x', sizeof bytes);
    memcpy(bytes, "\033[2J\xff", 5);
    o = output_of_pieces(&piece, 1, bytes, true);
    text = printed(&o, 9);
    ck_assert_ptr_nonnull(strstr(text, "stderr | \\x1b[2J\\xff"));
    ck_assert_ptr_nonnull(strstr(text, "bytes more"));
    ck_assert_ptr_nonnull(strstr(text, "(no end of line)"));
    ck_assert_ptr_null(strchr(text, '\033'));
    ck_assert_uint_lt(strlen(text), 600);
    free(text);
    output_free(&o);
}
END_TEST

START_TEST(without_an_order_there_are_two_blocks_and_a_word_about_it)
{
    struct run_piece pieces[] = {
        {.stream = 1, .offset = 0, .size_bytes = 2},
        {.stream = 2, .offset = 2, .size_bytes = 2},
    };
    struct output o = output_of_pieces(pieces, 2, "a\nb\n", false);
    char *text = printed(&o, 9);

    ck_assert_ptr_nonnull(strstr(text, "cannot record"));
    ck_assert_ptr_nonnull(strstr(text, "a\n\n  stderr"));
    free(text);
    output_free(&o);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("condition");
    TCase *all = tcase_create("all");
    SRunner *runner;
    int failed;

    lang_set("en");
    tcase_set_timeout(all, 20);
    tcase_add_test(all, a_prefix_keeps_the_run_and_the_bare_name_is_the_last);
    tcase_add_test(all, fact_lines_are_taken_and_others_counted);
    tcase_add_test(all, facts_are_bounded);
    tcase_add_test(all, conditions_hold_as_written);
    tcase_add_test(all, what_is_no_condition_is_told);
    tcase_add_test(all, names_are_visited_in_order_until_enough);
    tcase_add_test(all, answers_are_understood_as_people_type_them);
    tcase_add_test(all, options_are_told_in_their_words);
    tcase_add_test(all, a_question_waits_for_a_run_after_it);
    tcase_add_test(all, the_first_option_that_holds_is_right);
    tcase_add_test(all, numbers_are_right_within_their_percentage);
    tcase_add_test(all, lines_are_put_together_in_the_order_of_writing);
    tcase_add_test(all, an_order_is_judged_only_where_it_is_known);
    tcase_add_test(all, an_order_waits_until_every_line_is_there);
    tcase_add_test(all, long_output_loses_its_middle_and_says_how_much);
    tcase_add_test(all, a_long_line_loses_its_middle_and_nothing_escapes);
    tcase_add_test(all,
                   without_an_order_there_are_two_blocks_and_a_word_about_it);
    suite_add_tcase(suite, all);
    runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed != 0;
}
