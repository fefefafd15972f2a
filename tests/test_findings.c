// test_findings.c - what is wrong in a trace is found, and nothing else
#include <signal.h>

#include "runtime/message.h"
#include "tests/trace_story.h"
#include "tools/trace/findings.h"

static struct writer writer;
static struct writer_task *a, *b, *c;
static struct reader reader;
static struct model model;
static struct findings findings;

static void begin(void)
{
    story_create(&writer, story_path());
    a = writer_task_begin(&writer, "A", 0, 1, 1);
    b = writer_task_begin(&writer, "B", 0, 1, 2);
    c = writer_task_begin(&writer, "C", 0, 1, 3);
}

static void look(void)
{
    writer_close(&writer);
    story_open(&reader, story_name);
    ck_assert(model_open(&model, &reader));
    ck_assert(findings_build(&findings, &model));
}

static void end(void)
{
    findings_free(&findings);
    model_close(&model);
    reader_close(&reader);
}

static const struct finding *only(enum finding_kind kind)
{
    const struct finding *found = NULL;

    for (size_t i = 0; i < findings.count; i++) {
        ck_assert_int_eq(findings.all[i].kind, kind);
        found = &findings.all[i];
    }
    ck_assert_uint_eq(findings.count, 1);
    return found;
}

static void take(struct writer_task *task, uint64_t lock)
{
    story_say(task, TRACE_LOCK_REQUEST, lock, 0);
    story_say(task, TRACE_LOCK_ACQUIRE, lock, 0);
}

START_TEST(a_deadlock_is_found_once)
{
    begin();
    take(a, 0x10);
    take(b, 0x20);
    story_say(a, TRACE_LOCK_REQUEST, 0x20, 0);
    story_say(b, TRACE_LOCK_REQUEST, 0x10, 0);
    look();
    ck_assert_uint_eq(only(FINDING_DEADLOCK)->task, 1);
    end();
}
END_TEST

static void stands_at_finding(const uint32_t *tasks, size_t count)
{
    model_seek(&model, findings.all[0].event + 1);
    for (size_t i = 0; i < count; i++)
        ck_assert_int_eq(model_doing(&model, tasks[i]), MODEL_BLOCKED);
}

// The kernel saw it: who closes the circle runs on for a while, and in the end
// both wake up to die.
START_TEST(a_deadlock_is_shown_where_all_of_it_stands)
{
    begin();
    story_say(a, TRACE_SCHEDULING, TRACE_SOURCE_PERF, 0);
    story_say(a, TRACE_CPU_RUN, 0, 0);
    story_say(b, TRACE_CPU_RUN, 1, 0);
    take(a, 0x10);
    take(b, 0x20);
    story_say(a, TRACE_LOCK_REQUEST, 0x20, 0);
    story_say(b, TRACE_LOCK_REQUEST, 0x10, 0);
    story_say(a, TRACE_CPU_BLOCK, 0, 0);
    story_say(c, TRACE_YIELD, 0, 0);
    story_say(b, TRACE_CPU_BLOCK, 1, 0);
    story_say(a, TRACE_CPU_RUN, 0, 0);
    story_say(a, TRACE_TASK_EXIT, 0, 2);
    look();
    only(FINDING_DEADLOCK);
    stands_at_finding((uint32_t[]){1, 2}, 2);
    end();
}
END_TEST

START_TEST(locks_that_are_free_in_time_are_no_finding)
{
    begin();
    for (int i = 0; i < 40; i++) {
        take(a, 0x10);
        story_say(b, TRACE_LOCK_REQUEST, 0x10, 0);
        story_say(a, TRACE_LOCK_RELEASE, 0x10, 0);
        story_say(b, TRACE_LOCK_ACQUIRE, 0x10, 0);
        story_say(b, TRACE_LOCK_RELEASE, 0x10, 0);
    }
    look();
    ck_assert_uint_eq(findings.count, 0);
    end();
}
END_TEST

START_TEST(takers_who_all_wait_are_a_convoy)
{
    begin();
    take(a, 0x10);
    for (int i = 0; i < CONVOY_TAKERS; i++) {
        struct writer_task *next = i % 2 ? a : b, *last = i % 2 ? b : a;

        story_say(next, TRACE_LOCK_REQUEST, 0x10, 0);
        story_say(last, TRACE_LOCK_RELEASE, 0x10, 0);
        story_say(next, TRACE_LOCK_ACQUIRE, 0x10, 0);
    }
    look();
    ck_assert_uint_eq(only(FINDING_CONVOY)->count, CONVOY_TAKERS);
    end();
}
END_TEST

static void go_ahead_of(int waiting)
{
    struct writer_task *others[CONVOY_QUEUE];

    begin();
    take(a, 0x10);
    for (int i = 0; i < waiting; i++) {
        others[i] = writer_task_begin(&writer, "W", 0, 1, 10 + (uint32_t)i);
        story_say(others[i], TRACE_LOCK_REQUEST, 0x10, 0);
    }
    for (int i = 0; i < CONVOY_TAKERS; i++) {
        story_say(a, TRACE_LOCK_RELEASE, 0x10, 0);
        take(a, 0x10);
    }
    look();
}

START_TEST(who_goes_ahead_of_a_queue_makes_a_convoy)
{
    go_ahead_of(CONVOY_QUEUE);
    only(FINDING_CONVOY);
    end();
    go_ahead_of(CONVOY_QUEUE - 1);
    ck_assert_uint_eq(findings.count, 0);
    end();
}
END_TEST

START_TEST(who_is_passed_over_starves)
{
    begin();
    take(a, 0x10);
    story_say(b, TRACE_LOCK_REQUEST, 0x10, 0);
    for (int i = 0; i < STARVED_TURNS; i++) {
        story_say(a, TRACE_LOCK_RELEASE, 0x10, 0);
        take(a, 0x10);
    }
    story_say(a, TRACE_LOCK_RELEASE, 0x10, 0);
    story_say(b, TRACE_LOCK_ACQUIRE, 0x10, 0);
    look();
    ck_assert_uint_eq(only(FINDING_STARVATION)->task, 2);
    stands_at_finding((uint32_t[]){2}, 1);
    end();
}
END_TEST

// B is ready, without a CPU, for so long a time of the whole one.
static void be_ready(uint64_t ready_ns, uint64_t whole_ns)
{
    begin();
    story_say(b, TRACE_SCHEDULING, TRACE_SOURCE_PERF, 0);
    story_say(b, TRACE_CPU_RUN, 0, 0);
    story_say(b, TRACE_CPU_PREEMPT, 0, 0);
    writer.step += ready_ns - 1;
    story_say(b, TRACE_CPU_RUN, 0, 0);
    writer.step = whole_ns - 1;
    story_say(b, TRACE_CPU_BLOCK, 0, 0);
    writer_close(&writer);
    story_open(&reader, story_name);
    reader.header.clock = TRACE_NANOSECONDS; // a step is one
    ck_assert(model_open(&model, &reader));
    ck_assert(findings_build(&findings, &model));
}

START_TEST(who_is_ready_for_50_ms_and_a_quarter_of_all_starves)
{
    be_ready(60000000, 230000000);
    ck_assert_uint_eq(only(FINDING_STARVATION)->task, 2);
    end();
    be_ready(60000000, 250000000);
    ck_assert_uint_eq(findings.count, 0);
    end();
    be_ready(49000000, 100000000);
    ck_assert_uint_eq(findings.count, 0);
    end();
}
END_TEST

static void wait_in_vain(bool later_signal)
{
    begin();
    story_say(a, TRACE_COND_SIGNAL, 0x30, 0);
    take(b, 0x10);
    story_say(b, TRACE_COND_WAIT, 0x30, 0x10);
    if (later_signal) {
        story_say(a, TRACE_COND_SIGNAL, 0x30, 0);
        story_say(b, TRACE_COND_WAKE, 0x30, 0x10);
    }
    story_say(c, TRACE_YIELD, 0, 0);
    look();
}

START_TEST(a_signal_before_the_wait_is_a_lost_wakeup)
{
    wait_in_vain(false);
    ck_assert_uint_eq(only(FINDING_LOST_WAKEUP)->task, 2);
    end();
}
END_TEST

START_TEST(a_wait_that_ends_lost_nothing)
{
    wait_in_vain(true);
    ck_assert_uint_eq(findings.count, 0);
    end();
}
END_TEST

static void end_while_it_waits(int status)
{
    begin();
    story_say(a, TRACE_COND_SIGNAL, 0x30, 0);
    take(b, 0x10);
    story_say(b, TRACE_COND_WAIT, 0x30, 0x10);
    story_say(c, TRACE_YIELD, 0, 0);
    story_say(a, TRACE_TASK_EXIT, 0, (uint64_t)status);
    story_say(b, TRACE_TASK_EXIT, 0, 0);
    look();
}

START_TEST(ctrl_c_hides_no_lost_wakeup)
{
    end_while_it_waits(SIGINT);
    ck_assert_uint_eq(only(FINDING_LOST_WAKEUP)->task, 2);
    stands_at_finding((uint32_t[]){2}, 1);
    end();
}
END_TEST

START_TEST(who_waits_when_the_program_ends_lost_nothing)
{
    end_while_it_waits(0);
    ck_assert_uint_eq(findings.count, 0);
    end();
}
END_TEST

static void wait_for_a_signal(bool somebody_is_left)
{
    begin();
    story_say(a, TRACE_SCHEDULING, TRACE_SOURCE_EXPLORER, 0);
    take(b, 0x10);
    story_say(b, TRACE_COND_WAIT, 0x30, 0x10);
    story_say(a, TRACE_JOIN_REQUEST, 2, 0);
    if (!somebody_is_left)
        story_say(c, TRACE_TASK_EXIT, 0, 0);
    look();
}

static bool is_said(const char *words);

START_TEST(who_nobody_is_left_to_signal_is_found)
{
    wait_for_a_signal(false);
    ck_assert_uint_eq(only(FINDING_LOST_WAKEUP)->task, 2);
    lang_set("en");
    ck_assert(is_said("lost wakeup: nobody is left to signal condition 1, for "
                      "which B waits"));
    end();
    wait_for_a_signal(true);
    ck_assert_uint_eq(findings.count, 0);
    end();
}
END_TEST

START_TEST(a_full_queue_is_counted)
{
    begin();
    story_say(a, TRACE_QUEUE_CREATE, 0x40, 1);
    for (int i = 0; i < 3; i++) {
        story_say(a, TRACE_PUT_REQUEST, 0x40, 7);
        story_say(a, TRACE_PUT, 0x40, 7);
        story_say(b, TRACE_PUT_REQUEST, 0x40, 8);
        story_say(c, TRACE_GET, 0x40, 7);
        story_say(b, TRACE_PUT, 0x40, 8);
        story_say(c, TRACE_GET, 0x40, 8);
    }
    look();
    ck_assert_uint_eq(only(FINDING_QUEUE_FULL)->count, 3);
    end();
}
END_TEST

START_TEST(a_coroutine_that_never_yields_is_greedy)
{
    begin();
    for (int i = 0; i < 6; i++)
        story_say(a, TRACE_CO_RUN, 0x50 + (uint64_t)(i % 2) * 16, 0);
    for (int i = 0; i < 3 * GREEDY_FACTOR; i++)
        story_say(b, TRACE_YIELD, 0, 0);
    story_say(a, TRACE_CO_RUN, 0x50, 0);
    look();
    ck_assert_uint_eq(only(FINDING_GREEDY_COROUTINE)->task, 1);
    end();
}
END_TEST

// Two coroutines in a clock of nanoseconds; the first one keeps the thread so
// long in its only turn.
static void run_once_each(uint64_t first_ns)
{
    const struct writer_options options = {
        .clock = TRACE_NANOSECONDS, .chunk_count = 8, .task_count = 4};
    uint64_t start;

    ck_assert_int_eq(writer_create(&writer, story_path(), &options), 0);
    a = writer_task_begin(&writer, "A", 0, 1, 1);
    start = writer.header->start + 1000000000;
    writer_event_at(a, start, 0, TRACE_CO_RUN, 0x50, 0);
    writer_event_at(a, start + first_ns, 0, TRACE_CO_RUN, 0x60, 0);
    writer_event_at(a, start + first_ns + 2000, 0, TRACE_CO_RUN, 0, 0);
    look();
}

START_TEST(a_coroutine_may_be_greedy_in_its_first_turn)
{
    const struct finding *greedy;

    run_once_each(2 * GREEDY_LEAST_NS);
    greedy = only(FINDING_GREEDY_COROUTINE);
    ck_assert_uint_eq(greedy->end - greedy->begin, 2 * GREEDY_LEAST_NS);
    model_seek(&model, greedy->event + 1);
    ck_assert_uint_eq(model.tasks[1].coroutine, 0x50);
    end();
}
END_TEST

START_TEST(what_nobody_can_feel_is_not_greedy)
{
    run_once_each(GREEDY_LEAST_NS / 2);
    ck_assert_uint_eq(findings.count, 0);
    end();
}
END_TEST

START_TEST(who_has_ended_holds_no_thread)
{
    begin();
    for (int i = 0; i < 6; i++) {
        story_say(a, TRACE_CO_RUN, 0x50, 0);
        story_say(a, TRACE_CO_RUN, 0, 0);
    }
    for (int i = 0; i < 3 * GREEDY_FACTOR; i++)
        story_say(b, TRACE_YIELD, 0, 0);
    look();
    ck_assert_uint_eq(findings.count, 0);
    end();
}
END_TEST

START_TEST(who_asks_a_full_queue_again_is_counted_once)
{
    begin();
    story_say(a, TRACE_QUEUE_CREATE, 0x40, 1);
    story_say(a, TRACE_PUT, 0x40, 7);
    story_say(b, TRACE_PUT_REQUEST, 0x40, 8);
    story_say(b, TRACE_LOCK_ACQUIRE, 0x48, 0);
    for (int i = 0; i < 3; i++) {
        story_say(b, TRACE_COND_WAIT, 0x50, 0x48);
        story_say(b, TRACE_PUT_REQUEST, 0x40, 8);
        story_say(b, TRACE_COND_WAKE, 0x50, 0x48);
    }
    look();
    ck_assert_uint_eq(only(FINDING_QUEUE_FULL)->count, 1);
    end();
}
END_TEST

START_TEST(each_kind_has_words_in_both_languages)
{
    char english[512], spanish[512];

    wait_in_vain(false);
    for (int i = 0; i < FINDING_KINDS; i++) {
        struct finding finding = findings.all[0];

        finding.kind = (enum finding_kind)i;
        lang_set("en");
        findings_words(&model, &finding, english, sizeof english);
        lang_set("es");
        findings_words(&model, &finding, spanish, sizeof spanish);
        ck_assert_str_ne(english, "");
        ck_assert_str_ne(english, spanish);
    }
    end();
}
END_TEST

// ---- The stories that are kept, and what is wrong in each -------------------

static const struct told {
    const char *trace, *english, *spanish; // NULL: nothing is wrong
} told[] = {
    {"convoy", "convoy: 59 takes of ledger in a row, always with a queue",
     "convoy: 59 tomas seguidas de ledger, siempre con cola"},
    {"coroutines",
     "coroutine greedy does not yield: it kept thread loop for "
     "6 ms",
     "la corrutina greedy no cede: retuvo el hilo loop durante 6 ms"},
    {"deadlock",
     "deadlock: A waits for m2, which B has; B waits for m1, which "
     "A has",
     "interbloqueo: A espera a m2, que tiene B; B espera a m1, que tiene A"},
    {"factory", "queue full: parts, 9 times in all",
     "cola llena: parts, 9 veces en total"},
    {"forty",
     "starvation: 39 tasks were ready for long and got no CPU, most "
     "of all calc#40: 66.329 ms",
     "inanición: 39 tareas estuvieron listas mucho tiempo sin recibir CPU; la "
     "que más, calc#40: 66,329 ms"},
    {"full", "58 events are not in the trace",
     "58 eventos no están en la traza"},
    {"gil", NULL, NULL},
    {"heap", NULL, NULL},
    {"lost_wakeup", "lost wakeup: bell was signalled before sleeper waited",
     "despertar perdido: bell se señaló antes de que sleeper la esperara"},
    {"overwritten", "72 events are not in the trace",
     "72 eventos no están en la traza"},
    {"pipeline", NULL, NULL},
    {"starvation",
     "starvation: reader waited for news while others took it "
     "again and again",
     "inanición: reader esperó a news mientras otros lo tomaban una y otra "
     "vez"},
    {"waits", NULL, NULL},
};

static bool is_said(const char *words)
{
    char text[600];

    for (size_t i = 0; i < findings.count; i++)
        if (strcmp(findings_words(&model, &findings.all[i], text, sizeof text),
                   words) == 0)
            return true;
    return false;
}

START_TEST(each_story_shows_what_is_wrong_in_it)
{
    const struct told *row = &told[_i];
    char path[100];

    snprintf(path, sizeof path, "tests/data/traces/%s.trace", row->trace);
    story_open(&reader, path);
    ck_assert(model_open(&model, &reader));
    ck_assert(findings_build(&findings, &model));
    if (!row->english)
        ck_assert_uint_eq(findings.count, 0);
    for (int spanish = 0; row->english && spanish < 2; spanish++) {
        const char *words = spanish ? row->spanish : row->english;

        lang_set(spanish ? "es" : "en");
        ck_assert_msg(is_said(words), "%s: not '%s'", row->trace, words);
    }
    lang_set("en");
    end();
}
END_TEST

// Who joins one of a circle is not in it.
START_TEST(a_deadlock_names_those_in_the_circle_only)
{
    const struct finding *finding;

    begin();
    take(b, 0x10);
    take(c, 0x20);
    story_say(a, TRACE_JOIN_REQUEST, 2, 0);
    story_say(b, TRACE_LOCK_REQUEST, 0x20, 0);
    story_say(c, TRACE_LOCK_REQUEST, 0x10, 0);
    look();
    finding = only(FINDING_DEADLOCK);
    ck_assert_uint_eq(finding->task, 2);
    ck_assert_uint_eq(finding->count, 2);
    ck_assert_uint_eq(finding->circle[1].task, 3);
    end();
}
END_TEST

START_TEST(threads_that_join_each_other_are_a_deadlock)
{
    begin();
    story_say(a, TRACE_JOIN_REQUEST, 2, 0);
    story_say(b, TRACE_JOIN_REQUEST, 1, 0);
    look();
    lang_set("en");
    only(FINDING_DEADLOCK);
    ck_assert(is_said("deadlock: A waits for the end of B; B waits for the end "
                      "of A"));
    end();
}
END_TEST

// ---- What the explorer says -------------------------------------------------

static void say_failure(struct writer_task *task, const char *english,
                        const char *spanish)
{
    story_say(task, TRACE_FAILURE, writer_name(&writer, english),
              writer_name(&writer, spanish));
}

START_TEST(a_failure_that_no_wait_shows_is_found)
{
    begin();
    say_failure(b, "data race on n", "carrera de datos en n");
    look();
    ck_assert_uint_eq(only(FINDING_FAILURE)->task, 2);
    ck_assert_uint_eq(findings.all[0].event + 1, reader.count);
    lang_set("es");
    ck_assert(is_said("carrera de datos en n"));
    lang_set("en");
    ck_assert(is_said("data race on n"));
    end();
}
END_TEST

// As when it is a data race while two others wait for each other.
static void fail_beside_a_deadlock(bool by_one_of_it)
{
    begin();
    take(a, 0x10);
    take(b, 0x20);
    story_say(a, TRACE_LOCK_REQUEST, 0x20, 0);
    story_say(b, TRACE_LOCK_REQUEST, 0x10, 0);
    say_failure(by_one_of_it ? a : c, "it fails", "falla");
    look();
}

START_TEST(a_failure_that_a_wait_shows_is_told_once)
{
    fail_beside_a_deadlock(true);
    only(FINDING_DEADLOCK);
    end();
    fail_beside_a_deadlock(false);
    ck_assert_uint_eq(findings.count, 2);
    lang_set("en");
    ck_assert(is_said("it fails"));
    end();
}
END_TEST

START_TEST(a_failure_without_words_is_found_all_the_same)
{
    begin();
    story_say(a, TRACE_FAILURE, 0, writer_name(&writer, "falla"));
    look();
    lang_set("en");
    ck_assert(is_said("falla"));
    end();
    begin();
    story_say(a, TRACE_FAILURE, 0, 0);
    look();
    ck_assert(is_said("the explorer found a failure"));
    end();
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("findings");
    TCase *tcase = tcase_create("findings");
    SRunner *runner = srunner_create(suite);
    int failed;

    tcase_add_test(tcase, a_deadlock_is_found_once);
    tcase_add_test(tcase, a_deadlock_is_shown_where_all_of_it_stands);
    tcase_add_test(tcase, locks_that_are_free_in_time_are_no_finding);
    tcase_add_test(tcase, takers_who_all_wait_are_a_convoy);
    tcase_add_test(tcase, who_goes_ahead_of_a_queue_makes_a_convoy);
    tcase_add_test(tcase, who_is_passed_over_starves);
    tcase_add_test(tcase, who_is_ready_for_50_ms_and_a_quarter_of_all_starves);
    tcase_add_test(tcase, a_signal_before_the_wait_is_a_lost_wakeup);
    tcase_add_test(tcase, a_wait_that_ends_lost_nothing);
    tcase_add_test(tcase, ctrl_c_hides_no_lost_wakeup);
    tcase_add_test(tcase, who_waits_when_the_program_ends_lost_nothing);
    tcase_add_test(tcase, who_nobody_is_left_to_signal_is_found);
    tcase_add_test(tcase, a_full_queue_is_counted);
    tcase_add_test(tcase, a_coroutine_that_never_yields_is_greedy);
    tcase_add_test(tcase, a_coroutine_may_be_greedy_in_its_first_turn);
    tcase_add_test(tcase, what_nobody_can_feel_is_not_greedy);
    tcase_add_test(tcase, who_has_ended_holds_no_thread);
    tcase_add_test(tcase, who_asks_a_full_queue_again_is_counted_once);
    tcase_add_test(tcase, each_kind_has_words_in_both_languages);
    tcase_add_loop_test(tcase, each_story_shows_what_is_wrong_in_it, 0,
                        sizeof told / sizeof *told);
    tcase_add_test(tcase, a_deadlock_names_those_in_the_circle_only);
    tcase_add_test(tcase, threads_that_join_each_other_are_a_deadlock);
    tcase_add_test(tcase, a_failure_that_no_wait_shows_is_found);
    tcase_add_test(tcase, a_failure_that_a_wait_shows_is_told_once);
    tcase_add_test(tcase, a_failure_without_words_is_found_all_the_same);
    suite_add_tcase(suite, tcase);
    srunner_run_all(runner, CK_NORMAL);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? 1 : 0;
}
