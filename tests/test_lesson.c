// test_lesson.c - lessons read, code cut by marks, answers files, Markdown
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "runtime/message.h"
#include "tests/temporary.h"
#include "tools/course/terminal.h"
#include "tools/player/answers.h"
#include "tools/player/lesson.h"
#include "tools/player/render.h"
#include "tools/player/show.h"

#define COUNT(rows) (sizeof(rows) / sizeof *(rows))
#define STEP "# 02 · Pipes\n<!-- telar: step id=one -->\n## One\n"
#define ASK "<!-- telar: ask id=q type=number answer=n -->\n"
#define END "<!-- telar: end -->\n"
#define RUN "<!-- telar: run program=p -->\n"

static bool parse(const char *text, struct lesson *lesson, char error[512])
{
    *error = '\0';
    return lesson_parse("l.md", text, strlen(text), lesson, error, 512);
}

START_TEST(a_lesson_is_its_steps_and_their_pieces_in_order)
{
    const char *text =
        "\xef\xbb\xbf# 02 · Pipes\r\nIntro.\n\n<!-- plain\n comment -->\n"
        "<!-- telar: note -->\nFor you.\n" END
        "<!-- telar: step id=one -->\n\n## First one \n"
        "<!-- telar: time minutes=8 -->\nText.\n\n"
        "<!-- telar: show file=a.c mark=m lines=3 -->\n" ASK
        "How many?\n\n- a\n" END
        "<!-- telar: run program=p args=\"a \\\"b\\\" \\\\\" input=\"x\\ny\" "
        "as=first -->\n"
        "```\n<!-- telar: unknown -->\n## no title\n```\n"
        "<!-- telar: claim id=c source=\"000 a\" true=\"n > 1\" -->\nIt.\n" END
        "<!-- telar: step id=two -->\n## Two\nx --> y";
    static const enum verb verbs[] = {VERB_TEXT, VERB_SHOW, VERB_ASK,
                                      VERB_RUN,  VERB_TEXT, VERB_CLAIM};
    struct lesson lesson;
    struct step *one;
    char error[512];

    ck_assert_msg(parse(text, &lesson, error), "%s", error);
    ck_assert_uint_eq(lesson.step_count, 3);
    ck_assert_str_eq(lesson.steps[0].title, "02 · Pipes");
    ck_assert_str_eq(lesson.steps[0].id, "");
    ck_assert_uint_eq(lesson.steps[0].item_count, 2);
    ck_assert_str_eq(lesson.steps[0].items[1].body, "For you.\n");
    one = &lesson.steps[1];
    ck_assert_str_eq(one->title, "First one ");
    ck_assert_int_eq(one->minutes, 8);
    ck_assert_uint_eq(one->item_count, COUNT(verbs));
    for (size_t i = 0; i < COUNT(verbs); i++)
        ck_assert_int_eq(one->items[i].verb, verbs[i]);
    ck_assert_str_eq(one->items[0].body, "Text.\n\n");
    ck_assert_int_eq(one->items[1].line, 15);
    ck_assert_str_eq(one->items[2].body, "How many?\n\n- a\n");
    ck_assert_str_eq(item_value(&one->items[3], "args"), "a \"b\" \\");
    ck_assert_str_eq(item_value(&one->items[3], "input"), "x\ny");
    ck_assert_ptr_nonnull(strstr(one->items[4].body, "telar: unknown"));
    ck_assert_str_eq(item_value(&one->items[5], "source"), "000 a");
    ck_assert_str_eq(lesson.steps[2].items[0].body, "x --> y");
    ck_assert_uint_eq(lesson_step_named(&lesson, "2"), 2);
    ck_assert_uint_eq(lesson_step_named(&lesson, "one"), 1);
    ck_assert_uint_eq(lesson_step_named(&lesson, "0"), 0);
    ck_assert_uint_eq(lesson_step_named(&lesson, "3"), 0);
    ck_assert_uint_eq(lesson_step_named(&lesson, "three"), 0);
    lesson_free(&lesson);
}
END_TEST

START_TEST(comments_and_blank_text_leave_nothing_behind)
{
    struct lesson lesson;
    char error[512];

    ck_assert(
        parse(STEP "\n \n<!-- not\nshown -->\n" RUN "\n\n", &lesson, error));
    ck_assert_uint_eq(lesson.steps[1].item_count, 1);
    ck_assert_int_eq(lesson.steps[1].items[0].line, 8);
    lesson_free(&lesson);
}
END_TEST

struct mistake {
    const char *text, *complaint;
};

static void check_mistakes(const struct mistake *rows, size_t count)
{
    struct lesson lesson;
    char error[512];

    for (size_t i = 0; i < count; i++) {
        ck_assert_msg(!parse(rows[i].text, &lesson, error), "%s", rows[i].text);
        ck_assert_msg(
            strncmp(error, rows[i].complaint, strlen(rows[i].complaint)) == 0,
            "%s\n--> %s\nwanted %s", rows[i].text, error, rows[i].complaint);
    }
}

START_TEST(mistakes_in_titles_and_steps_are_told_with_file_and_line)
{
    static const struct mistake rows[] = {
        {"", "l.md:1: the first line"},
        {"Pipes\n", "l.md:1: the first line"},
        {"## 02\n", "l.md:1: the first line"},
        {"# 02 · Pipes\nNothing.\n", "l.md:2: the lesson has no step"},
        {"# 02\n" RUN, "l.md:2: \"run\" before the first step"},
        {"# 02\n<!-- telar: step -->\n", "l.md:2: \"step\" needs id="},
        {"# 02\n<!-- telar: step id=\"A b\" -->\n", "l.md:2: id=A b cannot"},
        {"# 02\n<!-- telar: step id=2 -->\n## T\n", "l.md:2: the id of a step"},
        {"# 02\n<!-- telar: step id=a -->\nText\n",
         "l.md:3: expected the title"},
        {"# 02\n<!-- telar: step id=a -->\n\n", "l.md:2: step \"a\" has no"},
        {"# 02\n<!-- telar: step id=a -->\n" RUN, "l.md:3: the title"},
        {"# 02\n<!-- telar: step id=a -->\n##  \n", "l.md:3: the title is"},
        {STEP "## Two\n", "l.md:4: a step has one title"},
        {STEP "<!-- telar: step id=one -->\n## T\n", "l.md:4: a second step"},
    };

    check_mistakes(rows, COUNT(rows));
}
END_TEST

START_TEST(what_is_no_directive_is_told_with_file_and_line)
{
    static const struct mistake rows[] = {
        {STEP "<!-- telar: stpe id=x -->\n", "l.md:4: unknown directive "
                                             "\"stpe\""},
        {STEP "<!-- telar: -->\n", "l.md:4: unknown directive"},
        {STEP "<!-- telar run -->\n", "l.md:4: a directive is one line"},
        {STEP "<!--Telar: run -->\n", "l.md:4: a directive is one line"},
        {STEP "<!-- telar: run program=p\n -->\n", "l.md:4: a directive is"},
        {STEP "<!-- telar: run program=p --> x\n", "l.md:4: a directive is"},
        {STEP "text <!-- telar: run program=p -->\n",
         "l.md:4: a directive stands"},
    };

    check_mistakes(rows, COUNT(rows));
}
END_TEST

START_TEST(mistakes_in_what_a_run_is_told_are_told_with_file_and_line)
{
    static const struct mistake rows[] = {
        {STEP "<!-- telar: run -->\n", "l.md:4: \"run\" needs program="},
        {STEP "<!-- telar: run p -->\n", "l.md:4: expected key=value at \"p\""},
        {STEP "<!-- telar: run program=../p -->\n", "l.md:4: program=../p"},
        {STEP "<!-- telar: run program=.p -->\n", "l.md:4: program=.p cannot"},
        {STEP "<!-- telar: run program=p program=q -->\n",
         "l.md:4: program= twice"},
        {STEP "<!-- telar: run program=p speed=3 -->\n",
         "l.md:4: \"run\" has no \"speed\""},
        {STEP "<!-- telar: run program=p stdio=socket -->\n",
         "l.md:4: stdio=socket cannot be"},
        {STEP "<!-- telar: run program=p timeout=9999 -->\n",
         "l.md:4: timeout=9999 cannot be"},
        {STEP "<!-- telar: run program=p timeout=-1 -->\n",
         "l.md:4: timeout=-1 cannot be"},
        {STEP "<!-- telar: run program=p args=\"x -->\n",
         "l.md:4: the quotes of args="},
        {STEP "<!-- telar: run program=p args=\"\\x\" -->\n",
         "l.md:4: the quotes of args="},
        {STEP "<!-- telar: run program=p args=\"x\"y -->\n",
         "l.md:4: the quotes of args="},
    };

    check_mistakes(rows, COUNT(rows));
}
END_TEST

START_TEST(mistakes_in_what_refers_to_a_run_are_told_with_file_and_line)
{
    static const struct mistake rows[] = {
        {STEP "<!-- telar: run program=p as=x -->\n"
              "<!-- telar: run program=p as=x -->\n",
         "l.md:5: a run of this step is already called \"x\""},
        {STEP "<!-- telar: view run=x -->\n", "l.md:4: no run before it"},
        {STEP "<!-- telar: run program=p order=maybe -->\n",
         "l.md:4: order=maybe cannot be"},
        {STEP "<!-- telar: run program=p as=x order=no -->\n"
              "<!-- telar: view run=x -->\n",
         "l.md:5: no run before it in this step has as=x (without order=no, or "
         "with record=yes)"},
        {STEP "<!-- telar: ask id=q type=order a=x b=y -->\nWhich?\n" END
              "<!-- telar: run program=p order=no -->\n",
         "l.md:4: \"q\" asks for an order, and the run"},
        {STEP "<!-- telar: ask id=q type=order a=x b=y -->\nWhich?\n" END
              "<!-- telar: explore program=p -->\n",
         "l.md:4: no run of this step answers \"q\""},
        {STEP "<!-- telar: run program=p as=x -->\n"
              "<!-- telar: explore program=p as=x -->\n",
         "l.md:5: a run of this step is already called \"x\""},
        {STEP "<!-- telar: explore program=p points=most -->\n",
         "l.md:4: points=most cannot be"},
        {STEP "<!-- telar: explore program=p keep_going=1 -->\n",
         "l.md:4: keep_going=1 cannot be"},
        {STEP "<!-- telar: explore args=p -->\n",
         "l.md:4: \"explore\" needs program="},
        {STEP "<!-- telar: play program=p as=x -->\n",
         "l.md:4: \"play\" has no \"as\""},
    };

    check_mistakes(rows, COUNT(rows));
}
END_TEST

START_TEST(mistakes_in_questions_are_told_with_file_and_line)
{
    static const struct mistake rows[] = {
        {STEP ASK "text\n" RUN, "l.md:4: \"ask\" has no end before line 6"},
        {STEP ASK "text\n", "l.md:4: \"ask\" has no end"},
        {STEP "<!-- telar: note -->\ntext\n", "l.md:4: \"note\" has no end"},
        {STEP ASK "\n" END, "l.md:4: \"ask\" says nothing"},
        {STEP END, "l.md:4: \"end\" without"},
        {STEP ASK "text\n" END, "l.md:4: no run of this step answers \"q\""},
        {STEP RUN ASK "text\n" END "<!-- telar: step id=two -->\n## T\n" RUN,
         "l.md:5: no run of this step answers \"q\""},
        {STEP ASK "text\n" END ASK "text\n" END RUN, "l.md:7: a second ask"},
        {STEP "<!-- telar: ask id=q type=riddle answer=n -->\n",
         "l.md:4: type=riddle cannot be"},
        {STEP "<!-- telar: ask id=q type=number -->\n",
         "l.md:4: answer= and within="},
        {STEP "<!-- telar: ask id=q type=number answer=1 -->\n",
         "l.md:4: answer=1 cannot be"},
        {STEP "<!-- telar: ask id=q type=number answer=n a=\"n > 1\" -->\n",
         "l.md:4: type=number has no options"},
        {STEP "<!-- telar: ask id=q type=choice a=otherwise -->\n",
         "l.md:4: options are"},
        {STEP "<!-- telar: ask id=q type=choice a=\"n==1\" c=otherwise -->\n",
         "l.md:4: options are"},
        {STEP "<!-- telar: ask id=q type=choice a=\"n=1\" b=otherwise -->\n",
         "l.md:4: a=\"n=1\" is no condition: one of =="},
    };

    check_mistakes(rows, COUNT(rows));
}
END_TEST

START_TEST(mistakes_in_claims_are_told_with_file_and_line)
{
    static const struct mistake rows[] = {
        {STEP "<!-- telar: claim id=c source=000 -->\n",
         "l.md:4: \"claim\" needs true="},
        {STEP "<!-- telar: claim id=c true=\"n==1\" -->\n",
         "l.md:4: \"claim\" needs source="},
        {STEP "<!-- telar: claim id=c source=0 true=\"n==1\" -->\nx\n" END
              "<!-- telar: step id=two -->\n## T\n"
              "<!-- telar: claim id=c source=0 true=\"n==1\" -->\nx\n" END,
         "l.md:9: a second claim with id=c"},
    };

    check_mistakes(rows, COUNT(rows));
}
END_TEST

START_TEST(mistakes_in_code_and_comments_are_told_with_file_and_line)
{
    static const struct mistake rows[] = {
        {STEP "<!-- telar: show file=a.c lines=3 -->\n", "l.md:4: lines= and"},
        {STEP "<!-- telar: show file=a.c mark=m lines=3 to=n -->\n",
         "l.md:4: lines= and to= together"},
        {STEP "```c\ntext\n", "l.md:4: the code fence is not closed"},
        {STEP "~~~~\n~~~\n", "l.md:4: the code fence is not closed"},
        {STEP "<!-- comment\n", "l.md:4: the comment is not closed"},
        {STEP "text \033[2J\n", "l.md:4: a control character"},
    };

    check_mistakes(rows, COUNT(rows));
}
END_TEST

START_TEST(a_nul_byte_is_no_lesson)
{
    const char text[] = STEP "a\0b";
    struct lesson lesson;
    char error[512];

    ck_assert(!lesson_parse("l.md", text, sizeof text - 1, &lesson, error,
                            sizeof error));
    ck_assert_ptr_nonnull(strstr(error, "l.md:4: a NUL byte"));
}
END_TEST

START_TEST(a_lesson_is_bounded)
{
    char *text = calloc(1, 64 * (STEP_LIMIT + 2)), *at = text, error[512];
    struct lesson lesson;

    at += sprintf(at, "# 02\n");
    for (int i = 1; i < STEP_LIMIT; i++)
        at += sprintf(at, "<!-- telar: step id=s%d -->\n## T\n", i);
    ck_assert_msg(parse(text, &lesson, error), "%s", error);
    lesson_free(&lesson);
    sprintf(at, "<!-- telar: step id=more -->\n## T\n");
    ck_assert(!parse(text, &lesson, error));
    ck_assert_ptr_nonnull(strstr(error, "too many steps"));
    free(text);
}
END_TEST

// ---- Code by mark -----------------------------------------------------------

static const char code[] = "int a;\n"                         // 1
                           "\n"                               // 2
                           "int main(void) // [main]\n"       // 3
                           "{\n"                              // 4
                           "    if (a) { // [if]\n"           // 5
                           "        puts(\"}\"); // [puts]\n" // 6
                           "        a++; // }\n"              // 7
                           "    }\n"                          // 8
                           "\n"                               // 9
                           "    return 0; // why // [end]\n"  // 10
                           "}\n"                              // 11
                           "int b; // [twice]\n"              // 12
                           "int c; // [twice]\n"              // 13
                           "int d; // [no mark] more\n";      // 14

START_TEST(a_mark_shows_its_lines)
{
    static const struct {
        const char *mark, *to;
        int lines, first, last;
    } rows[] = {
        {NULL, NULL, 0, 1, 14},    {"main", NULL, 0, 3, 8},
        {"if", NULL, 0, 5, 8},     {"puts", NULL, 0, 6, 7},
        {"end", NULL, 0, 10, 10},  {"main", NULL, 2, 3, 4},
        {"end", NULL, 99, 10, 14}, {"main", "end", 0, 3, 10},
        {"if", "if", 0, 5, 5},
    };
    struct cut cut;
    char error[256];

    for (size_t i = 0; i < COUNT(rows); i++) {
        ck_assert(show_cut(code, rows[i].mark, rows[i].to, rows[i].lines, &cut,
                           error, sizeof error));
        ck_assert_msg(cut.first_line == rows[i].first &&
                          cut.last_line == rows[i].last,
                      "row %zu: %d to %d", i, cut.first_line, cut.last_line);
    }
}
END_TEST

START_TEST(a_mark_that_is_not_there_once_is_told)
{
    struct cut cut;
    char error[256];

    ck_assert(!show_cut(code, "none", NULL, 0, &cut, error, sizeof error));
    ck_assert_ptr_nonnull(strstr(error, "// [none]"));
    ck_assert(!show_cut(code, "twice", NULL, 0, &cut, error, sizeof error));
    ck_assert_ptr_nonnull(strstr(error, "lines 12 and 13"));
    ck_assert(!show_cut(code, "no mark", NULL, 0, &cut, error, sizeof error));
    ck_assert(!show_cut(code, "end", "if", 0, &cut, error, sizeof error));
    ck_assert(!show_cut("", "x", NULL, 0, &cut, error, sizeof error));
}
END_TEST

START_TEST(code_is_shown_without_its_marks)
{
    char *text;
    size_t size;
    FILE *out = open_memstream(&text, &size);

    show_print(out, "a.c", code, (struct cut){10, 11});
    fclose(out);
    ck_assert_str_eq(text, "      a.c\n    10      return 0; // why\n"
                           "    11  }\n");
    free(text);
}
END_TEST

// ---- Answers files ----------------------------------------------------------

static bool read_answers(const char *text, struct lesson *lesson,
                         struct answers *answers, char error[512])
{
    char path[TEMPORARY_SIZE];
    bool read;
    int fd;

    temporary_path(path, "telar-test-XXXXXX");
    fd = mkstemp(path);
    ck_assert_int_ge(fd, 0);
    ck_assert_int_eq(write(fd, text, strlen(text)), (int)strlen(text));
    close(fd);
    *answers = (struct answers){0};
    read = answers_read(path, lesson, answers, error, 512);
    unlink(path);
    return read;
}

START_TEST(answers_come_from_a_file)
{
    struct lesson lesson;
    struct answers answers;
    char error[512];

    ck_assert(parse(STEP ASK "How?\n" END RUN, &lesson, error));
    ck_assert_msg(read_answers("# mine\r\n\n one/q = 64 KiB \r\n", &lesson,
                               &answers, error),
                  "%s", error);
    ck_assert_str_eq(answers_find(&answers, &lesson.steps[1].items[0]),
                     "65536");
    ck_assert_ptr_null(answers_find(&answers, &lesson.steps[1].items[1]));
    answers_free(&answers);
    lesson_free(&lesson);
}
END_TEST

START_TEST(answers_to_nothing_are_told_with_their_line)
{
    static const struct {
        const char *text, *complaint;
    } rows[] = {
        {"\none/p = 3\n", ":2: this lesson has no question \"one/p\""},
        {"two/q = 3\n", ":1: this lesson has no question"},
        {"q = 3\n", ":1: this lesson has no question"},
        {"one/q = many\n", ":1: \"many\" does not answer one/q"},
        {"one/q =\n", ":1: \"\" does not answer"},
        {"one/q 3\n", ":1: expected step/question = answer"},
    };
    struct lesson lesson;
    struct answers answers;
    char error[512];

    ck_assert(parse(STEP ASK "How?\n" END RUN, &lesson, error));
    for (size_t i = 0; i < COUNT(rows); i++) {
        ck_assert(!read_answers(rows[i].text, &lesson, &answers, error));
        ck_assert_msg(strstr(error, rows[i].complaint), "%s", error);
        answers_free(&answers);
    }
    ck_assert(!answers_read("/not/there", &lesson, &answers, error, 512));
    lesson_free(&lesson);
}
END_TEST

// ---- Markdown ---------------------------------------------------------------

START_TEST(plain_markdown_keeps_code_and_dashes_and_no_escape)
{
    char *text =
        render_markdown("Run `ls -a` -- **now**:\n\n- a) one\n- two\n"
                        "\n### More\n\n    code\n\n> **En Python…** x\n",
                        60, false);

    ck_assert_str_eq(text, "    Run `ls -a` -- now:\n\n      a) one\n"
                           "      - two\n\nMore\n\n        code\n\n"
                           "      | En Python… x\n");
    free(text);
}
END_TEST

START_TEST(coloured_markdown_uses_the_colours_of_the_theme)
{
    char *text;

    terminal.plain = false;
    terminal.theme = THEME_LIGHT;
    text = render_markdown("`ls` **b**\n", 60, false);
    ck_assert_ptr_nonnull(strstr(text, style(ON_STDOUT)));
    ck_assert_ptr_null(strstr(text, "\033[1;94m"));
    ck_assert_ptr_null(strchr(text, '`'));
    free(text);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("lesson");
    TCase *all = tcase_create("all");
    SRunner *runner;
    int failed;

    lang_set("en");
    tcase_set_timeout(all, 20);
    tcase_add_test(all, a_lesson_is_its_steps_and_their_pieces_in_order);
    tcase_add_test(all, comments_and_blank_text_leave_nothing_behind);
    tcase_add_test(all,
                   mistakes_in_titles_and_steps_are_told_with_file_and_line);
    tcase_add_test(all, what_is_no_directive_is_told_with_file_and_line);
    tcase_add_test(all,
                   mistakes_in_what_a_run_is_told_are_told_with_file_and_line);
    tcase_add_test(
        all, mistakes_in_what_refers_to_a_run_are_told_with_file_and_line);
    tcase_add_test(all, mistakes_in_questions_are_told_with_file_and_line);
    tcase_add_test(all, mistakes_in_claims_are_told_with_file_and_line);
    tcase_add_test(all,
                   mistakes_in_code_and_comments_are_told_with_file_and_line);
    tcase_add_test(all, a_nul_byte_is_no_lesson);
    tcase_add_test(all, a_lesson_is_bounded);
    tcase_add_test(all, a_mark_shows_its_lines);
    tcase_add_test(all, a_mark_that_is_not_there_once_is_told);
    tcase_add_test(all, code_is_shown_without_its_marks);
    tcase_add_test(all, answers_come_from_a_file);
    tcase_add_test(all, answers_to_nothing_are_told_with_their_line);
    tcase_add_test(all, plain_markdown_keeps_code_and_dashes_and_no_escape);
    tcase_add_test(all, coloured_markdown_uses_the_colours_of_the_theme);
    suite_add_tcase(suite, all);
    runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed != 0;
}
