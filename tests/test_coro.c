// test_coro.c - coroutines: order, states, mistakes by name, guards, threads
#include <check.h>
#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "runtime/coro.h"

// Every promise is checked twice: loop test 0 is swapcontext, 1 is fast.

static void note(char *text, char letter)
{
    size_t length = strlen(text);

    text[length] = letter;
    text[length + 1] = '\0';
}

static char story[64];

static void tell_three(void *letter)
{
    for (int i = 0; i < 3; i++) {
        note(story, *(char *)letter);
        coro_yield();
    }
    note(story, '.');
}

START_TEST(yield_goes_back_to_who_resumed)
{
    char a = 'a', b = 'b';

    coro_fast = _i;
    story[0] = '\0';
    struct coro *first = coro_create(tell_three, &a, 0);
    struct coro *second = coro_create(tell_three, &b, 0);
    ck_assert_ptr_nonnull(first);
    ck_assert_ptr_nonnull(second);
    for (int i = 0; i < 4; i++) {
        coro_resume(first);
        note(story, '-');
        coro_resume(second);
    }
    ck_assert_str_eq(story, "a-ba-ba-b.-.");
    ck_assert_int_eq(first->state, CORO_DEAD);
    coro_destroy(first);
    coro_destroy(second);
}
END_TEST

static struct coro *inner, *outer;

static void look_from_inside(void *unused)
{
    (void)unused;
    ck_assert_ptr_eq(coro_running(), inner);
    ck_assert_int_eq(inner->state, CORO_RUNNING);
    ck_assert_int_eq(outer->state, CORO_RESUMING);
    coro_yield();
}

static void resume_another(void *unused)
{
    (void)unused;
    coro_resume(inner);
    ck_assert_int_eq(inner->state, CORO_SUSPENDED);
    ck_assert_ptr_eq(coro_running(), outer);
    coro_yield();
    coro_resume(inner);
}

START_TEST(four_states_follow_each_other)
{
    coro_fast = _i;
    outer = coro_create(resume_another, NULL, 0);
    coro_fast = _i == 2 || !_i; // 2: both ways, one inside the other
    inner = coro_create(look_from_inside, NULL, 0);
    ck_assert_int_eq(outer->state, CORO_SUSPENDED);
    coro_resume(outer);
    ck_assert_int_eq(outer->state, CORO_SUSPENDED);
    ck_assert_ptr_null(coro_running());
    coro_resume(outer);
    ck_assert_int_eq(inner->state, CORO_DEAD);
    ck_assert_int_eq(outer->state, CORO_DEAD);
    coro_destroy(inner);
    coro_destroy(outer);
}
END_TEST

static void keep_values(void *result)
{
    double half = 0.5;
    long sum = 0;
    char text[100];

    for (int i = 1; i <= 100; i++) {
        sum += i;
        half = half * 0.5 + i;
        snprintf(text, sizeof text, "%ld", sum);
        coro_yield();
        if (strtol(text, NULL, 10) != sum)
            return;
    }
    *(double *)result = half + (double)sum;
}

START_TEST(each_keeps_its_own_variables)
{
    double results[50] = {0};
    struct coro *all[50];

    coro_fast = _i;
    for (int i = 0; i < 50; i++)
        all[i] = coro_create(keep_values, &results[i], 0);
    for (int round = 0; round <= 100; round++)
        for (int i = 0; i < 50; i++)
            coro_resume(all[i]);
    for (int i = 0; i < 50; i++) {
        ck_assert(results[i] > 5050);
        ck_assert(results[i] == results[0]);
        coro_destroy(all[i]);
    }
}
END_TEST

// The stack must be aligned as after a call, or this faults.
static void use_vectors(void *result)
{
    __attribute__((aligned(16))) volatile char aligned[16] = {1};
    char text[64];

    snprintf(text, sizeof text, "%.3f %Lf", 1.5, 2.5L);
    *(int *)result =
        (size_t)aligned % 16 == 0 && strcmp(text, "1.500 2.500000") == 0;
}

START_TEST(stack_is_aligned)
{
    int good = 0;

    coro_fast = _i;
    struct coro *coro = coro_create(use_vectors, &good, 0);
    coro_resume(coro);
    coro_destroy(coro);
    ck_assert_int_eq(good, 1);
}
END_TEST

static void yield_for_ever(void *unused)
{
    (void)unused;
    for (;;)
        coro_yield();
}

START_TEST(destroyed_stacks_serve_again)
{
    struct rusage before, after;

    coro_fast = _i;
    for (int i = 0; i < 20000; i++) {
        struct coro *coro = coro_create(yield_for_ever, NULL, 0);
        ck_assert_ptr_nonnull(coro);
        coro_resume(coro);
        coro_destroy(coro);
        if (i == 1000)
            getrusage(RUSAGE_SELF, &before);
    }
    getrusage(RUSAGE_SELF, &after);
    // 19,000 stacks of one page each would be 76 MB
    ck_assert_int_lt(after.ru_maxrss - before.ru_maxrss, 40 << 10);
}
END_TEST

static void use_most(void *bytes)
{
    size_t size = *(size_t *)bytes;
    volatile char *all = __builtin_alloca(size);

    for (size_t i = 0; i < size; i += 1000)
        all[size - 1 - i] = 1;
}

START_TEST(stack_has_what_was_asked_for)
{
    size_t bytes[] = {1, 5000, 12288, 100000, 1 << 20, 40 << 20};

    coro_fast = _i;
    for (size_t i = 0; i < sizeof bytes / sizeof *bytes; i++) {
        struct coro *coro = coro_create(use_most, &bytes[i], bytes[i] + 4096);
        ck_assert_ptr_nonnull(coro);
        ck_assert_uint_ge(coro->stack.bytes, bytes[i] + 4096);
        coro_resume(coro);
        ck_assert_int_eq(coro->state, CORO_DEAD);
        coro_destroy(coro);
    }
}
END_TEST

START_TEST(impossible_size_is_an_error)
{
    errno = 0;
    ck_assert_ptr_null(coro_create(use_most, NULL, (size_t)-1));
    ck_assert_int_eq(errno, ENOMEM);
}
END_TEST

START_TEST(a_hundred_thousand_live_at_once)
{
    enum { COUNT = SANITIZED ? 2000 : 100000 };
    static struct coro *all[COUNT];
    int count = 0;

    coro_fast = _i;
    while (count < COUNT && (all[count] = coro_create(yield_for_ever, NULL, 0)))
        coro_resume(all[count++]);
    // Where guards are mappings, the kernel allows about 32,000.
    ck_assert(count == COUNT || (coro_old_guards && count > 10000));
    for (int i = 0; i < count; i++)
        coro_destroy(all[i]);
}
END_TEST

// ---- Threads ----------------------------------------------------------------

static void *play_alone(void *result)
{
    struct coro *coro = coro_create(keep_values, result, 0);

    while (coro->state != CORO_DEAD)
        coro_resume(coro);
    coro_destroy(coro);
    return NULL;
}

START_TEST(every_thread_has_its_own)
{
    double results[8] = {0};
    pthread_t threads[8];

    coro_fast = _i;
    for (int i = 0; i < 8; i++)
        ck_assert_int_eq(
            pthread_create(&threads[i], NULL, play_alone, &results[i]), 0);
    for (int i = 0; i < 8; i++)
        ck_assert_int_eq(pthread_join(threads[i], NULL), 0);
    for (int i = 0; i < 8; i++)
        ck_assert(results[i] > 5050);
}
END_TEST

// ---- Mistakes: in a child, which must be killed by SIGABRT with a name ------

static char said[4096];

static void dies_saying(void (*mistake)(void), int by, const char *name)
{
    int ends[2], status;
    size_t have = 0;
    ssize_t got;
    pid_t child;

    ck_assert_int_eq(pipe(ends), 0);
    child = fork();
    if (child == 0) {
        dup2(ends[1], STDERR_FILENO);
        setenv("TELAR_LANG", "en", 1);
        mistake();
        _exit(0);
    }
    close(ends[1]);
    while ((got = read(ends[0], said + have, sizeof said - 1 - have)) > 0)
        have += (size_t)got;
    said[have] = '\0';
    close(ends[0]);
    ck_assert_int_eq(waitpid(child, &status, 0), child);
    ck_assert_msg(WIFSIGNALED(status) && WTERMSIG(status) == by,
                  "status %x, said: %s", (unsigned)status, said);
    ck_assert_msg(!name || strstr(said, name), "said: %s", said);
}

static void resume_the_dead(void)
{
    int good;
    struct coro *coro = coro_create(use_vectors, &good, 0);

    coro_resume(coro);
    coro_resume(coro);
}

static void resume_nothing(void)
{
    coro_resume(NULL);
}

static void create_without_function(void)
{
    coro_create(NULL, NULL, 0);
}

static void resume_itself(void *unused)
{
    (void)unused;
    coro_resume(coro_running());
}

static void resume_the_running(void)
{
    coro_resume(coro_create(resume_itself, NULL, 0));
}

static void resume_the_destroyed(void)
{
    struct coro *coro = coro_create(yield_for_ever, NULL, 0);

    coro_destroy(coro);
    coro_resume(coro);
}

static void destroy_twice(void)
{
    struct coro *coro = coro_create(yield_for_ever, NULL, 0);

    coro_destroy(coro);
    coro_destroy(coro);
}

static void destroy_itself(void *unused)
{
    (void)unused;
    coro_destroy(coro_running());
}

static void destroy_the_running(void)
{
    coro_resume(coro_create(destroy_itself, NULL, 0));
}

static void *resume_elsewhere(void *coro)
{
    coro_resume(coro);
    return NULL;
}

static void resume_from_another_thread(void)
{
    pthread_t thread;

    pthread_create(&thread, NULL, resume_elsewhere,
                   coro_create(yield_for_ever, NULL, 0));
    pthread_join(thread, NULL);
}

static volatile int deepest = 1 << 30;

// Frames of a few hundred bytes, without end.
static int fall(int depth)
{
    volatile char frame[200];

    frame[0] = (char)depth;
    return depth == deepest ? 0 : fall(depth + 1) + frame[0];
}

static void overflow(void *unused)
{
    (void)unused;
    fall(0);
}

static void overflow_first(void)
{
    coro_resume(coro_create(overflow, NULL, 0));
}

static void overflow_old_guards(void)
{
    coro_old_guards = true;
    overflow_first();
}

// One frame, larger than the stack and its guard, of which the far end is
// touched.
static char *volatile far_end;

#define JUMP(name, size)                                                       \
    static void name(void *unused)                                             \
    {                                                                          \
        char frame[size];                                                      \
                                                                               \
        (void)unused;                                                          \
        far_end = frame;                                                       \
        *far_end = 1;                                                          \
    }
JUMP(jump_72_kib, 72 * 1024)
JUMP(jump_1_mib, 1024 * 1024)

// There are neighbours: without a guard that is met, one of them is
// overwritten.
static void jump_among_others(void (*jump)(void *))
{
    struct coro *between;

    for (int i = 0; i < 50; i++)
        coro_create(jump, NULL, 0);
    between = coro_create(jump, NULL, 0);
    for (int i = 0; i < 50; i++)
        coro_create(jump, NULL, 0);
    coro_resume(between);
}

static void large_frame(void)
{
    jump_among_others(jump_72_kib);
}

static void huge_frame(void)
{
    jump_among_others(jump_1_mib);
}

static void overflow_in_a_thread(void)
{
    double result;
    pthread_t thread;

    play_alone(&result);
    pthread_create(&thread, NULL, (void *(*)(void *))(void *)overflow_first,
                   NULL);
    pthread_join(thread, NULL);
}

static void fault_elsewhere(void *unused)
{
    char *nowhere =
        mmap(NULL, 4096, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    (void)unused;
    *nowhere = 1;
}

static void fault_of_its_own(void)
{
    signal(SIGSEGV, SIG_DFL); // a sanitizer would tell it at length
    coro_resume(coro_create(fault_elsewhere, NULL, 0));
}

START_TEST(mistakes_have_a_name)
{
    static const struct {
        void (*mistake)(void);
        const char *name;
    } all[] = {
        {resume_the_dead, "coro: resume of a coroutine that is not suspended "
                          "(number 1, dead)"},
        {resume_nothing, "coro: resume of NULL, which is no coroutine"},
        {create_without_function,
         "create of a coroutine without a function (entry is NULL)"},
        {resume_the_running, "coro: resume of a coroutine that is not "
                             "suspended (number 1, running)"},
        {resume_the_destroyed,
         "resume of a coroutine that is not suspended (number 1, dead)"},
        {resume_from_another_thread, "resume of a coroutine of another thread"},
        {destroy_the_running,
         "destroy of a coroutine that is not suspended or dead"},
        {destroy_twice, "destroy of a coroutine that was destroyed"},
        {coro_yield, "yield outside of a coroutine"},
    };

    coro_fast = _i;
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        dies_saying(all[i].mistake, SIGABRT, all[i].name);
}
END_TEST

START_TEST(overflow_is_told_by_name)
{
    static const char name[] =
        "coro: stack overflow in coroutine 1 (of 60 KiB)";

    coro_fast = _i;
    dies_saying(overflow_first, SIGABRT, name);
    dies_saying(overflow_old_guards, SIGABRT, name);
    dies_saying(overflow_in_a_thread, SIGABRT, "stack overflow");
}
END_TEST

// Where the compiler touches each page of a frame: see the Makefile.
#ifdef __x86_64__
START_TEST(large_frame_meets_the_guard)
{
    static const char name[] =
        "coro: stack overflow in coroutine 51 (of 60 KiB)";

    coro_fast = _i;
    dies_saying(large_frame, SIGABRT, name);
    dies_saying(huge_frame, SIGABRT, name);
}
END_TEST
#endif

START_TEST(other_faults_go_their_own_way)
{
    coro_fast = _i;
    dies_saying(fault_of_its_own, SIGSEGV, NULL);
}
END_TEST

static Suite *coro_suite(void)
{
    Suite *suite = suite_create("coro");
    TCase *tests = tcase_create("coro");

    tcase_set_timeout(tests, 60);
    tcase_add_loop_test(tests, yield_goes_back_to_who_resumed, 0, 2);
    tcase_add_loop_test(tests, four_states_follow_each_other, 0, 3);
    tcase_add_loop_test(tests, each_keeps_its_own_variables, 0, 2);
    tcase_add_loop_test(tests, stack_is_aligned, 0, 2);
    tcase_add_loop_test(tests, destroyed_stacks_serve_again, 0, 2);
    tcase_add_loop_test(tests, stack_has_what_was_asked_for, 0, 2);
    tcase_add_test(tests, impossible_size_is_an_error);
    tcase_add_loop_test(tests, a_hundred_thousand_live_at_once, 0, 2);
    tcase_add_loop_test(tests, every_thread_has_its_own, 0, 2);
    tcase_add_loop_test(tests, mistakes_have_a_name, 0, 2);
    tcase_add_loop_test(tests, overflow_is_told_by_name, 0, 2);
#ifdef __x86_64__
    tcase_add_loop_test(tests, large_frame_meets_the_guard, 0, 2);
#endif
    tcase_add_loop_test(tests, other_faults_go_their_own_way, 0, 2);
    suite_add_tcase(suite, tests);
    return suite;
}

int main(void)
{
    SRunner *runner = srunner_create(coro_suite());
    int failed;

    srunner_run_all(runner, CK_NORMAL);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed != 0;
}
