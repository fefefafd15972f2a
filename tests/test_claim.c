// test_claim.c - verdicts from facts, sentences with facts, what a claim needs
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "runtime/message.h"
#include "tests/temporary.h"
#include "tools/player/claim.h"
#include "tools/player/claims_need.h"
#include "tools/player/sentence.h"

#define COUNT(rows) (sizeof(rows) / sizeof *(rows))

static struct facts facts_of(const char *text)
{
    struct facts facts = {0};

    ck_assert_uint_eq(facts_take(&facts, "run", text, 1), 0);
    return facts;
}

static struct lesson lesson_of(const char *pieces)
{
    struct lesson lesson;
    char *text, error[512] = "";

    ck_assert(asprintf(&text, "# 20 · T\n<!-- telar: step id=s -->\n## S\n%s",
                       pieces) > 0);
    ck_assert_msg(
        lesson_parse("l.md", text, strlen(text), &lesson, error, sizeof error),
        "%s", error);
    free(text);
    return lesson;
}

static const struct item *claim_of(const struct lesson *lesson)
{
    const struct step *step = &lesson->steps[1];

    for (size_t i = 0; i < step->item_count; i++)
        if (step->items[i].verb == VERB_CLAIM)
            return &step->items[i];
    ck_abort_msg("no claim");
    return NULL;
}

#define CLAIM(keys)                                                            \
    "<!-- telar: claim id=c source=000 " keys " -->\nIt is.\n"                 \
    "<!-- telar: end -->\n"

START_TEST(the_first_condition_that_holds_is_the_verdict)
{
    static const struct {
        const char *facts;
        enum verdict verdict;
    } rows[] = {
        {"fact n 3\n", CLAIM_TRUE},      {"fact n 2\n", CLAIM_PARTLY},
        {"fact n 0\n", CLAIM_FALSE},     {"fact n -5\n", CLAIM_UNDECIDED},
        {"fact m 3\n", CLAIM_UNDECIDED}, {"", CLAIM_UNDECIDED},
    };
    struct lesson lesson =
        lesson_of(CLAIM("false=\"run.n==0\" true=\"n>2\" partly=\"n>1\""));

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct facts facts = facts_of(rows[i].facts);

        ck_assert_int_eq(claim_verdict(claim_of(&lesson), &facts),
                         rows[i].verdict);
        facts_free(&facts);
    }
    ck_assert_str_eq(claim_condition(claim_of(&lesson), CLAIM_PARTLY), "n>1");
    ck_assert_ptr_null(claim_condition(claim_of(&lesson), CLAIM_UNDECIDED));
    lesson_free(&lesson);
}
END_TEST

START_TEST(a_figure_holds_the_facts_as_its_language_writes_them)
{
    static const struct {
        const char *text, *english, *spanish;
    } rows[] = {
        {"{n}/{run.n}", "7/7", "7/7"},
        {"{four}.", "1,234.", "1234."},
        {"{five}", "12,345", "12\u00a0345"},
        {"{minus}", "-1,234,567", "-1\u00a0234\u00a0567"},
        {"{small}", "-999", "-999"},
        {"no fact", "no fact", "no fact"},
        {"", "", ""},
        {"{missing} of {n}", NULL, NULL},
    };
    struct facts facts = facts_of("fact n 7\nfact four 1234\nfact five 12345\n"
                                  "fact minus -1234567\nfact small -999\n");

    for (size_t i = 0; i < COUNT(rows); i++)
        for (int spanish = 0; spanish < 2; spanish++) {
            const char *wanted = spanish ? rows[i].spanish : rows[i].english;
            char *got;

            lang_set(spanish ? "es" : "en");
            got = sentence_fill(rows[i].text, &facts);
            if (!wanted)
                ck_assert_ptr_null(got);
            else
                ck_assert_str_eq(got, wanted);
            free(got);
        }
    lang_set("en");
    facts_free(&facts);
}
END_TEST

START_TEST(a_brace_opens_a_fact_or_is_a_mistake)
{
    static const struct {
        const char *text;
        bool good;
    } rows[] = {
        {"", true},      {"{a}", true},    {"x {a.b_2} y {c}", true},
        {"{", false},    {"}", false},     {"{}", false},
        {"{a", false},   {"{a b}", false}, {"{1}", false},
        {"{a}}", false}, {"{{a}}", false}, {"{a:b}", false},
    };
    char error[128];

    for (size_t i = 0; i < COUNT(rows); i++)
        ck_assert_msg(sentence_check(rows[i].text, error, sizeof error) ==
                          rows[i].good,
                      "%s", rows[i].text);
}
END_TEST

static bool join(const char *name, void *context)
{
    strcat(strcat(context, name), " ");
    return true;
}

START_TEST(a_claim_names_the_facts_of_conditions_and_figure)
{
    struct lesson lesson = lesson_of(
        CLAIM("true=\"a.x>1 & y<2\" false=\"otherwise\" figure=\"{z} {y}\""));
    char names[64] = "";

    ck_assert(claim_names(claim_of(&lesson), join, names));
    ck_assert_str_eq(names, "a.x y z y ");
    lesson_free(&lesson);
}
END_TEST

// ---- What a claim needs -----------------------------------------------------

static char root[TEMPORARY_SIZE]; // of a course

static void put_source(const char *name, const char *text)
{
    char path[2 * TEMPORARY_SIZE];
    FILE *file;

    snprintf(path, sizeof path, "%s/lessons/20_t/%s.c", root, name);
    file = fopen(path, "w");
    ck_assert_ptr_nonnull(file);
    fputs(text, file);
    fclose(file);
}

static void make_sources(void)
{
    char path[2 * TEMPORARY_SIZE];

    temporary_folder(root);
    setenv("TELAR_ROOT", root, 1);
    snprintf(path, sizeof path, "%s/lessons", root);
    ck_assert_int_eq(mkdir(path, 0700), 0);
    snprintf(path, sizeof path, "%s/lessons/20_t", root);
    ck_assert_int_eq(mkdir(path, 0700), 0);
    put_source("p", "fact(\"n\", 1); fact(\"both\", 1);\n");
    put_source("q", "fact(\"m\", 1); fact(\"both\", 1); // not n\n");
}

#define STEP_OF_MANY                                                           \
    "<!-- telar: run program=p as=one -->\n"                                   \
    "<!-- telar: explore program=p as=two -->\n"                               \
    "<!-- telar: run program=q -->\n"                                          \
    "<!-- telar: explore program=q -->\n"

START_TEST(a_claim_needs_the_experiments_that_say_its_facts)
{
    static const struct {
        const char *condition, *needed; // of the four
    } rows[] = {
        {"one.n==1", "1000"},
        {"two.failed==1", "0100"},
        {"explore.failed==1", "0001"},
        {"n==1", "1000"},
        {"m==1", "0010"},
        {"both==1", "1010"},
        {"exit_status==0", "0010"},
        {"one.signal==0", "1000"},
        {"n==1 & explore.failed==1", "1001"},
        {"computed==1", "1111"},
        {"otherwise", "0000"},
    };

    make_sources();
    for (size_t i = 0; i < COUNT(rows); i++) {
        bool needed[ITEM_LIMIT] = {false};
        char pieces[1024], got[8] = "";
        struct lesson lesson;

        snprintf(
            pieces, sizeof pieces,
            STEP_OF_MANY CLAIM("true=\"%s\"") "<!-- telar: run program=p -->\n",
            rows[i].condition);
        lesson = lesson_of(pieces);
        claims_need("20_t", &lesson.steps[1], 4, needed);
        for (int n = 0; n < 4; n++)
            got[n] = needed[n] ? '1' : '0';
        ck_assert_msg(strcmp(got, rows[i].needed) == 0, "%s: %s, not %s",
                      rows[i].condition, got, rows[i].needed);
        ck_assert_msg(!needed[5], "%s: what stands behind it",
                      rows[i].condition);
        lesson_free(&lesson);
    }
    temporary_remove(root);
}
END_TEST

START_TEST(a_fact_can_be_said_by_what_stands_before_the_claim)
{
    static const struct {
        const char *fact;
        bool can;
    } rows[] = {{"one.n", true},    {"two.failed", true},
                {"three.n", false}, {"explore.failed", true},
                {"anything", true}, {"later.n", false}};
    struct lesson lesson = lesson_of(STEP_OF_MANY CLAIM(
        "true=\"n==1\"") "<!-- telar: run program=p as=later -->\n");

    for (size_t i = 0; i < COUNT(rows); i++)
        ck_assert_msg(claims_can_say(&lesson.steps[1], 4, rows[i].fact) ==
                          rows[i].can,
                      "%s", rows[i].fact);
    ck_assert(!claims_can_say(&lesson.steps[1], 0, "anything"));
    ck_assert(!claims_can_say(&lesson.steps[1], 1, "explore.failed"));
    lesson_free(&lesson);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("claim");
    TCase *tests = tcase_create("claim");
    SRunner *runner;
    int failed;

    lang_set("en");
    tcase_add_test(tests, the_first_condition_that_holds_is_the_verdict);
    tcase_add_test(tests, a_figure_holds_the_facts_as_its_language_writes_them);
    tcase_add_test(tests, a_brace_opens_a_fact_or_is_a_mistake);
    tcase_add_test(tests, a_claim_names_the_facts_of_conditions_and_figure);
    tcase_add_test(tests, a_claim_needs_the_experiments_that_say_its_facts);
    tcase_add_test(tests, a_fact_can_be_said_by_what_stands_before_the_claim);
    suite_add_tcase(suite, tests);
    runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed != 0;
}
