// test_course.c - finding the course, keeping files, showing strange bytes
#include <check.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/temporary.h"
#include "tools/course/course.h"
#include "tools/course/keep.h"
#include "tools/course/near.h"
#include "tools/course/scratch.h"
#include "tools/course/terminal.h"
#include "tools/course/units.h"

static char root[TEMPORARY_SIZE];

static void make_course(void)
{
    static const char *const folders[] = {"lessons", "lessons/02_pipes",
                                          "lessons/00_start", "lessons/draft",
                                          "lessons/13_x"};
    char path[TEMPORARY_SIZE + 32];

    temporary_folder(root);
    for (size_t i = 0; i < sizeof folders / sizeof *folders; i++) {
        snprintf(path, sizeof path, "%s/%s", root, folders[i]);
        ck_assert_int_eq(mkdir(path, 0777), 0);
    }
    setenv("TELAR_ROOT", root, 1);
    unsetenv("TELAR_STATE");
}

static void remove_course(void)
{
    temporary_remove(root);
}

START_TEST(lessons_are_found_by_number_and_by_topic)
{
    static const struct {
        const char *asked, *found;
    } rows[] = {
        {"02", "02_pipes"},    {"2", "02_pipes"},
        {"pipes", "02_pipes"}, {"02_pipes", "02_pipes"},
        {"0", "00_start"},     {"13", "13_x"},
        {"3", NULL},           {"", NULL},
        {"draft", NULL},       {"pipe", NULL},
        {"-2", NULL},          {"2x", NULL},
        {"../lessons", NULL},
    };

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char *found = course_find("lessons", rows[i].asked);

        if (rows[i].found)
            ck_assert_str_eq(found, rows[i].found);
        else
            ck_assert_ptr_null(found);
        free(found);
    }
}
END_TEST

START_TEST(lessons_are_listed_in_order)
{
    char **names;
    size_t count = course_list("lessons", &names);

    ck_assert_uint_eq(count, 3);
    ck_assert_str_eq(names[0], "00_start");
    ck_assert_str_eq(names[2], "13_x");
    course_free(names, count);
    ck_assert_uint_eq(course_list("labs", &names), 0);
    course_free(names, 0);
}
END_TEST

START_TEST(state_lies_in_the_root_unless_told)
{
    char expected[TEMPORARY_SIZE + 32];
    char *path = course_state_path("labs/%s.json", "02_pipes");

    snprintf(expected, sizeof expected, "%s/.telar/labs/02_pipes.json", root);
    ck_assert_str_eq(path, expected);
    free(path);
}
END_TEST

START_TEST(kept_file_reads_back_and_folders_are_made)
{
    char *path = course_state_path("a/b/c.json");
    size_t size;
    char *text;

    ck_assert(keep_write(path, "one\0two", 7));
    text = keep_read(path, 100, &size);
    ck_assert_uint_eq(size, 7);
    ck_assert_int_eq(memcmp(text, "one\0two", 8), 0);
    free(text);
    ck_assert_ptr_null(keep_read(path, 6, NULL));
    ck_assert_int_eq(errno, EFBIG);
    free(path);
}
END_TEST

START_TEST(only_regular_files_are_read)
{
    char *pipe_path = course_path("fifo");

    ck_assert_int_eq(mkfifo(pipe_path, 0600), 0);
    ck_assert_ptr_null(keep_read(pipe_path, 100, NULL));
    ck_assert_int_eq(errno, EINVAL);
    ck_assert_ptr_null(keep_read(root, 100, NULL));
    ck_assert_int_eq(errno, EINVAL);
    ck_assert_ptr_null(keep_read("/not/there", 100, NULL));
    ck_assert_int_eq(errno, ENOENT);
    free(pipe_path);
}
END_TEST

START_TEST(failed_write_leaves_the_old_content)
{
    static const char big[4096];
    char *path = course_path("full");
    char *text, *beside;
    pid_t child;
    int status;

    ck_assert(keep_write(path, "old", 3));
    // A limit on the file's size stands for a full disk.
    child = fork();
    if (child == 0) {
        const struct rlimit limit = {1000, 1000};

        signal(SIGXFSZ, SIG_IGN);
        setrlimit(RLIMIT_FSIZE, &limit);
        _exit(keep_write(path, big, sizeof big) ? 1 : errno == EFBIG ? 0 : 2);
    }
    ck_assert_int_eq(waitpid(child, &status, 0), child);
    ck_assert_int_eq(status, 0);
    ck_assert(asprintf(&beside, "%s.new-%d", path, (int)child) > 0);
    ck_assert_int_ne(access(beside, F_OK), 0); // nor what was half written
    free(beside);
    free(path);
    path = course_path("full/below");
    ck_assert(!keep_write(path, "new", 3));
    ck_assert_int_eq(errno, ENOTDIR);
    free(path);
    path = course_path("full");
    text = keep_read(path, 10, NULL);
    ck_assert_str_eq(text, "old");
    free(text);
    free(path);
}
END_TEST

static void write_for_ever(const char *path)
{
    static char a[65536], b[65536];

    memset(a, 'a', sizeof a);
    memset(b, 'b', sizeof b);
    for (;;) {
        keep_write(path, a, sizeof a);
        keep_write(path, b, sizeof b);
    }
}

START_TEST(killed_writer_leaves_a_whole_file)
{
    char *path = course_path("victim");

    ck_assert(keep_write(path, "begin", 5));
    for (int i = 0; i < 40; i++) {
        pid_t child = fork();
        size_t size;
        char *text;

        if (child == 0)
            write_for_ever(path);
        for (int looks = 0; looks < 20 + 7 * i; looks++)
            free(keep_read(path, 1 << 20, NULL));
        kill(child, SIGKILL);
        waitpid(child, NULL, 0);
        text = keep_read(path, 1 << 20, &size);
        ck_assert(size == 5 || size == 65536);
        ck_assert(size == 5 || text[0] == text[65535]);
        free(text);
    }
    free(path);
}
END_TEST

static void check_printed(const char *bytes, size_t size, const char *expected)
{
    char *text;
    size_t length;
    FILE *out = open_memstream(&text, &length);

    print_printable(out, bytes, size);
    fclose(out);
    ck_assert_str_eq(text, expected);
    free(text);
}

START_TEST(strange_bytes_are_shown_and_do_nothing)
{
    static const struct {
        const char *bytes, *expected;
    } rows[] = {
        {"plain\n\ttext", "plain\n\ttext"},
        {"ñandú → ok", "ñandú → ok"},
        {"\033[2J", "\\x1b[2J"},
        {"a\rb\bc\177", "a\\x0db\\x08c\\x7f"},
        {"\xff\xc3(", "\\xff\\xc3("},
        {"\xc0\xaf", "\\xc0\\xaf"},
        {"\xed\xa0\x80", "\\xed\\xa0\\x80"},
        {"\xc2\x9b"
         "31m",
         "\\xc2\\x9b31m"},
        {"\xe2\x80\xae", "\\xe2\\x80\\xae"},
        {"\xf0\x9f\x98\x80", "\xf0\x9f\x98\x80"},
        {"cut \xe2\x82", "cut \\xe2\\x82"},
    };

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        check_printed(rows[i].bytes, strlen(rows[i].bytes), rows[i].expected);
    check_printed("a\0b", 3, "a\\x00b");
}
END_TEST

START_TEST(no_escape_sequence_without_a_terminal)
{
    int nowhere = open("/dev/null", O_WRONLY);

    dup2(nowhere, STDOUT_FILENO);
    ck_assert(terminal_setup(false, "light"));
    ck_assert_str_eq(style(BAD), "");
    ck_assert(!terminal_setup(false, "pink"));
}
END_TEST

// ---- Scratch folders --------------------------------------------------------

static int count_below(const char *folder)
{
    struct dirent **entries;
    int count = scandir(folder, &entries, NULL, alphasort);

    for (int i = 0; i < count; i++)
        free(entries[i]);
    free(entries);
    return count - 2; // . and ..
}

static void empty_course(void)
{
    char lessons[TEMPORARY_SIZE + 32];

    snprintf(lessons, sizeof lessons, "%s/lessons", root);
    temporary_remove(lessons);
}

START_TEST(a_number_and_its_unit_stay_in_one_line)
{
    static const struct {
        const char *plain, *bound;
    } texts[] = {
        {"el 47 % de lo libre", "el 47\u00a0% de lo libre"},
        {"{best_percent} %, {worst} KiB",
         "{best_percent}\u00a0%, {worst}\u00a0KiB"},
        {"3 × 100 ms. 16 384 piezas", "3 × 100\u00a0ms. 16\u00a0384 piezas"},
        {"2 segundos, 5 msg, 1 2000, en 2008 y 100", NULL},
        {" %, a %, x {y} z", NULL},
        {"", NULL},
    };

    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        const char *bound = texts[i].bound ? texts[i].bound : texts[i].plain;
        char *got = units_bind(texts[i].plain);

        ck_assert_str_eq(got, bound);
        ck_assert_str_eq(units_unbind(got), texts[i].plain);
        free(got);
    }
}
END_TEST

START_TEST(the_nearest_name_is_found_if_one_is_near)
{
    static char one[] = "02_pipes", two[] = "09_gil";
    char *names[] = {one, two};
    static const struct {
        const char *asked, *near;
    } rows[] = {
        {"pips", one}, {"02_pipse", one}, {"gill", two}, {"12", NULL},
        {"", NULL},    {"heap", NULL},    {"x", NULL},
    };

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        ck_assert_ptr_eq(near_name(names, 2, rows[i].asked), rows[i].near);
    ck_assert_ptr_null(near_name(names, 0, "gil"));
}
END_TEST

START_TEST(scratch_is_removed_with_all_that_is_in_it)
{
    char closed[TEMPORARY_SIZE + 64];

    setenv("TMPDIR", root, 1);
    empty_course();
    ck_assert_ptr_nonnull(scratch_make("lesson"));
    snprintf(closed, sizeof closed, "%s/closed", scratch_path());
    ck_assert_int_eq(mkdir(closed, 0700), 0);
    strcat(closed, "/file");
    close(open(closed, O_WRONLY | O_CREAT, 0600));
    *strrchr(closed, '/') = '\0';
    chmod(closed, 0);
    scratch_remove();
    ck_assert_str_eq(scratch_path(), "");
    ck_assert_int_eq(count_below(root), 0);
}
END_TEST

// In a process of its own, which SIGKILL ends.
static void make_scratch_and_die(const char *kind)
{
    pid_t child = fork();

    if (child == 0) {
        scratch_make(kind);
        raise(SIGKILL);
    }
    ck_assert_int_eq(waitpid(child, NULL, 0), child);
}

START_TEST(a_sweep_removes_what_the_dead_left_and_no_more)
{
    setenv("TMPDIR", root, 1);
    empty_course();
    make_scratch_and_die("lesson");
    make_scratch_and_die("check");
    ck_assert_ptr_nonnull(scratch_make("lesson"));
    ck_assert_int_eq(count_below(root), 3);
    scratch_sweep("lesson");
    ck_assert_int_eq(count_below(root), 2);
    ck_assert_int_eq(access(scratch_path(), F_OK), 0);
    scratch_sweep("check");
    ck_assert_int_eq(count_below(root), 1);
    scratch_remove();
}
END_TEST

START_TEST(no_place_for_scratch_is_an_error)
{
    char nowhere[TEMPORARY_SIZE + 32];

    snprintf(nowhere, sizeof nowhere, "%s/nowhere", root);
    setenv("TMPDIR", nowhere, 1);
    ck_assert_ptr_null(scratch_make("lesson"));
    ck_assert_int_eq(errno, ENOENT);
    ck_assert_str_eq(scratch_path(), "");
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("course");
    TCase *all = tcase_create("all");
    SRunner *runner;
    int failed;

    tcase_set_timeout(all, 60);
    tcase_add_checked_fixture(all, make_course, remove_course);
    tcase_add_test(all, lessons_are_found_by_number_and_by_topic);
    tcase_add_test(all, lessons_are_listed_in_order);
    tcase_add_test(all, state_lies_in_the_root_unless_told);
    tcase_add_test(all, kept_file_reads_back_and_folders_are_made);
    tcase_add_test(all, only_regular_files_are_read);
    tcase_add_test(all, failed_write_leaves_the_old_content);
    tcase_add_test(all, killed_writer_leaves_a_whole_file);
    tcase_add_test(all, strange_bytes_are_shown_and_do_nothing);
    tcase_add_test(all, no_escape_sequence_without_a_terminal);
    tcase_add_test(all, a_number_and_its_unit_stay_in_one_line);
    tcase_add_test(all, the_nearest_name_is_found_if_one_is_near);
    tcase_add_test(all, scratch_is_removed_with_all_that_is_in_it);
    tcase_add_test(all, a_sweep_removes_what_the_dead_left_and_no_more);
    tcase_add_test(all, no_place_for_scratch_is_an_error);
    suite_add_tcase(suite, all);
    runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed != 0;
}
