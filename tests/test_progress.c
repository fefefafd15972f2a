// test_progress.c - what a student did is on the disk, whole, whatever happens
#include <check.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "runtime/message.h"
#include "tests/temporary.h"
#include "tools/course/keep.h"
#include "tools/player/progress.h"

static char state[TEMPORARY_SIZE];
static char notice[512];

static void begin(void)
{
    temporary_folder(state);
    setenv("TELAR_STATE", state, 1);
    lang_set("en");
}

static void end(void)
{
    temporary_remove(state);
}

static enum progress_opening reopen(struct progress *progress)
{
    return progress_open("02_pipes", true, progress, notice, sizeof notice);
}

static void put_file(const char *name, const char *text)
{
    char path[TEMPORARY_SIZE + 64];

    snprintf(path, sizeof path, "%s/lessons/%s", state, name);
    ck_assert(keep_write(path, text, strlen(text)));
}

static bool has_file(const char *name)
{
    char path[TEMPORARY_SIZE + 64];

    snprintf(path, sizeof path, "%s/lessons/%s", state, name);
    return access(path, F_OK) == 0;
}

static const char lesson_text[] = "# 02 · Pipes\n"
                                  "<!-- telar: step id=one -->\n## One\n"
                                  "<!-- telar: step id=two -->\n## Two\n";

START_TEST(what_is_saved_is_there_again)
{
    struct progress progress;
    struct lesson lesson;
    char error[256];

    ck_assert(lesson_parse("l", lesson_text, strlen(lesson_text), &lesson,
                           error, sizeof error));
    ck_assert_int_eq(reopen(&progress), PROGRESS_READ);
    ck_assert(!progress_begun(&progress));
    ck_assert_uint_eq(progress_next(&progress, &lesson), 1);
    progress_predict(&progress, "one", "q", "b");
    progress_judge(&progress, "one", "q", "a", false);
    progress_finish(&progress, "one");
    progress_claim(&progress, "c", "false");
    ck_assert(progress_save(&progress));
    progress_close(&progress);
    ck_assert_int_eq(reopen(&progress), PROGRESS_READ);
    ck_assert_str_eq(notice, "");
    ck_assert(progress_begun(&progress));
    ck_assert(progress_is_done(&progress, "one"));
    ck_assert_str_eq(progress_given(&progress, "one", "q"), "b");
    ck_assert_ptr_null(progress_given(&progress, "two", "q"));
    ck_assert_uint_eq(progress_next(&progress, &lesson), 2);
    progress_finish(&progress, "two");
    ck_assert_uint_eq(progress_next(&progress, &lesson), 0);
    progress_close(&progress);
    lesson_free(&lesson);
}
END_TEST

START_TEST(the_first_prediction_stays_beside_the_last)
{
    struct progress progress;
    json_t *ask;

    reopen(&progress);
    progress_predict(&progress, "one", "q", "a");
    progress_judge(&progress, "one", "q", "c", false);
    progress_predict(&progress, "one", "q", "b");
    progress_predict(&progress, "one", "q", "c");
    ask = json_object_get(progress.tree, "steps");
    ask = json_object_get(json_object_get(ask, "one"), "asks");
    ask = json_object_get(ask, "q");
    ck_assert_str_eq(json_string_value(json_object_get(ask, "first")), "a");
    ck_assert_str_eq(json_string_value(json_object_get(ask, "given")), "c");
    ck_assert_ptr_null(json_object_get(ask, "right"));
    progress_close(&progress);
}
END_TEST

START_TEST(a_damaged_file_is_kept_beside_and_said)
{
    static const char *const damaged[] = {
        "",
        "{\"version\": 1, \"ste",
        "[]",
        "{}",
        "{\"version\": \"1\", \"steps\": {}}",
        "{\"version\": 1, \"steps\": []}",
        "{\"version\": 1, \"steps\": {\"one\": 3}}",
        "{\"version\": 1, \"steps\": {\"one\": {\"asks\": {\"q\": 1}}}}",
    };
    struct progress progress;

    for (size_t i = 0; i < sizeof damaged / sizeof *damaged; i++) {
        char kept[64] = "02_pipes.json.damaged";

        if (i > 0)
            sprintf(kept, "02_pipes.json.damaged-%zu", i + 1);
        put_file("02_pipes.json", damaged[i]);
        ck_assert_int_eq(reopen(&progress), PROGRESS_DAMAGED);
        ck_assert_ptr_nonnull(strstr(notice, kept));
        ck_assert(has_file(kept));
        ck_assert(!has_file("02_pipes.json"));
        ck_assert(!progress_begun(&progress));
        ck_assert(progress_save(&progress));
        progress_close(&progress);
    }
}
END_TEST

START_TEST(who_only_looks_moves_no_damaged_file)
{
    struct progress progress;

    put_file("02_pipes.json", "{");
    ck_assert_int_eq(
        progress_open("02_pipes", false, &progress, notice, sizeof notice),
        PROGRESS_DAMAGED);
    ck_assert(has_file("02_pipes.json"));
    progress_close(&progress);
}
END_TEST

START_TEST(a_file_of_a_newer_telar_is_not_touched)
{
    struct progress progress;

    put_file("02_pipes.json", "{\"version\": 2, \"steps\": {}}");
    ck_assert_int_eq(reopen(&progress), PROGRESS_FAILED);
    ck_assert_ptr_nonnull(strstr(notice, "newer Telar"));
    ck_assert(has_file("02_pipes.json"));
}
END_TEST

START_TEST(a_full_disk_leaves_the_old_file)
{
    struct rlimit none = {0, 0}, before;
    struct progress progress;

    reopen(&progress);
    progress_predict(&progress, "one", "q", "a");
    ck_assert(progress_save(&progress));
    progress_predict(&progress, "one", "q", "b");
    signal(SIGXFSZ, SIG_IGN);
    getrlimit(RLIMIT_FSIZE, &before);
    none.rlim_max = before.rlim_max;
    setrlimit(RLIMIT_FSIZE, &none);
    ck_assert(!progress_save(&progress));
    ck_assert_int_eq(errno, EFBIG);
    setrlimit(RLIMIT_FSIZE, &before);
    progress_close(&progress);
    ck_assert_int_eq(reopen(&progress), PROGRESS_READ);
    ck_assert_str_eq(progress_given(&progress, "one", "q"), "a");
    progress_close(&progress);
}
END_TEST

// Predicts 1, 2, 3 ... for ever; says each number once it is saved.
static void predict_for_ever(int said)
{
    struct progress progress;
    char given[16];

    reopen(&progress);
    for (int n = 1;; n++) {
        snprintf(given, sizeof given, "%d", n);
        progress_predict(&progress, "one", "q", given);
        if (!progress_save(&progress) || write(said, &n, sizeof n) != sizeof n)
            _exit(1);
    }
}

// Kills the child some time after its first word; returns its last one.
static int kill_after(unsigned delay_ns)
{
    struct timespec delay = {.tv_nsec = delay_ns};
    int ends[2], last = 0, n, status;
    pid_t child;

    ck_assert_int_eq(pipe(ends), 0);
    child = fork();
    if (child == 0)
        predict_for_ever(ends[1]);
    close(ends[1]);
    ck_assert_int_eq(read(ends[0], &last, sizeof last), sizeof last);
    nanosleep(&delay, NULL);
    kill(child, SIGKILL);
    ck_assert_int_eq(waitpid(child, &status, 0), child);
    ck_assert(WIFSIGNALED(status));
    while (read(ends[0], &n, sizeof n) == sizeof n)
        last = n;
    close(ends[0]);
    return last;
}

START_TEST(a_kill_at_any_moment_loses_nothing_that_was_saved)
{
    unsigned seed = 7;

    for (int round = 0; round < 60; round++) {
        struct progress progress;
        const char *given;
        int said = kill_after((unsigned)rand_r(&seed) % 3000000);

        ck_assert_int_eq(reopen(&progress), PROGRESS_READ);
        given = progress_given(&progress, "one", "q");
        ck_assert_ptr_nonnull(given);
        ck_assert_int_ge(atoi(given), said);
        ck_assert_int_le(atoi(given), said + 1);
        progress_close(&progress);
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("progress");
    TCase *all = tcase_create("all");
    SRunner *runner;
    int failed;

    tcase_set_timeout(all, 60);
    tcase_add_checked_fixture(all, begin, end);
    tcase_add_test(all, what_is_saved_is_there_again);
    tcase_add_test(all, the_first_prediction_stays_beside_the_last);
    tcase_add_test(all, a_damaged_file_is_kept_beside_and_said);
    tcase_add_test(all, who_only_looks_moves_no_damaged_file);
    tcase_add_test(all, a_file_of_a_newer_telar_is_not_touched);
    tcase_add_test(all, a_full_disk_leaves_the_old_file);
    tcase_add_test(all, a_kill_at_any_moment_loses_nothing_that_was_saved);
    suite_add_tcase(suite, all);
    runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed != 0;
}
