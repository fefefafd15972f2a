// test_charts.c - the figures of a trace: charts, statistics, and their child
#include <errno.h>
#include <locale.h>
#include <signal.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>

#include "runtime/message.h"
#include "tests/trace_story.h"
#include "tools/course/chart.h"
#include "tools/course/keep.h"
#include "tools/course/units.h"
#include "viz/chart_bars.h"
#include "viz/chart_draw.h"
#include "viz/charts.h"
#include "viz/errand.h"
#include "viz/frame.h"
#include "viz/keys.h"
#include "viz/plot_work.h"
#include "viz/statistics.h"
#include "viz/view.h"
#include "viz/waits.h"

static struct stage stage;
static struct grid grid;

// ---- A trace of which all figures are known ---------------------------------

static void at(struct writer *writer, uint64_t step)
{
    writer->step = step - 1; // story_say goes on by one
}

static void say_locks(struct writer *w, struct writer_task *a,
                      struct writer_task *b)
{
    at(w, 10), story_say(a, TRACE_LOCK_ACQUIRE, 0x10, 0);
    at(w, 20), story_say(b, TRACE_LOCK_REQUEST, 0x10, 0);
    at(w, 50), story_say(a, TRACE_LOCK_RELEASE, 0x10, 0);
    at(w, 60), story_say(b, TRACE_LOCK_ACQUIRE, 0x10, 0);
    at(w, 70), story_say(a, TRACE_LOCK_REQUEST, 0x10, 0);
    at(w, 80), story_say(b, TRACE_LOCK_RELEASE, 0x10, 0);
    at(w, 90), story_say(a, TRACE_LOCK_ACQUIRE, 0x10, 0);
    at(w, 100), story_say(a, TRACE_LOCK_RELEASE, 0x10, 0);
}

static void say_rest(struct writer *w, struct writer_task *a,
                     struct writer_task *b)
{
    at(w, 110), story_say(a, TRACE_QUEUE_CREATE, 0x20, 2);
    at(w, 120), story_say(a, TRACE_PUT, 0x20, 1);
    at(w, 140), story_say(a, TRACE_PUT, 0x20, 2);
    at(w, 160), story_say(b, TRACE_GET, 0x20, 1);
    at(w, 170), story_say(b, TRACE_GET, 0x20, 2);
    at(w, 180), story_say(a, TRACE_ALLOC, 0x10000, 1000);
    at(w, 185), story_say(a, TRACE_ALLOC, 0x20000, 500);
    at(w, 190), story_say(a, TRACE_FREE, 0x10000, 1000);
    at(w, 200), story_say(b, TRACE_MARK, 0, 0);
}

static void open_stage(const char *path)
{
    char error[600];

    ck_assert_msg(stage_open(&stage, path, error, sizeof error), "%s", error);
}

static void open_known(const char *name_of_lock)
{
    struct writer writer;
    struct writer_task *a, *b;

    story_create(&writer, story_path());
    a = writer_task_begin(&writer, "ana", 0, 1, 1);
    b = writer_task_begin(&writer, "bruno", 0, 1, 2);
    story_say(a, TRACE_OBJECT_NAME, 0x10, writer_name(&writer, name_of_lock));
    say_locks(&writer, a, b);
    say_rest(&writer, a, b);
    writer_close(&writer);
    open_stage(story_name);
}

static void end(void)
{
    charts_end();
    stage_close(&stage);
    grid_free(&grid);
}

static struct chart_asked whole(enum trace_chart kind)
{
    return (struct chart_asked){.kind = kind,
                                .from = stage.lanes.begin,
                                .to = stage.lanes.end,
                                .pid = 1};
}

static struct chart_draft draft_of(struct chart_asked asked)
{
    struct chart_draft draft;
    char why[512];

    ck_assert_msg(chart_draft_of(&stage, &asked, &draft, why, sizeof why), "%s",
                  why);
    return draft;
}

static void rows_are(struct chart_asked asked, const char *rows)
{
    struct chart_draft draft = draft_of(asked);

    ck_assert_str_eq(draft.rows, rows);
    chart_draft_free(&draft);
}

// Its title in the language of message.h.
static void title_is(enum trace_chart kind, const char *wanted)
{
    struct chart_draft draft = draft_of(whole(kind));
    const struct plot_given given = {.name = trace_chart_names[kind].file,
                                     .script = draft.script,
                                     .rows = draft.rows,
                                     .rows_bytes = draft.rows_bytes,
                                     .facts = draft.facts,
                                     .columns = 60,
                                     .preview_rows = 12,
                                     .timeout_s = 60};
    char *title, *drawing, error[2048];

    plot_given(&given, &title, &drawing, error, sizeof error);
    ck_assert_msg(title != NULL, "%s", error);
    ck_assert_str_eq(units_unbind(title), wanted);
    free(title);
    free(drawing);
    chart_draft_free(&draft);
}

// ---- Figures ----------------------------------------------------------------

START_TEST(waits_are_counted_by_what_was_waited_for)
{
    struct chart_asked asked;

    open_known("m1");
    rows_are(whole(CHART_WAITS), "series,x,wait,share\n"
                                 "w1,1,20,50\n"
                                 "w1,1,40,100\n");
    asked = whole(CHART_WAITS);
    asked.to = 65; // only the first one has ended
    rows_are(asked, "series,x,wait,share\n"
                    "w1,1,40,100\n");
    title_is(CHART_WAITS, "m1: 2 waits, median 30 steps, longest 40 steps");
    lang_set("es");
    title_is(CHART_WAITS, "m1: 2 esperas, mediana 30 pasos, la mayor 40 pasos");
    end();
}
END_TEST

START_TEST(shares_are_parts_of_a_life)
{
    struct chart_asked asked;

    open_known("m1");
    rows_are(whole(CHART_SHARES),
             "series,x,running,ready,blocked,sleeping,unknown\n"
             "t1,1,90,0,10,0,0\n"
             "t2,2,80,0,20,0,0\n");
    asked = whole(CHART_SHARES);
    asked.from = 20;
    asked.to = 60;
    rows_are(asked, "series,x,running,ready,blocked,sleeping,unknown\n"
                    "t1,1,100,0,0,0,0\n"
                    "t2,2,0,0,100,0,0\n");
    title_is(CHART_SHARES, "ana runs most: 90 % of its time; bruno is blocked "
                           "most: 20 %");
    end();
}
END_TEST

// gnuplot put eight bars on seven rows: one said what its neighbour did.
START_TEST(in_letters_each_bar_has_its_own_row)
{
    struct bar all[] = {{"sell", {0.4, 99.6, 0}, false},
                        {"receive", {50, 0, 50}, false},
                        {"pack", {0, 100, 0}, true}};
    const struct bars bars = {
        all, 3, 3, {{'#', "runs"}, {'-', "blocked"}, {'.', "sleeps"}}};
    char *text;
    size_t size;
    FILE *out = open_memstream(&text, &size);

    bars_draw(out, &bars, 6, 31);
    bars_draw(out, &bars, 5, 31); // one fewer: and says so
    bars_draw(out, &bars, 2, 31);
    fclose(out);
    ck_assert_str_eq(text, "        # runs  - blocked  . sleeps  \n"
                           "   sell --------------------\n"
                           "receive ##########..........\n"
                           "   pack --------------------\n"
                           "        0  25   50   75  100 %\n"
                           "        # runs  - blocked  . sleeps  \n"
                           "   sell --------------------\n"
                           "receive ##########..........\n"
                           "   pack --------------------\n"
                           "        0  25   50   75  100 %\n");
    free(text);
}
END_TEST

START_TEST(bars_without_room_are_counted)
{
    struct bar all[] = {{"sell", {100}, false},
                        {"receive", {100}, false},
                        {"pack", {100}, true}};
    const struct bars bars = {all, 3, 1, {{'#', "runs"}}};
    char *text;
    size_t size;
    FILE *out = open_memstream(&text, &size);

    lang_set("en");
    bars_draw(out, &bars, 4, 31);
    bars_draw(out, &bars, 2, 31);
    fclose(out);
    ck_assert_str_eq(text, "        # runs  \n"
                           "   pack ####################\n"
                           "        0  25   50   75  100 %\n"
                           "        and 2 more\n");
    free(text);
}
END_TEST

START_TEST(a_slice_says_how_many_on_the_average)
{
    struct chart_asked asked;

    open_known("m1");
    asked = whole(CHART_CONCURRENCY);
    asked.slices = 4;
    rows_are(asked, "series,x,tasks\n"
                    "running,0,1.4\n"
                    "running,50,1.4\n"
                    "running,100,2\n"
                    "running,150,2\n"
                    "running,200,2\n"
                    "blocked,0,0.6\n"
                    "blocked,50,0.6\n"
                    "blocked,100,0\n"
                    "blocked,150,0\n"
                    "blocked,200,0\n");
    title_is(CHART_CONCURRENCY,
             "Tasks on average: 1.7 not waiting, 0.30 blocked (CPU not "
             "recorded)");
    lang_set("es");
    title_is(CHART_CONCURRENCY,
             "Tareas en promedio: 1,7 sin esperar, 0,30 bloqueadas (CPU sin "
             "registrar)");
    end();
}
END_TEST

START_TEST(what_is_in_a_queue_changes_when_something_moves)
{
    struct chart_asked asked;

    open_known("m1");
    rows_are(whole(CHART_FILL), "series,x,fill,low,high\n"
                                "fill,0,0,0,0\n"
                                "fill,120,1,1,1\n"
                                "fill,140,2,2,2\n"
                                "fill,160,1,1,1\n"
                                "fill,170,0,0,0\n"
                                "fill,200,0,0,0\n"
                                "capacity,0,2,2,2\n"
                                "capacity,200,2,2,2\n");
    title_is(CHART_FILL, "queue 1: up to 2 of 2 items; full 10 % of the time, "
                         "empty 75 %");
    asked = whole(CHART_FILL);
    asked.from = 130;
    asked.to = 150;
    rows_are(asked, "series,x,fill,low,high\n"
                    "fill,130,1,1,1\n"
                    "fill,140,2,2,2\n"
                    "fill,150,2,2,2\n"
                    "capacity,130,2,2,2\n"
                    "capacity,150,2,2,2\n");
    end();
}
END_TEST

START_TEST(a_heap_has_its_blocks_and_its_largest_hole)
{
    struct chart_asked asked;

    open_known("m1");
    asked = whole(CHART_HEAP);
    asked.from = 160;
    asked.slices = 8; // of 5 steps
    rows_are(asked, "series,x,size\n"
                    "used,160,0\nused,165,0\nused,170,0\nused,175,0\n"
                    "used,180,1000\nused,185,1500\nused,190,1500\n"
                    "used,195,500\nused,200,500\n"
                    "hole,160,0\nhole,165,0\nhole,170,0\nhole,175,0\n"
                    "hole,180,0\nhole,185,64536\nhole,190,0\n"
                    "hole,195,0\nhole,200,0\n");
    title_is(CHART_HEAP, "Heap of process 1: 1500 bytes at most, 500 at the "
                         "end; largest hole 64,536 bytes");
    end();
}
END_TEST

START_TEST(where_there_is_nothing_a_sentence_says_so)
{
    struct chart_draft draft;
    struct chart_asked asked;
    char why[512];

    open_known("m1");
    for (int i = 0; i < TRACE_CHARTS; i++) {
        asked = whole((enum trace_chart)i);
        asked.from = asked.to;
        ck_assert(!chart_draft_of(&stage, &asked, &draft, why, sizeof why));
        ck_assert_str_eq(why, "this stretch has no length");
    }
    asked = whole(CHART_WAITS);
    asked.from = 100;
    ck_assert(!chart_draft_of(&stage, &asked, &draft, why, sizeof why));
    ck_assert_str_eq(why, "nobody waited in this stretch");
    asked = whole(CHART_WAITS);
    asked.to = 40;
    ck_assert(!chart_draft_of(&stage, &asked, &draft, why, sizeof why));
    ck_assert_str_eq(why, "no wait ended in this stretch; 1 goes on");
    asked = whole(CHART_HEAP);
    asked.pid = 77;
    ck_assert(!chart_draft_of(&stage, &asked, &draft, why, sizeof why));
    ck_assert_str_eq(why, "this process had no block in this stretch");
    asked = whole(CHART_FILL);
    asked.flow = 5;
    ck_assert(!chart_draft_of(&stage, &asked, &draft, why, sizeof why));
    end();
}
END_TEST

START_TEST(statistics_come_to_the_same)
{
    struct statistics s;
    char label[100];

    open_known("m1");
    ck_assert(statistics_of(&stage, 0, 200, ORDER_BLOCKED, &s));
    ck_assert_uint_eq(s.task_count, 2);
    ck_assert_uint_eq(s.tasks[0].task, 2);
    ck_assert_uint_eq(s.tasks[0].shares[MODEL_BLOCKED], 40);
    ck_assert_uint_eq(s.tasks[0].longest, 40);
    ck_assert_uint_eq(s.tasks[1].shares[MODEL_RUNNING], 180);
    ck_assert_uint_eq(s.all.lived, 400);
    ck_assert_uint_eq(s.all.shares[MODEL_BLOCKED], 60);
    ck_assert_uint_eq(s.all.longest, 40);
    ck_assert(!s.switches_known);
    ck_assert_uint_eq(s.object_count, 2);
    waits_label(&stage, s.objects[0].target, label, sizeof label);
    ck_assert_str_eq(label, "m1");
    ck_assert_uint_eq(s.objects[0].acquisitions, 3);
    ck_assert_uint_eq(s.objects[0].waits, 2);
    ck_assert_uint_eq(s.objects[0].longest, 40);
    ck_assert_uint_eq(s.objects[0].total, 60);
    ck_assert_uint_eq(s.objects[1].acquisitions, 2);
    statistics_free(&s);
    end();
}
END_TEST

// What lies outside of the stretch does not count.
START_TEST(statistics_of_a_stretch)
{
    struct statistics s;

    open_known("m1");
    ck_assert(statistics_of(&stage, 30, 80, ORDER_TASK, &s));
    ck_assert_uint_eq(s.tasks[0].shares[MODEL_BLOCKED], 10);
    ck_assert_uint_eq(s.tasks[1].shares[MODEL_BLOCKED], 30);
    ck_assert_uint_eq(s.object_count, 1);
    ck_assert_uint_eq(s.objects[0].acquisitions, 1);
    ck_assert_uint_eq(s.objects[0].longest, 30);
    ck_assert_uint_eq(s.objects[0].total, 40);
    statistics_free(&s);
    end();
}
END_TEST

START_TEST(runs_and_moves_between_cpus_are_counted)
{
    struct writer writer;
    struct writer_task *a;
    struct statistics s;

    story_create(&writer, story_path());
    a = writer_task_begin(&writer, "ana", 0, 1, 1);
    story_say(a, TRACE_SCHEDULING, TRACE_SOURCE_PERF, 0);
    at(&writer, 10), story_say(a, TRACE_CPU_RUN, 0, 0);
    at(&writer, 20), story_say(a, TRACE_CPU_PREEMPT, 0, 0);
    at(&writer, 30), story_say(a, TRACE_CPU_RUN, 0, 0);
    at(&writer, 40), story_say(a, TRACE_CPU_BLOCK, 0, 0);
    at(&writer, 50), story_say(a, TRACE_CPU_RUN, 1, 0);
    at(&writer, 60), story_say(a, TRACE_CPU_PREEMPT, 1, 0);
    writer_close(&writer);
    open_stage(story_name);
    ck_assert(statistics_of(&stage, 0, 60, ORDER_TASK, &s));
    ck_assert(s.switches_known);
    ck_assert_uint_eq(s.tasks[0].runs, 3);
    ck_assert_uint_eq(s.tasks[0].moves, 1);
    ck_assert_uint_eq(s.tasks[0].shares[MODEL_READY], 10);
    statistics_free(&s);
    ck_assert(statistics_of(&stage, 45, 60, ORDER_TASK, &s));
    ck_assert_uint_eq(s.tasks[0].runs, 1);
    ck_assert_uint_eq(s.tasks[0].moves, 1);
    statistics_free(&s);
    end();
}
END_TEST

// ---- Names of strangers -----------------------------------------------------

START_TEST(no_name_breaks_a_chart)
{
    static const char *const names[] = {
        "{x}",
        "a\nset output 'x'",
        "it's `id`",
        "\\",
        "  ",
        "\xff\xfe",
        "\033[2J",
        "%d %s",
        "a_b^c@d&e~f",
        "0123456789012345678901234567890123456789012345678901234567890123456"};

    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        char error[512];

        open_known(names[i]);
        for (int kind = 0; kind < TRACE_CHARTS; kind++) {
            struct chart_draft draft = draft_of(whole((enum trace_chart)kind));
            const char *name = trace_chart_names[kind].file;
            struct chart chart;

            ck_assert_msg(chart_parse(name, name, draft.script, &chart, error,
                                      sizeof error),
                          "%s", error);
            chart_free(&chart);
            chart_draft_free(&draft);
        }
        end();
    }
}
END_TEST

// ---- Files ------------------------------------------------------------------

static void keep(enum trace_chart kind, const char *folder)
{
    struct chart_draft draft = draft_of(whole(kind));
    const struct plot_given given = {.name = trace_chart_names[kind].file,
                                     .script = draft.script,
                                     .rows = draft.rows,
                                     .rows_bytes = draft.rows_bytes,
                                     .facts = draft.facts,
                                     .output = folder,
                                     .timeout_s = 120};
    char *title, *drawing, error[2048];
    bool kept = plot_given(&given, &title, &drawing, error, sizeof error);

    ck_assert_msg(kept, "%s", error);
    free(title);
    free(drawing);
    chart_draft_free(&draft);
}

static void run_shell(const char *format, const char *a, const char *b)
{
    char command[4 * TEMPORARY_SIZE];

    snprintf(command, sizeof command, format, a, b);
    ck_assert_msg(system(command) == 0, "%s", command);
}

START_TEST(files_are_the_same_twice_and_by_gnuplot_by_hand)
{
    char box[TEMPORARY_SIZE], one[TEMPORARY_SIZE], two[TEMPORARY_SIZE];

    if (!chart_draw_ready())
        return;
    setenv("LC_ALL", "C.UTF-8", 1);
    temporary_folder(box);
    temporary_inside(one, box, "one");
    temporary_inside(two, box, "two");
    open_known("m1");
    for (int kind = 0; kind < TRACE_CHARTS; kind++) {
        keep((enum trace_chart)kind, one);
        keep((enum trace_chart)kind, two);
    }
    end();
    run_shell("diff -r '%s' '%s'", one, two);
    run_shell("cd '%s' && rm -- *.svg *.png && for f in *.gp; do "
              "LC_ALL=C gnuplot -d \"$f\" 2>/dev/null || exit 1; done; diff -r "
              ". '%s'",
              one, two);
    run_shell("grep -q '>m1' '%s/waits.svg' && [ $(ls '%s' | wc -l) = 30 ]",
              one, two);
    temporary_remove(box);
}
END_TEST

// ---- The child --------------------------------------------------------------

static void say_hello(FILE *out, void *context)
{
    fprintf(out, "hello %s", (const char *)context);
}

static void say_forever(FILE *out, void *context)
{
    (void)context;
    while (fputs("and so on ", out) >= 0)
        continue;
}

static void hang(FILE *out, void *context)
{
    (void)out;
    (void)context;
    for (;;)
        pause();
}

static void crash(FILE *out, void *context)
{
    (void)out;
    (void)context;
    abort();
}

static enum errand_state wait_for(struct errand *errand)
{
    enum errand_state state;
    struct timespec nap = {.tv_nsec = 2000000};

    while ((state = errand_look(errand)) == ERRAND_WORKS)
        nanosleep(&nap, NULL);
    return state;
}

START_TEST(a_child_brings_what_it_said)
{
    struct errand errand = {0};

    ck_assert_int_eq(errand_look(&errand), ERRAND_NONE);
    ck_assert(errand_begin(&errand, say_hello, "there", 60));
    ck_assert_int_eq(wait_for(&errand), ERRAND_DONE);
    ck_assert_str_eq(errand.said, "hello there");
    ck_assert_int_eq(errand_look(&errand), ERRAND_NONE);
    errand_end(&errand);
}
END_TEST

START_TEST(a_child_that_fails_is_no_trouble)
{
    struct errand errand = {0};

    ck_assert(errand_begin(&errand, crash, NULL, 60));
    ck_assert_int_eq(wait_for(&errand), ERRAND_FAILED);
    errand_end(&errand);
    ck_assert(errand_begin(&errand, say_forever, NULL, 60));
    ck_assert_int_eq(wait_for(&errand), ERRAND_FAILED);
    errand_end(&errand);
    ck_assert(errand_begin(&errand, hang, NULL, 0)); // its time is over
    ck_assert_int_eq(wait_for(&errand), ERRAND_FAILED);
    errand_end(&errand);
    ck_assert_int_eq(waitpid(-1, NULL, 0), -1);
    ck_assert_int_eq(errno, ECHILD);
}
END_TEST

START_TEST(an_errand_that_is_ended_leaves_no_child)
{
    struct errand errand = {0};

    ck_assert(errand_begin(&errand, hang, NULL, 60));
    ck_assert_int_eq(errand_look(&errand), ERRAND_WORKS);
    errand_end(&errand);
    errand_end(&errand);
    ck_assert_int_eq(waitpid(-1, NULL, 0), -1);
    ck_assert_int_eq(errno, ECHILD);
}
END_TEST

// ---- A gnuplot of another sort ----------------------------------------------

static char box[TEMPORARY_SIZE];

// Takes the place of gnuplot in PATH; NULL: there is none.
static void be_gnuplot(const char *script)
{
    char path[TEMPORARY_SIZE], whole_path[TEMPORARY_SIZE + 32];

    temporary_folder(box);
    temporary_inside(path, box, "gnuplot");
    if (script) {
        ck_assert(keep_write(path, script, strlen(script)));
        ck_assert_int_eq(chmod(path, 0755), 0);
    }
    snprintf(whole_path, sizeof whole_path, script ? "%s:/usr/bin:/bin" : "%s",
             box);
    setenv("PATH", whole_path, 1);
}

static void show_chart(enum trace_chart kind)
{
    open_known("m1");
    keys_press(&stage, 'c');
    stage.chart = kind;
    ck_assert(grid_size(&grid, 24, 80));
    frame_draw(&stage, &grid);
}

static void wait_for_chart(void)
{
    struct timespec nap = {.tv_nsec = 2000000};

    while (charts_tick(&stage))
        nanosleep(&nap, NULL);
    frame_draw(&stage, &grid);
}

static bool screen_has(const char *text)
{
    char row[81];

    for (int i = 0; i < 24; i++) {
        for (int j = 0; j < 80; j++) {
            uint32_t c = grid.cells[i * 80 + j].character;

            ck_assert_msg(
                c == 0 || (c >= ' ' && c != 0x7f && !(c >= 0x80 && c < 0xa0)),
                "a control character on the screen: %u", c);
            row[j] = c < 128 ? (char)c : '*';
        }
        row[80] = '\0';
        if (strstr(row, text))
            return true;
    }
    return false;
}

static void screen_says(const char *text)
{
    ck_assert_msg(screen_has(text), "not on the screen: %s", text);
}

START_TEST(first_it_is_measured_then_it_is_there)
{
    be_gnuplot("#!/bin/sh\necho 'a drawing of letters'\n");
    show_chart(CHART_WAITS);
    screen_says("measuring*");
    wait_for_chart();
    screen_says("m1: 2 waits");
    screen_says("a drawing of letters");
    ck_assert(!screen_has("measuring"));
    end();
    temporary_remove(box);
}
END_TEST

START_TEST(without_gnuplot_the_remedy_is_named)
{
    be_gnuplot(NULL);
    show_chart(CHART_WAITS);
    wait_for_chart();
    screen_says("m1: 2 waits");
    screen_says("gnuplot is missing");
    screen_says("gnuplot-nox");
    end();
    setenv("PATH", "/usr/bin:/bin", 1);
    temporary_remove(box);
}
END_TEST

START_TEST(a_gnuplot_that_fails_is_quoted)
{
    be_gnuplot("#!/bin/sh\necho 'no such thing' >&2\nexit 3\n");
    show_chart(CHART_WAITS);
    wait_for_chart();
    screen_says("gnuplot ended with status 3: no such thing");
    end();
    temporary_remove(box);
}
END_TEST

START_TEST(control_characters_of_its_output_stay_off_the_screen)
{
    be_gnuplot(
        "#!/bin/sh\nprintf 'x\\033[31mred\\007 \\302\\205\\r\\n\\377y'\n");
    show_chart(CHART_WAITS);
    wait_for_chart();
    screen_says("x?[31mred?");
    end();
    temporary_remove(box);
}
END_TEST

START_TEST(shares_are_drawn_without_gnuplot)
{
    be_gnuplot(NULL);
    show_chart(CHART_SHARES);
    wait_for_chart();
    screen_says("ana runs most");
    screen_says("bruno ***");
    ck_assert(!screen_has("gnuplot is missing"));
    end();
    setenv("PATH", "/usr/bin:/bin", 1);
    temporary_remove(box);
}
END_TEST

static bool is_gone(pid_t pid)
{
    return kill(pid, 0) < 0 && errno == ESRCH;
}

// The pid that the false gnuplot wrote.
static pid_t pid_of_gnuplot(void)
{
    char path[TEMPORARY_SIZE];
    struct timespec nap = {.tv_nsec = 2000000};
    char *text = NULL;
    int pid = 0;

    temporary_inside(path, box, "pid");
    while (pid == 0) {
        free(text);
        charts_tick(&stage);
        text = keep_read(path, 100, NULL);
        pid = text && strchr(text, '\n') ? atoi(text) : 0;
        nanosleep(&nap, NULL);
    }
    free(text);
    return (pid_t)pid;
}

START_TEST(one_that_hangs_holds_nobody_up_and_is_gone_with_us)
{
    struct timespec nap = {.tv_nsec = 2000000};
    pid_t pid;

    be_gnuplot("#!/bin/sh\necho $$ >\"${0%/*}/pid\"\nexec sleep 1000\n");
    show_chart(CHART_SHARES);
    pid = pid_of_gnuplot();
    frame_draw(&stage, &grid); // nobody waits for it
    screen_says("measuring*");
    keys_press(&stage, 'v');
    charts_end();
    while (!is_gone(pid))
        nanosleep(&nap, NULL);
    end();
    temporary_remove(box);
}
END_TEST

// ---- Keys -------------------------------------------------------------------

static void press(const char *typed)
{
    for (; *typed; typed++)
        keys_press(&stage, (unsigned char)*typed);
}

START_TEST(c_and_arrows_choose_the_chart)
{
    open_known("m1");
    press("c");
    ck_assert_ptr_eq(views[stage.view].draw, view_charts);
    ck_assert_int_eq(stage.chart, CHART_WAITS);
    press("c");
    ck_assert_int_eq(stage.chart, CHART_SHARES);
    keys_press(&stage, CODE_LEFT);
    keys_press(&stage, CODE_LEFT);
    ck_assert_int_eq(stage.chart, CHART_HEAP);
    keys_press(&stage, CODE_RIGHT);
    ck_assert_int_eq(stage.chart, CHART_WAITS);
    ck_assert_uint_eq(stage.now, 0);
    end();
}
END_TEST

START_TEST(o_sorts_and_down_goes_on_to_the_objects)
{
    open_known("m1");
    while (views[stage.view].draw != view_statistics)
        press("v");
    ck_assert(grid_size(&grid, 24, 80));
    press("oooo"); // by blocked: bruno, ana
    frame_draw(&stage, &grid);
    screen_says("by blocked");
    stage.selected = 2;
    keys_press(&stage, CODE_DOWN);
    ck_assert_uint_eq(stage.selected, 1);
    keys_press(&stage, CODE_DOWN);
    ck_assert_int_eq(stage.row, 1);
    keys_press(&stage, CODE_DOWN);
    keys_press(&stage, CODE_DOWN);
    ck_assert_int_eq(stage.row, 2);
    press("www");
    ck_assert_int_eq(stage.row, 0);
    ck_assert_uint_eq(stage.selected, 2);
    press("o");
    frame_draw(&stage, &grid);
    screen_says("as they began");
    end();
}
END_TEST

START_TEST(e_writes_all_files_of_the_chart)
{
    char folder[TEMPORARY_SIZE], path[TEMPORARY_SIZE];

    temporary_folder(folder);
    be_gnuplot("#!/bin/sh\necho '<svg></svg>' >x.svg\n"
               "printf 'IEND\\256B`\\202' >x.png\n");
    open_known("m1");
    press("ce");
    ck_assert_int_eq(stage.prompt, PROMPT_EXPORT);
    ck_assert_ptr_nonnull(strstr(stage.line, "-waits.svg"));
    press("\033");
    ck_assert(grid_size(&grid, 24, 80));
    temporary_inside(path, folder, "x.svg");
    ck_assert(charts_save(&stage, path));
    wait_for_chart();
    screen_says("written: ");
    ck_assert_int_eq(access(path, F_OK), 0);
    ck_assert(charts_save(&stage, path)); // it was we who wrote it
    wait_for_chart();
    temporary_inside(path, folder, "mine.csv");
    ck_assert(keep_write(path, "mine", 4));
    temporary_inside(path, folder, "mine");
    ck_assert(!charts_save(&stage, path));
    frame_draw(&stage, &grid);
    screen_says("is there already");
    end();
    temporary_remove(folder);
    temporary_remove(box);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("charts");
    TCase *tcase = tcase_create("charts");

    setlocale(LC_CTYPE, "C.UTF-8");
    lang_set("en");
    tcase_set_timeout(tcase, 300);
    tcase_add_test(tcase, waits_are_counted_by_what_was_waited_for);
    tcase_add_test(tcase, shares_are_parts_of_a_life);
    tcase_add_test(tcase, in_letters_each_bar_has_its_own_row);
    tcase_add_test(tcase, bars_without_room_are_counted);
    tcase_add_test(tcase, a_slice_says_how_many_on_the_average);
    tcase_add_test(tcase, what_is_in_a_queue_changes_when_something_moves);
    tcase_add_test(tcase, a_heap_has_its_blocks_and_its_largest_hole);
    tcase_add_test(tcase, where_there_is_nothing_a_sentence_says_so);
    tcase_add_test(tcase, statistics_come_to_the_same);
    tcase_add_test(tcase, statistics_of_a_stretch);
    tcase_add_test(tcase, runs_and_moves_between_cpus_are_counted);
    tcase_add_test(tcase, no_name_breaks_a_chart);
    tcase_add_test(tcase, files_are_the_same_twice_and_by_gnuplot_by_hand);
    tcase_add_test(tcase, a_child_brings_what_it_said);
    tcase_add_test(tcase, a_child_that_fails_is_no_trouble);
    tcase_add_test(tcase, an_errand_that_is_ended_leaves_no_child);
    tcase_add_test(tcase, first_it_is_measured_then_it_is_there);
    tcase_add_test(tcase, without_gnuplot_the_remedy_is_named);
    tcase_add_test(tcase, shares_are_drawn_without_gnuplot);
    tcase_add_test(tcase, a_gnuplot_that_fails_is_quoted);
    tcase_add_test(tcase, control_characters_of_its_output_stay_off_the_screen);
    tcase_add_test(tcase, one_that_hangs_holds_nobody_up_and_is_gone_with_us);
    tcase_add_test(tcase, c_and_arrows_choose_the_chart);
    tcase_add_test(tcase, o_sorts_and_down_goes_on_to_the_objects);
    tcase_add_test(tcase, e_writes_all_files_of_the_chart);
    return story_run(suite, tcase);
}
