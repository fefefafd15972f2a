// test_runtime.c - facts, MUST, the language of messages, statistics
#include <check.h>
#include <errno.h>
#include <fcntl.h>
#include <math.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "runtime/fact.h"
#include "runtime/heap.h"
#include "runtime/message.h"
#include "runtime/must.h"
#include "runtime/stats.h"

static int reader;

// Runs body in a child whose descriptor fd is a pipe; returns its wait status
// and leaves what it wrote in text.
static int run_child(void (*body)(void), int fd, char *text, size_t size)
{
    int ends[2], status;
    size_t have = 0;
    ssize_t got;
    pid_t child;

    ck_assert_int_eq(pipe(ends), 0);
    child = fork();
    if (child == 0) {
        dup2(ends[1], fd);
        reader = ends[0];
        body();
        _exit(0);
    }
    close(ends[1]);
    while ((got = read(ends[0], text + have, size - 1 - have)) > 0)
        have += (size_t)got;
    text[have] = '\0';
    close(ends[0]);
    ck_assert_int_eq(waitpid(child, &status, 0), child);
    return status;
}

static void say_fact_then_exit_hard(void)
{
    setenv("TELAR_FACTS_FD", "9", 1);
    printf("waits in the buffer");
    fact("read_calls", 42);
    if (fork() == 0)
        _exit(0);
    wait(NULL);
    _exit(0);
}

START_TEST(fact_is_one_line_on_the_named_descriptor)
{
    char text[256];

    run_child(say_fact_then_exit_hard, 9, text, sizeof text);
    ck_assert_str_eq(text, "fact read_calls 42\n");
}
END_TEST

static void say_fact_without_descriptor(void)
{
    unsetenv("TELAR_FACTS_FD");
    errno = EDOM;
    fact("least", -9223372036854775807LL - 1);
    _exit(errno == EDOM ? 0 : 1);
}

START_TEST(fact_goes_to_stderr_and_preserves_errno)
{
    char text[256];
    int status = run_child(say_fact_without_descriptor, 2, text, sizeof text);

    ck_assert_str_eq(text, "fact least -9223372036854775808\n");
    ck_assert_int_eq(status, 0);
}
END_TEST

static void open_what_is_not_there(void)
{
    MUST(open("/not/there", O_RDONLY));
}

static void unlock_a_null_attribute(void)
{
    pthread_attr_t attr;

    pthread_attr_init(&attr);
    MUST(pthread_attr_setdetachstate(&attr, 77));
}

static void take_a_null_pointer(void)
{
    MUST(getenv("TELAR_NOT_SET_EVER"));
}

START_TEST(must_says_place_call_and_reason)
{
    static const struct {
        void (*body)(void);
        const char *call, *reason;
    } rows[] = {
        {open_what_is_not_there, "open(\"/not/there\", O_RDONLY)",
         "No such file or directory"},
        {unlock_a_null_attribute, "pthread_attr_setdetachstate(&attr, 77)",
         "Invalid argument"},
        {take_a_null_pointer, "getenv(\"TELAR_NOT_SET_EVER\")", ""},
    };

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char text[512];
        int status = run_child(rows[i].body, 2, text, sizeof text);

        ck_assert(WIFEXITED(status));
        ck_assert_int_eq(WEXITSTATUS(status), 2);
        ck_assert_ptr_nonnull(strstr(text, "tests/test_runtime.c:"));
        ck_assert_ptr_nonnull(strstr(text, rows[i].call));
        ck_assert_ptr_nonnull(strstr(text, rows[i].reason));
    }
}
END_TEST

START_TEST(must_passes_the_value_through)
{
    int calls = 0;
    char *copy = MUST(strdup("x"));
    int fd = MUST((calls++, open("/dev/null", O_RDONLY)));

    ck_assert_str_eq(copy, "x");
    ck_assert_int_ge(fd, 0);
    ck_assert_int_eq(calls, 1);
    ck_assert_int_eq(MUST(getpid()), getpid());
    ck_assert_int_eq(MUST(pthread_setcancelstate(0, NULL)), 0);
    close(fd);
    free(copy);
}
END_TEST

START_TEST(language_is_the_first_that_is_named)
{
    static const struct {
        const char *option, *telar, *language, *lc_all, *lang, *expected;
    } rows[] = {
        {NULL, NULL, NULL, NULL, NULL, "es"},
        {"en", "es", "es", "es", "es", "en"},
        {NULL, "en", "es", "es", "es", "en"},
        {NULL, NULL, "en:es", "es_AR.UTF-8", "es", "en"},
        {NULL, NULL, NULL, "en_US.UTF-8", "es_MX.UTF-8", "en"},
        {NULL, NULL, NULL, "C.UTF-8", "en_GB.UTF-8", "en"},
        {NULL, NULL, NULL, "C", "C", "es"},
        {NULL, NULL, NULL, NULL, "de_DE.UTF-8", "es"},
        {NULL, "", "", "", "en", "en"},
        {NULL, NULL, NULL, NULL, "estonian", "es"},
        {NULL, NULL, NULL, NULL, "english", "es"},
    };
    static const char *const names[] = {"TELAR_LANG", "LANGUAGE", "LC_ALL",
                                        "LANG"};

    unsetenv("LC_MESSAGES");
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const char *const values[] = {rows[i].telar, rows[i].language,
                                      rows[i].lc_all, rows[i].lang};

        for (int v = 0; v < 4; v++)
            if (values[v])
                setenv(names[v], values[v], 1);
            else
                unsetenv(names[v]);
        ck_assert(lang_set(rows[i].option));
        ck_assert_msg(strcmp(lang_name(), rows[i].expected) == 0, "row %zu", i);
    }
}
END_TEST

START_TEST(unknown_language_is_refused)
{
    ck_assert(lang_set("en"));
    ck_assert(!lang_set("fr"));
    ck_assert(!lang_set(""));
    ck_assert_str_eq(lang_name(), "en");
}
END_TEST

// Nobody watches here; test_heap.sh shows that a watcher hears of them.
START_TEST(blocks_that_nobody_watches_are_left_alone)
{
    char block[] = "block";

    errno = EDOM;
    heap_taken(block, sizeof block);
    heap_freed(block);
    heap_freed(NULL);
    ck_assert_str_eq(block, "block");
    ck_assert_int_eq(errno, EDOM);
}
END_TEST

START_TEST(stats_of_known_samples)
{
    const double one[] = {7}, four[] = {4, 1, 3, 2};
    struct stats s;

    ck_assert(stats_of(one, 1, &s));
    ck_assert_double_eq(s.median, 7);
    ck_assert_double_eq(s.sure_low, 7);
    ck_assert_double_eq(s.sure_high, 7);
    ck_assert(stats_of(four, 4, &s));
    ck_assert_double_eq(s.minimum, 1);
    ck_assert_double_eq(s.maximum, 4);
    ck_assert_double_eq_tol(s.median, 2.5, 1e-12);
    ck_assert_double_eq_tol(s.quartile_low, 1.75, 1e-12);
    ck_assert_double_eq_tol(s.quartile_high, 3.25, 1e-12);
    ck_assert_double_eq(four[0], 4);
}
END_TEST

START_TEST(stats_interval_is_repeatable_and_holds_the_median)
{
    double sample[101];
    struct stats a, b;

    for (int i = 0; i < 101; i++)
        sample[i] = i * 37 % 101;
    ck_assert(stats_of(sample, 101, &a) && stats_of(sample, 101, &b));
    ck_assert_double_eq(a.sure_low, b.sure_low);
    ck_assert_double_eq(a.sure_high, b.sure_high);
    ck_assert_double_eq(a.median, 50);
    // Order statistics: ranks 41 to 61 of 101 hold the median with 95 %.
    ck_assert_double_ge(a.sure_low, 35);
    ck_assert_double_le(a.sure_low, 46);
    ck_assert_double_ge(a.sure_high, 54);
    ck_assert_double_le(a.sure_high, 65);
}
END_TEST

START_TEST(stats_refuses_what_has_no_median)
{
    const double bad[] = {1, NAN};
    struct stats s;

    ck_assert(!stats_of(bad, 0, &s));
    ck_assert(!stats_of(bad, 2, &s));
    ck_assert(stats_of(bad, 1, &s));
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("runtime");
    TCase *all = tcase_create("all");
    SRunner *runner;
    int failed;

    tcase_set_timeout(all, 20);
    tcase_add_test(all, fact_is_one_line_on_the_named_descriptor);
    tcase_add_test(all, fact_goes_to_stderr_and_preserves_errno);
    tcase_add_test(all, must_says_place_call_and_reason);
    tcase_add_test(all, must_passes_the_value_through);
    tcase_add_test(all, language_is_the_first_that_is_named);
    tcase_add_test(all, unknown_language_is_refused);
    tcase_add_test(all, blocks_that_nobody_watches_are_left_alone);
    tcase_add_test(all, stats_of_known_samples);
    tcase_add_test(all, stats_interval_is_repeatable_and_holds_the_median);
    tcase_add_test(all, stats_refuses_what_has_no_median);
    suite_add_tcase(suite, all);
    runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed != 0;
}
