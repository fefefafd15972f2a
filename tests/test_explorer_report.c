// test_explorer_report.c - what the engine says, read; what it means, named
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "runtime/message.h"
#include "tools/explorer/build.h"
#include "tools/explorer/names.h"
#include "tools/explorer/report.h"
#include "tools/explorer/sizeof.h"
#include "tools/explorer/tell.h"

// ---- Lines ------------------------------------------------------------------

static bool take(drive_line *line, void *report, const char *text)
{
    char copy[600];

    snprintf(copy, sizeof copy, "%s", text);
    return drive_take(copy, line, report);
}

START_TEST(numbers_of_a_search_arrive)
{
    struct search_report report = {0};

    ck_assert(take(report_take_search, &report, "progress\t7\t2\t1"));
    ck_assert(take(report_take_search, &report, "failed\tdeadlock\t5\t1\t0*2"));
    ck_assert(take(report_take_search, &report, "weak\t0x401000"));
    ck_assert(take(report_take_search, &report, "bound\tsteps\t3\t0x401000"));
    ck_assert(take(report_take_search, &report, "status\t0\t9"));
    ck_assert(take(report_take_search, &report, "states\t4\t00ff"));
    ck_assert(
        take(report_take_search, &report, "done\t1\t9\t3\t0\t1\t5\t0.25"));
    ck_assert_uint_eq(report.executions, 9);
    ck_assert_uint_eq(report.redundant, 3);
    ck_assert_uint_eq(report.first_failure, 5);
    ck_assert(report.exhausted && report.is_complete);
    ck_assert_int_eq(report.first_kind, DEADLOCK);
    ck_assert_str_eq(report.found[DEADLOCK].schedule, "0*2");
    ck_assert_int_eq(report.found[DEADLOCK].preemptions, 1);
    ck_assert_uint_eq(report.weak[0], 0x401000);
    ck_assert_str_eq(report.bounds[0].name, "steps");
    ck_assert_uint_eq(report.states_hash, 255);
    search_report_free(&report);
}
END_TEST

START_TEST(steps_of_a_replay_arrive)
{
    struct replay replay = {0};

    ck_assert(take(report_take_replay, &replay,
                   "step\t1\t2\tWRITE\t0\t0x1000\t4\t7\t0x401000\t3\t1"));
    ck_assert(take(report_take_replay, &replay, "output\t1\t2\ttwo\\nlines"));
    ck_assert(take(report_take_replay, &replay,
                   "failure\tdata_race\t2\t1\t0x1\t0x2\t0x1000\t4\ta\\tb"));
    ck_assert(take(report_take_replay, &replay,
                   "object\t0x1000\tmutex\t1\t1\t0x2\t0\t0\t2,3"));
    ck_assert(take(report_take_replay, &replay, "memory\t0x1000\t00ff"));
    ck_assert_int_eq(replay.steps[0].op, OP_WRITE);
    ck_assert(replay.steps[0].has_value && replay.steps[0].preempts);
    ck_assert_uint_eq(replay.steps[0].value, 7);
    ck_assert_str_eq(replay.outputs[0].text, "two\nlines");
    ck_assert_uint_eq(replay.outputs[0].after_step, 1);
    ck_assert_str_eq(replay.failure.text, "a\tb");
    ck_assert_uint_eq(replay.objects[0].waiter_count, 2);
    ck_assert_int_eq(replay.objects[0].waiters[1], 3);
    ck_assert_uint_eq(replay.memory[0].bytes[1], 255);
    replay_free(&replay);
}
END_TEST

START_TEST(output_in_pieces_is_one_line)
{
    struct replay replay = {0};

    ck_assert(take(report_take_replay, &replay, "output\t1\t0\thel"));
    ck_assert(take(report_take_replay, &replay, "output\t1\t0\tlo\\n"));
    ck_assert(take(report_take_replay, &replay, "output\t1\t0\tnext"));
    ck_assert_uint_eq(replay.output_count, 2);
    ck_assert_str_eq(replay.outputs[0].text, "hello\n");
    replay_free(&replay);
}
END_TEST

static const char *const nonsense[] = {
    "",
    "unknown",
    "progress\t7\t2",
    "progress\t7\t2\t1\t0",
    "progress\t-7\t2\t1",
    "progress\t7x\t2\t1",
    "progress\t99999999999999999999\t2\t1",
    "failed\tnone\t5\t1\t0*2",
    "failed\tsomething\t5\t1\t0*2",
    "weak\t401000",
    "weak\t0xG",
    "weak\t0x11111111111111111",
    "done\t2\t9\t3\t0\t1\t5\t0.25",
    "done\t1\t9\t3\t0\t1\t5\tnan",
    "step\t1\t-2\tWRITE\t0\t0x1000\t4\t7\t0x401000\t3\t1",
    "step\t1\t2\tWROTE\t0\t0x1000\t4\t7\t0x401000\t3\t1",
    "step\t1\t2\tWRITE\t0\t0x1000\t4\t7\t0x401000\t3",
    "output\t1\t2\tbad\\escape",
    "output\t1\t2\tbad\\x0",
    "task\t1\t-1\t0x0\t0x0\tlive\tREAD\t0x0\t0x0\t1\t0",
    "task\t0\t-1\t0x1\t0x1\tdead\tREAD\t0x1\t0x1\t1\t0",
    "object\t0x1000\tmutex\t1\t1\t0x2\t0\t0\t2,,3",
    "memory\t0x1000\t0",
    "memory\t0x1000\t0G",
};

START_TEST(a_line_that_is_none_is_refused)
{
    struct search_report search = {0};
    struct replay replay = {0};

    ck_assert_msg(!take(report_take_search, &search, nonsense[_i]), "%s",
                  nonsense[_i]);
    ck_assert_msg(!take(report_take_replay, &replay, nonsense[_i]), "%s",
                  nonsense[_i]);
    search_report_free(&search);
    replay_free(&replay);
}
END_TEST

START_TEST(every_word_is_its_own)
{
    enum failure_kind kind;

    for (int i = 0; i < FAILURE_KIND_COUNT; i++) {
        ck_assert(kind_named(kind_word((enum failure_kind)i), &kind));
        ck_assert_int_eq(kind, i);
    }
    ck_assert(!kind_named("Data_race", &kind));
    ck_assert_str_eq(operation_name(OP_COND_WAIT), "COND_WAIT");
}
END_TEST

// ---- Names ------------------------------------------------------------------

static const char source[] =
    "#include <pthread.h>\n"
    "enum color { RED, GREEN };\n"
    "struct account { int balance; enum color color; pthread_mutex_t lock; };\n"
    "struct account bank[3];\n"
    "_Atomic unsigned tickets; char letter; _Bool ready; int *where;\n"
    "int grid[2][3]; double ratio; signed char small;\n"
    "struct { struct { int deep; } inner; union { int a; long b; }; } odd;\n"
    "int main(void)\n"
    "{\n"
    "    static int calls;\n"
    "    bank[2].balance = grid[1][2] = calls++; odd.b = letter + ready;\n"
    "    ratio = small; where = &bank[1].balance; tickets++;\n"
    "    return bank[1].color;\n"
    "}\n";

static struct build built;
static struct names *names;

// A program of source, compiled with `cc`. False where there is no such
// compiler.
static bool open_names(const char *cc)
{
    char folder[] = "/tmp/telar-names-XXXXXX", path[60], error[400];
    char *sources[] = {path};
    struct build_request request = {
        .sources = sources, .source_count = 1, .cc = cc};
    FILE *file;

    ck_assert_ptr_nonnull(mkdtemp(folder));
    snprintf(path, sizeof path, "%s/named.c", folder);
    file = fopen(path, "w");
    fputs(source, file);
    fclose(file);
    lang_set("en");
    if (build_program(&request, &built, error, sizeof error))
        names = names_open(built.program, error, sizeof error);
    unlink(path);
    rmdir(folder);
    ck_assert_msg(names || strstr(error, "not installed"), "%s", error);
    return names != NULL;
}

static void close_names(void)
{
    names_close(names);
    names = NULL;
    build_free(&built);
}

static struct global global_named(const char *name)
{
    struct global global;

    for (size_t i = 0; names_global(names, i, &global); i++)
        if (strcmp(global.name, name) == 0)
            return global;
    ck_abort_msg("no global %s", name);
    return global;
}

static const struct {
    const char *global;
    uint64_t offset, size;
    const char *name;
} things[] = {
    {"letter", 0, 1, "letter"},       {"bank", 0, 4, "bank[0].balance"},
    {"bank", 52, 4, "bank[1].color"}, {"bank", 96, 4, "bank[2].balance"},
    {"bank", 56, 0, "bank[1].lock"},  {"bank", 48, 48, "bank[1]"},
    {"grid", 20, 4, "grid[1][2]"},    {"odd", 0, 4, "odd.inner.deep"},
    {"odd", 8, 8, "odd.a"},           {"calls", 0, 4, "calls"},
    {"grid", 1, 1, "grid[0][0]+1"},
};

static const struct {
    const char *global;
    uint64_t offset, size, value;
    const char *text;
} values[] = {
    {"bank", 0, 4, 0xffffffff, "-1"},
    {"bank", 4, 4, 1, "GREEN"},
    {"bank", 4, 4, 77, "77"},
    {"tickets", 0, 4, 0xffffffff, "4294967295"},
    {"letter", 0, 1, 'x', "'x'"},
    {"letter", 0, 1, 7, "7"},
    {"ready", 0, 1, 1, "true"},
    {"where", 0, 8, 0, "NULL"},
    {"small", 0, 1, 255, "-1"},
    {"ratio", 0, 8, 0x3ff8000000000000, "1.5"},
};

static void check_names(const char *cc)
{
    char text[200];

    if (!open_names(cc))
        return;
    for (size_t i = 0; i < sizeof things / sizeof *things; i++) {
        names_what(names,
                   global_named(things[i].global).address + things[i].offset,
                   things[i].size, text, sizeof text);
        ck_assert_str_eq(text, things[i].name);
    }
    for (size_t i = 0; i < sizeof values / sizeof *values; i++) {
        names_value(names,
                    global_named(values[i].global).address + values[i].offset,
                    values[i].size, values[i].value, text, sizeof text);
        ck_assert_str_eq(text, values[i].text);
    }
    close_names();
}

START_TEST(addresses_and_values_have_the_names_of_gcc)
{
    check_names("gcc");
}
END_TEST

START_TEST(addresses_and_values_have_the_names_of_clang)
{
    check_names("clang");
}
END_TEST

START_TEST(a_pointer_is_told_by_what_it_points_to)
{
    char text[200];
    uint64_t target;

    ck_assert(open_names("gcc"));
    target = global_named("bank").address + 48;
    names_value(names, global_named("where").address, 8, target, text,
                sizeof text);
    ck_assert_str_eq(text, "&bank[1].balance");
    names_value(names, global_named("where").address, 8, 0xdead, text,
                sizeof text);
    ck_assert_str_eq(text, "0xdead");
    close_names();
}
END_TEST

START_TEST(a_block_is_told_by_where_it_was_allocated)
{
    struct place place;
    char text[200];

    ck_assert(open_names("gcc"));
    names_block(names, 0x180000010, 16, 0);
    names_what(names, 0x180000014, 4, text, sizeof text);
    ck_assert_str_eq(text, "block of the heap+4");
    names_forget(names);
    names_what(names, 0x180000014, 4, text, sizeof text);
    ck_assert_str_eq(text, "0x180000014");
    ck_assert(!names_place(names, 0, &place));
    ck_assert(!names_place(names, 0x10, &place));
    ck_assert_ptr_null(place.file);
    close_names();
}
END_TEST

static const struct {
    const char *line, *name;
    bool is_struct, is_pointee;
} sizes[] = {
    {"p = malloc(sizeof *p);", "p", false, true},
    {"p = malloc(sizeof(*p));", "p", false, true},
    {"p = malloc( sizeof ( struct node ) );", "node", true, false},
    {"p = calloc(n, sizeof(account_t));", "account_t", false, false},
    {"p = malloc(n * sizeof(int) + 1)", "int", false, false},
    {"p = malloc(my_sizeof(x)); sizeof y", "y", false, false},
    {"p = malloc(sizeof(*p->next));", NULL, false, false},
    {"p = malloc(sizeof(struct node *));", NULL, false, false},
    {"p = malloc(sizeof", NULL, false, false},
    {"p = malloc(8);\nsizeof(int)", NULL, false, false},
};

START_TEST(a_line_says_what_it_allocates)
{
    struct sizeof_words words;
    bool found = sizeof_in_text(sizes[_i].line, &words);

    ck_assert_msg(found == (sizes[_i].name != NULL), "%s", sizes[_i].line);
    if (!found)
        return;
    ck_assert_str_eq(words.name, sizes[_i].name);
    ck_assert(words.is_struct == sizes[_i].is_struct);
    ck_assert(words.is_pointee == sizes[_i].is_pointee);
}
END_TEST

static void add_lines(TCase *lines)
{
    tcase_add_loop_test(lines, a_line_says_what_it_allocates, 0,
                        sizeof sizes / sizeof *sizes);
    tcase_add_test(lines, numbers_of_a_search_arrive);
    tcase_add_test(lines, steps_of_a_replay_arrive);
    tcase_add_test(lines, output_in_pieces_is_one_line);
    tcase_add_loop_test(lines, a_line_that_is_none_is_refused, 0,
                        sizeof nonsense / sizeof *nonsense);
    tcase_add_test(lines, every_word_is_its_own);
}

static void add_names(TCase *all)
{
    tcase_set_timeout(all, 120);
    tcase_add_test(all, addresses_and_values_have_the_names_of_gcc);
    tcase_add_test(all, addresses_and_values_have_the_names_of_clang);
    tcase_add_test(all, a_pointer_is_told_by_what_it_points_to);
    tcase_add_test(all, a_block_is_told_by_where_it_was_allocated);
}

int main(void)
{
    Suite *suite = suite_create("explorer_report");
    TCase *lines = tcase_create("lines"), *all = tcase_create("names");
    SRunner *runner;
    int failed;

    add_lines(lines);
    add_names(all);
    suite_add_tcase(suite, lines);
    suite_add_tcase(suite, all);
    runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed != 0;
}
