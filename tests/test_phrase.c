// test_phrase.c - what happened, and who is to blame, in both languages
#include "runtime/message.h"
#include "tests/trace_story.h"
#include "tools/trace/words.h"
#include "viz/phrase.h"
#include "viz/plain.h"

static struct writer writer;
static struct writer_task *a, *b, *c;
static struct reader reader;
static struct model model;
static char text[2000];

static void begin(void)
{
    story_create(&writer, story_path());
    a = writer_task_begin(&writer, "A", 0, 1, 1);
    b = writer_task_begin(&writer, "B", 1, 2, 2);
    c = writer_task_begin(&writer, "C", 0, 1, 3);
}

static void look(void)
{
    writer_close(&writer);
    story_open(&reader, story_name);
    ck_assert(model_open(&model, &reader));
}

static void end(void)
{
    model_close(&model);
    reader_close(&reader);
}

static void says(uint32_t task, const char *language, const char *words)
{
    lang_set(language);
    phrase_task(&model, task, model.time, text, sizeof text);
    lang_set("en");
    ck_assert_str_eq(text, words);
}

// ---- Kinds ------------------------------------------------------------------

// A kind without a sentence would be shown as "cpu_block".
START_TEST(every_kind_is_a_sentence_in_both_languages)
{
    char kind[100];

    for (uint16_t i = 1; i < TRACE_KIND_LIMIT; i++) {
        if (!trace_kind_of(i)->name)
            continue;
        words_kind(i, kind, sizeof kind);
        for (int spanish = 0; spanish < 2; spanish++) {
            lang_set(spanish ? "es" : "en");
            phrase_of(i, "OBJECT", "VALUE", text, sizeof text);
            ck_assert_str_ne(text, kind);
            ck_assert_ptr_null(strpbrk(text, "[]%_"));
            phrase_of(i, "", "", text, sizeof text);
            ck_assert(text[0] != '\0' && text[0] != ' ');
        }
    }
    lang_set("en");
}
END_TEST

// What stdio wrote nobody saw; that it is not there yet is not "0 bytes".
START_TEST(a_pipe_confesses_what_was_not_seen)
{
    const struct model_object *pipe;

    begin();
    story_say(a, TRACE_YIELD, 0, 0);
    story_say(a, TRACE_PIPE_CREATE, 77, 65536);
    story_say(a, TRACE_PIPE_READ, 77, TRACE_FLOW_OF(18, 0));
    look();
    lang_set("es");
    pipe = model_object(&model, 1, TRACE_PIPE, 77);
    ck_assert_str_eq(
        phrase_object(&model, pipe, model.time, 0, text, sizeof text),
        "tubería 1: contiene 0 de 65536 bytes; entraron al menos 18, "
        "salieron 18; no se vio todo lo escrito (stdio)");
    model_seek(&model, reader.count - 2);
    ck_assert(!model_exists(&model, pipe));
    model_seek(&model, reader.count - 1);
    ck_assert(model_exists(&model, pipe));
    lang_set("en");
    end();
}
END_TEST

START_TEST(a_name_that_is_cut_keeps_its_number)
{
    static const struct {
        const char *label;
        int characters;
        const char *cut;
    } cases[] = {{"pythread_wrapper#42", 19, "pythread_wrapper#42"},
                 {"pythread_wrapper#42", 18, "pythread_wrapp…#42"},
                 {"pythread_wrapper#43", 6, "py…#43"},
                 {"pythread_wrapper#43", 4, "pyt…"},
                 {"señaladora", 5, "seña…"},
                 {"ñandú", 5, "ñandú"}};

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        ck_assert_str_eq(
            words_cut(cases[i].label, cases[i].characters, text, sizeof text),
            cases[i].cut);
}
END_TEST

START_TEST(a_terminal_gets_lines_that_break_at_spaces)
{
    FILE *out = fmemopen(text, sizeof text, "w");

    plain_break(out, "Locks:\n  m1: A owns it; waiting: B\n\nabcdefghijklmno\n",
                14);
    fclose(out);
    ck_assert_str_eq(text, "Locks:\n  m1: A owns\n    it;\n    waiting: B\n"
                           "\nabcdefghijklmno\n");
}
END_TEST

START_TEST(what_is_empty_is_left_out)
{
    lang_set("en");
    ck_assert_str_eq(phrase_of(TRACE_TASK_EXIT, "", "", text, sizeof text),
                     "ends");
    ck_assert_str_eq(phrase_of(TRACE_TASK_EXIT, "", "exit 2", text, 12),
                     "ends: exit ");
    ck_assert_str_eq(phrase_of(TRACE_PUT, "q", "7", text, sizeof text),
                     "puts 7 into q");
    ck_assert_str_eq(phrase_of(999, "q", "7", text, sizeof text), "kind_999");
}
END_TEST

// ---- Blame ------------------------------------------------------------------

enum { M1 = 0x10, M2 = 0x20, CV = 0x30, SEM = 0x40, BAR = 0x50, PIPE = 7 };

static void take_one_each(void)
{
    story_say(a, TRACE_LOCK_ACQUIRE, M1, 0);
    story_say(c, TRACE_LOCK_ACQUIRE, M2, 0);
}

START_TEST(a_circle_is_told_from_each_of_its_sides)
{
    begin();
    story_say(a, TRACE_OBJECT_NAME, M1, writer_name(&writer, "m1"));
    story_say(a, TRACE_OBJECT_NAME, M2, writer_name(&writer, "m2"));
    take_one_each();
    story_say(a, TRACE_LOCK_REQUEST, M2, 0);
    story_say(c, TRACE_LOCK_REQUEST, M1, 0);
    look();
    says(3, "es",
         "C espera a m1 desde el paso 6; lo tiene A, que espera a m2; lo "
         "tiene C: interbloqueo");
    says(1, "en",
         "A waits for m2 for 1 step now (since step 5); C owns it, which waits "
         "for m1; A owns it: deadlock");
    end();
}
END_TEST

// A asked last and is on its CPU yet; C is on one again, to be ended.
START_TEST(a_circle_does_not_depend_on_the_cpus)
{
    begin();
    story_say(a, TRACE_SCHEDULING, TRACE_SOURCE_PERF, 0);
    story_say(a, TRACE_CPU_RUN, 0, 0);
    take_one_each();
    story_say(c, TRACE_LOCK_REQUEST, M1, 0);
    story_say(a, TRACE_LOCK_REQUEST, M2, 0);
    story_say(c, TRACE_CPU_RUN, 1, 0);
    look();
    says(1, "es",
         "A espera a cerrojo 2 desde hace 1 paso (desde el paso 6); lo tiene "
         "C, que espera a cerrojo 1; lo tiene A: interbloqueo");
    says(3, "en",
         "C waits for lock 1 for 2 steps now (since step 5); A owns it, which "
         "waits for lock 2; C owns it: deadlock");
    end();
}
END_TEST

START_TEST(who_has_asked_and_runs_on_says_what_for)
{
    begin();
    story_say(a, TRACE_SCHEDULING, TRACE_SOURCE_FALLBACK, 0);
    take_one_each();
    story_say(a, TRACE_LOCK_REQUEST, M2, 0);
    story_say(a, TRACE_CPU_PREEMPT, 0, 0);
    look();
    says(1, "en",
         "A could go on, but has no CPU since step 5; it has asked for lock 2, "
         "which C owns");
    end();
}
END_TEST

START_TEST(an_object_is_told_at_a_time_between_events)
{
    begin();
    story_say(a, TRACE_LOCK_ACQUIRE, M1, 0);
    look();
    lang_set("en");
    phrase_object(&model, &model.objects[0], model.time + 4, 0, text,
                  sizeof text);
    ck_assert_str_eq(text, "lock 1: A owns it for 4 steps now (since step 1)");
    end();
}
END_TEST

static const struct hint {
    uint16_t before; // of B, on the same object; 0: nothing
    uint16_t request;
    uint64_t object;
    const char *english, *spanish; // behind "A waits "
} hints[] = {
    {0, TRACE_COND_WAIT, CV, "nobody has signalled it", "nadie la ha señalado"},
    {0, TRACE_SEM_REQUEST, SEM, "nobody has raised it", "nadie lo ha subido"},
    {TRACE_SEM_ACQUIRE, TRACE_SEM_REQUEST, TRACE_SHARED | SEM,
     "last lowered by B", "la última que lo bajó: B"},
    {0, TRACE_GET_REQUEST, 0x61, "nobody has put anything",
     "nadie ha puesto nada"},
    {TRACE_PUT, TRACE_GET_REQUEST, TRACE_SHARED | 0x60,
     "the last one to put: B", "la última que puso: B"},
    {TRACE_GET, TRACE_PUT_REQUEST, TRACE_SHARED | 0x60,
     "the last one to take: B", "la última que sacó: B"},
    {TRACE_PIPE_WRITE, TRACE_PIPE_READ_REQUEST, PIPE,
     "the last one to write: B", "la última que escribió: B"},
    {TRACE_PIPE_READ, TRACE_PIPE_WRITE_REQUEST, PIPE, "the last one to read: B",
     "la última que leyó: B"},
    {TRACE_BARRIER_WAIT, TRACE_BARRIER_WAIT, TRACE_SHARED | BAR,
     "also there: B", "también están ahí: B"},
    {0, TRACE_BARRIER_WAIT, BAR, "nobody else is there",
     "no hay nadie más ahí"},
    {0, TRACE_WAIT_REQUEST, 0, "still alive: B", "siguen vivos: B"},
};

START_TEST(who_could_let_it_go_on_is_named)
{
    const struct hint *hint = &hints[_i];

    begin();
    if (hint->before)
        story_say(b, hint->before, hint->object, 1);
    story_say(a, hint->request, hint->object, 0);
    look();
    lang_set("en");
    phrase_task(&model, 1, model.time, text, sizeof text);
    ck_assert_msg(strstr(text, hint->english), "'%s' not in '%s'",
                  hint->english, text);
    lang_set("es");
    phrase_task(&model, 1, model.time, text, sizeof text);
    ck_assert_msg(strstr(text, hint->spanish), "'%s' not in '%s'",
                  hint->spanish, text);
    lang_set("en");
    end();
}
END_TEST

START_TEST(who_has_ended_is_said_to_have_ended)
{
    begin();
    story_say(a, TRACE_JOIN_REQUEST, 3, 0);
    story_say(c, TRACE_TASK_EXIT, 0, 0);
    look();
    says(1, "en",
         "A waits for the end of C for 1 step now (since step 1); C ended with "
         "status 0");
    end();
}
END_TEST

// Where nobody saw the CPUs it is not said that a task runs.
START_TEST(an_unseen_cpu_is_confessed)
{
    begin();
    story_say(a, TRACE_LOCK_ACQUIRE, M1, 0);
    look();
    says(1, "en",
         "A runs, or waits for a CPU (not recorded) for 1 step now (since step "
         "0)");
    end();
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("phrase");
    TCase *tests = tcase_create("all");

    tcase_add_test(tests, every_kind_is_a_sentence_in_both_languages);
    tcase_add_test(tests, a_pipe_confesses_what_was_not_seen);
    tcase_add_test(tests, a_name_that_is_cut_keeps_its_number);
    tcase_add_test(tests, a_terminal_gets_lines_that_break_at_spaces);
    tcase_add_test(tests, what_is_empty_is_left_out);
    tcase_add_test(tests, a_circle_is_told_from_each_of_its_sides);
    tcase_add_test(tests, a_circle_does_not_depend_on_the_cpus);
    tcase_add_test(tests, who_has_asked_and_runs_on_says_what_for);
    tcase_add_test(tests, an_object_is_told_at_a_time_between_events);
    tcase_add_loop_test(tests, who_could_let_it_go_on_is_named, 0,
                        sizeof hints / sizeof *hints);
    tcase_add_test(tests, who_has_ended_is_said_to_have_ended);
    tcase_add_test(tests, an_unseen_cpu_is_confessed);
    return story_run(suite, tests);
}
