// test_save.c - the key that writes the window of the visualizer into a file
#include <errno.h>
#include <fcntl.h>
#include <locale.h>
#include <poll.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>

#include "runtime/message.h"
#include "tests/bench/busy_trace.h"
#include "tests/export_story.h"
#include "tools/trace/export.h"
#include "viz/frame.h"
#include "viz/keys.h"
#include "viz/save.h"

static struct stage stage;
static struct grid grid;
static char folder[TEMPORARY_SIZE];

// In a folder of its own, where names are short.
static void open_story(void)
{
    char error[600];

    export_story(story_path());
    temporary_path(folder, "save.d");
    mkdir(folder, 0700);
    ck_assert_int_eq(chdir(folder), 0);
    ck_assert_msg(stage_open(&stage, story_name, error, sizeof error), "%s",
                  error);
    lang_set("en");
}

static void end(void)
{
    stage_close(&stage);
    grid_free(&grid);
    ck_assert_int_eq(chdir("/"), 0);
    rmdir(folder);
}

static void press(const char *typed)
{
    for (; *typed; typed++)
        keys_press(&stage, (unsigned char)*typed);
}

// e, another name than the suggested one, Enter.
static void export_as(const char *name)
{
    press("e");
    ck_assert_int_eq(stage.prompt, PROMPT_EXPORT);
    while (*stage.line)
        press("\177");
    press(name);
    press("\n");
}

static bool last_line_has(const char *text)
{
    char row[81] = "";

    ck_assert(grid_size(&grid, 24, 80));
    frame_draw(&stage, &grid);
    for (int i = 0; i < 80; i++) {
        uint32_t c = grid.cells[23 * 80 + i].character;

        row[i] = c >= ' ' && c < 127 ? (char)c : '*';
    }
    return strstr(row, text) != NULL;
}

static char *content(const char *path)
{
    static char text[1 << 16];
    FILE *in = fopen(path, "r");

    if (!in)
        return NULL;
    text[fread(text, 1, sizeof text - 1, in)] = '\0';
    fclose(in);
    return text;
}

START_TEST(the_name_is_asked_for_and_one_is_suggested)
{
    char suggested[80], *point;

    open_story();
    press("e");
    ck_assert(last_line_has("export to (.svg .json .csv .txt): "));
    snprintf(suggested, sizeof suggested, "%s", strrchr(story_name, '/') + 1);
    point = strrchr(suggested, '.');
    snprintf(point, 5, ".svg");
    ck_assert_str_eq(stage.line, suggested);
    press("\33");
    ck_assert_int_eq(stage.prompt, NO_PROMPT);
    ck_assert_int_ne(access(suggested, F_OK), 0);
    end();
}
END_TEST

START_TEST(each_format_is_written_and_where_is_said)
{
    static const struct {
        const char *name, *part;
    } rows[] = {{"w.svg", "</svg>"},
                {"w.json", "\"traceEvents\""},
                {"w.csv", "event,time_ns"},
                {"w.intervals.csv", "task,pid,tid,name,what"},
                {"w.statistics.csv", "longest_wait_for"},
                {"w.objects.csv", "longest_hold_by"},
                {"w.txt", "lock_acquire"}};

    open_story();
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        export_as(rows[i].name);
        ck_assert_int_eq(stage.prompt, NO_PROMPT);
        ck_assert(last_line_has("this window, written: /"));
        ck_assert_ptr_nonnull(strstr(content(rows[i].name), rows[i].part));
        unlink(rows[i].name);
    }
    end();
}
END_TEST

START_TEST(the_window_is_written_and_marks_come_first)
{
    open_story();
    stage.from = stage.lanes.begin + 10000;
    stage.length = 4000;
    export_as("w.svg");
    ck_assert_ptr_nonnull(strstr(content("w.svg"), "from 10 µs to 14 µs"));
    stage.marks[0].is_set = stage.marks[1].is_set = true;
    stage.marks[0].time = stage.lanes.begin + 9000;
    stage.marks[1].time = stage.lanes.begin + 5000;
    export_as("w.svg");
    ck_assert(last_line_has("from A to B, written: /"));
    ck_assert_ptr_nonnull(strstr(content("w.svg"), "from 5 µs to 9 µs"));
    unlink("w.svg");
    end();
}
END_TEST

START_TEST(one_stands_where_one_stood)
{
    open_story();
    press(".....");
    export_as("w.json");
    unlink("w.json");
    ck_assert_uint_eq(stage.model.position, 5);
    press(".");
    ck_assert_uint_eq(stage.model.position, 6);
    end();
}
END_TEST

START_TEST(a_file_of_somebody_else_is_not_written_over)
{
    FILE *out;

    open_story();
    out = fopen("w.svg", "w");
    fputs("mine", out);
    fclose(out);
    export_as("w.svg");
    ck_assert(last_line_has("w.svg is there already, and not from here"));
    ck_assert_int_eq(stage.prompt, PROMPT_EXPORT);
    ck_assert_str_eq(content("w.svg"), "mine");
    press("\177\177\177\177x.svg\n"); // another name
    ck_assert(last_line_has("written: /"));
    ck_assert_ptr_nonnull(strstr(content("wx.svg"), "</svg>"));
    unlink("w.svg");
    unlink("wx.svg");
    end();
}
END_TEST

START_TEST(its_own_file_is_unless_it_was_changed)
{
    FILE *out;

    open_story();
    export_as("w.svg");
    export_as("w.svg");
    ck_assert(last_line_has("written: /"));
    out = fopen("w.svg", "a");
    fputs("<!-- drawn on -->", out);
    fclose(out);
    export_as("w.svg");
    ck_assert(last_line_has("is there already"));
    unlink("w.svg");
    end();
}
END_TEST

START_TEST(what_cannot_be_written_is_said)
{
    static const struct {
        const char *name, *said;
    } rows[] = {
        {"w.pdf", "must end in .svg, .json (Perfetto), .csv or .txt"},
        {"w", "must end in"},
        {"no/w.svg", "no/w.svg was not written: No such file or directory"},
        {"/proc/w.svg", "/proc/w.svg was not written: "},
    };

    open_story();
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        export_as(rows[i].name);
        ck_assert_msg(last_line_has(rows[i].said), "%s", rows[i].name);
        ck_assert_int_eq(stage.prompt, PROMPT_EXPORT);
        press("\33");
    }
    export_as("");
    ck_assert_int_eq(stage.prompt, NO_PROMPT);
    end();
}
END_TEST

// As on a full disk, the write fails in the middle: nothing is left.
START_TEST(a_full_disk_leaves_nothing)
{
    struct rlimit small = {1000, RLIM_INFINITY};

    open_story();
    signal(SIGXFSZ, SIG_IGN);
    ck_assert_int_eq(setrlimit(RLIMIT_FSIZE, &small), 0);
    export_as("w.json");
    ck_assert(last_line_has("w.json was not written: File too large"));
    ck_assert_int_ne(access("w.json", F_OK), 0);
    end(); // its folder is empty: rmdir would fail
    ck_assert_int_ne(access(folder, F_OK), 0);
}
END_TEST

// A trace that takes a moment to write, and somebody who looks after the child.
static void open_long(void)
{
    char error[600];

    open_story();
    stage_close(&stage);
    busy_trace_make(story_name, 300000);
    ck_assert_msg(stage_open(&stage, story_name, error, sizeof error), "%s",
                  error);
    ck_assert(!save_tick(&stage));
}

START_TEST(the_screen_lives_on_while_much_is_written)
{
    struct export_what all = export_all();
    struct stat child, own;

    open_long();
    all.findings = &stage.findings;
    export_as("w.json");
    ck_assert(last_line_has("w.json is being written"));
    press("..");
    ck_assert_uint_eq(stage.model.position, 2);
    export_as("x.json");
    ck_assert(last_line_has("w.json is still being written"));
    while (save_tick(&stage))
        poll(NULL, 0, 10);
    ck_assert(last_line_has("this window, written: /"));
    ck_assert_int_eq(export_file(export_named("chrome"), &stage.model, &all,
                                 "own.json", true),
                     0);
    stat("w.json", &child);
    stat("own.json", &own);
    ck_assert_int_eq(child.st_size, own.st_size);
    ck_assert_int_ne(access("x.json", F_OK), 0);
    save_end();
    unlink("w.json");
    unlink("own.json");
    end();
}
END_TEST

START_TEST(who_leaves_early_leaves_no_half_a_file)
{
    open_long();
    export_as("w.json");
    save_end();
    end(); // its folder is empty: rmdir would fail
    ck_assert_int_ne(access(folder, F_OK), 0);
}
END_TEST

START_TEST(much_that_cannot_be_written_is_said_too)
{
    open_long();
    export_as("no/w.json");
    while (save_tick(&stage))
        poll(NULL, 0, 10);
    ck_assert(last_line_has("no/w.json was not written: No such file"));
    close(open("w.json", O_WRONLY | O_CREAT, 0600));
    export_as("w.json");
    ck_assert(last_line_has("w.json is there already"));
    ck_assert_int_eq(stage.prompt, PROMPT_EXPORT);
    save_end();
    unlink("w.json");
    end();
}
END_TEST

static void not_for_us(int number)
{
    (void)number;
}

START_TEST(handlers_of_signals_are_left_as_they_were)
{
    struct sigaction mine = {.sa_handler = not_for_us}, after;

    open_story();
    sigaction(SIGTERM, &mine, NULL);
    export_as("w.csv");
    sigaction(SIGTERM, NULL, &after);
    ck_assert_ptr_eq((void *)(intptr_t)after.sa_handler,
                     (void *)(intptr_t)not_for_us);
    unlink("w.csv");
    end();
}
END_TEST

int main(void)
{
    TCase *all = tcase_create("all");

    setlocale(LC_CTYPE, "C.UTF-8");
    tcase_set_timeout(all, 60);
    tcase_add_test(all, the_name_is_asked_for_and_one_is_suggested);
    tcase_add_test(all, each_format_is_written_and_where_is_said);
    tcase_add_test(all, the_window_is_written_and_marks_come_first);
    tcase_add_test(all, one_stands_where_one_stood);
    tcase_add_test(all, a_file_of_somebody_else_is_not_written_over);
    tcase_add_test(all, its_own_file_is_unless_it_was_changed);
    tcase_add_test(all, what_cannot_be_written_is_said);
    tcase_add_test(all, a_full_disk_leaves_nothing);
    tcase_add_test(all, the_screen_lives_on_while_much_is_written);
    tcase_add_test(all, who_leaves_early_leaves_no_half_a_file);
    tcase_add_test(all, much_that_cannot_be_written_is_said_too);
    tcase_add_test(all, handlers_of_signals_are_left_as_they_were);
    return story_run(suite_create("save"), all);
}
