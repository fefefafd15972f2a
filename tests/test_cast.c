// test_cast.c - recordings of the screen: read again as other programs do
#include <errno.h>
#include <jansson.h>
#include <locale.h>

#include "runtime/message.h"
#include "tests/pseudo_terminal.h"
#include "tests/trace_story.h"
#include "tools/course/keep.h"
#include "viz/cast.h"
#include "viz/frame.h"
#include "viz/keys.h"
#include "viz/record.h"
#include "viz/script.h"

enum { ROWS = 24, COLUMNS_WIDE = 80 };

static struct stage stage;
static struct grid grid;
static char path[TEMPORARY_SIZE];

// ---- A trace with names that are hard to write ------------------------------

static void open_stage(void)
{
    static const char *const names[] = {"ana \"quoted\" \\ back", "<b>&amp;'",
                                        "日本語の名前", "ñandú\033[2J\n",
                                        "\xff\xfe bad"};
    struct writer writer;
    struct writer_task *tasks[5];
    char error[600];

    story_create(&writer, story_path());
    for (uint32_t i = 0; i < 5; i++)
        tasks[i] = writer_task_begin(&writer, names[i], 0, 1, i + 1);
    for (int i = 0; i < 40; i++) {
        story_say(tasks[i % 5], TRACE_LOCK_REQUEST, 0x10, 0);
        story_say(tasks[i % 5], TRACE_LOCK_ACQUIRE, 0x10, 0);
        story_say(tasks[i % 5], TRACE_LOCK_RELEASE, 0x10, 0);
    }
    writer_close(&writer);
    ck_assert_msg(stage_open(&stage, story_name, error, sizeof error), "%s",
                  error);
}

static void record(const char *name, const char *typed)
{
    struct recording recording = {
        .keys = typed, .rows = ROWS, .columns = COLUMNS_WIDE};
    char error[600];

    temporary_path(path, name);
    recording.path = path;
    ck_assert_msg(record_check(&recording, error, sizeof error), "%s", error);
    ck_assert_msg(record_keys(&stage, &recording, error, sizeof error), "%s",
                  error);
}

static char *take_file(size_t *size)
{
    char *bytes = keep_read(path, 1 << 24, size);

    ck_assert_ptr_nonnull(bytes);
    unlink(path);
    return bytes;
}

static void end(void)
{
    stage_close(&stage);
    grid_free(&grid);
}

// ---- The cast, as a player reads it -----------------------------------------

static void play(VTerm *vterm, char *text)
{
    double last = 0;
    int line = 0;

    for (char *at = strtok(text, "\n"); at; at = strtok(NULL, "\n"), line++) {
        json_t *value = json_loads(at, 0, NULL); // refuses what is no UTF-8
        const char *kind, *output;
        double time;

        ck_assert_msg(value != NULL, "line %d: %s", line, at);
        if (line == 0) {
            ck_assert_int_eq(
                json_integer_value(json_object_get(value, "version")), 2);
            ck_assert_int_eq(
                json_integer_value(json_object_get(value, "height")), ROWS);
        } else {
            ck_assert_int_eq(
                json_unpack(value, "[F, s, s]", &time, &kind, &output), 0);
            ck_assert_double_ge(time, last);
            ck_assert_str_eq(kind, "o");
            last = time;
            vterm_input_write(vterm, output, strlen(output));
        }
        json_decref(value);
    }
    ck_assert_int_gt(line, 2);
}

static void ck_same_cell(VTermScreen *screen, int row, int column)
{
    struct cell cell = grid_shown(&grid, row * COLUMNS_WIDE + column);
    VTermScreenCell seen;
    uint32_t character;

    vterm_screen_get_cell(screen, (VTermPos){row, column}, &seen);
    character = seen.chars[0] ? seen.chars[0] : ' ';
    if (cell.character == 0)
        return; // the other half of a wide one
    ck_assert_msg(character == cell.character, "%d,%d: %x is not %x", row,
                  column, character, cell.character);
    ck_assert_int_eq(seen.attrs.reverse, cell.reversed);
}

static void ck_replays(const char *typed)
{
    VTerm *vterm = vterm_new(ROWS, COLUMNS_WIDE);
    VTermScreen *screen = vterm_obtain_screen(vterm);
    size_t size;
    char *text;

    vterm_set_utf8(vterm, 1);
    vterm_screen_reset(screen, 1);
    record("replay.cast", typed);
    text = take_file(&size);
    play(vterm, text);
    ck_assert(grid_size(&grid, ROWS, COLUMNS_WIDE));
    frame_draw(&stage, &grid);
    for (int row = 0; row < ROWS; row++)
        for (int i = 0; i < COLUMNS_WIDE; i++)
            ck_same_cell(screen, row, i);
    vterm_free(vterm);
    free(text);
}

START_TEST(a_cast_replays_to_the_same_screen)
{
    static const char *const scripts[] = {
        "",
        " <3s>",
        "v<1s>v.,.<down><down>",
        "?",
        "/release<enter>n<200ms>N",
        "s]mz+ <10s>",
        "GvvvvvVVL<up>",
    };

    for (size_t i = 0; i < sizeof scripts / sizeof *scripts; i++) {
        open_stage();
        ck_replays(scripts[i]);
        stage_close(&stage);
    }
    grid_free(&grid);
}
END_TEST

START_TEST(the_same_keys_give_the_same_bytes)
{
    static const char *const names[] = {"same.cast", "same.svg"};

    for (int i = 0; i < 2; i++) {
        size_t sizes[2];
        char *bytes[2];

        for (int j = 0; j < 2; j++) {
            open_stage();
            record(names[i], " <4s>v<1.5s>v");
            bytes[j] = take_file(&sizes[j]);
            stage_close(&stage);
        }
        ck_assert_uint_eq(sizes[0], sizes[1]);
        ck_assert_mem_eq(bytes[0], bytes[1], sizes[0]);
        free(bytes[0]);
        free(bytes[1]);
    }
}
END_TEST

START_TEST(a_size_that_changes_is_in_the_cast)
{
    struct grid small = {0};
    struct cast cast;
    size_t size;
    char *text;

    temporary_path(path, "size.cast");
    ck_assert(grid_size(&grid, 5, 20) && grid_size(&small, 1, 1));
    ck_assert(cast_begin(&cast, path, true, THEME_DARK, false, 5, 20));
    ck_assert(cast_frame(&cast, 0, &grid));
    ck_assert(cast_frame(&cast, 1000000000, &small));
    ck_assert(cast_end(&cast, 2000000000));
    ck_assert(!cast_begin(&cast, path, true, THEME_DARK, false, 5, 20));
    ck_assert_int_eq(errno, EEXIST);
    text = take_file(&size);
    ck_assert_ptr_nonnull(strstr(text, "[1.000000, \"r\", \"1x1\"]"));
    free(text);
    grid_free(&small);
    grid_free(&grid);
}
END_TEST

START_TEST(a_disk_that_is_full_is_said)
{
    struct recording recording = {
        .path = "/dev/full", .rows = ROWS, .columns = COLUMNS_WIDE};
    struct cast cast;

    ck_assert(
        cast_begin(&cast, recording.path, false, THEME_DARK, false, 5, 20));
    ck_assert(grid_size(&grid, 5, 20));
    grid_text(&grid, 0, 0, 20, LOOK_PLAIN, "text");
    ck_assert(!cast_frame(&cast, 0, &grid));
    ck_assert_int_eq(errno, ENOSPC);
    cast_end(&cast, 0);
    grid_free(&grid);
}
END_TEST

// ---- The picture ------------------------------------------------------------

// Tags that nest, attributes in quotes, nothing bare: what XML asks for.
static const char *read_tag(const char *at, char *name, bool *closes)
{
    size_t n = strcspn(at, " />");

    ck_assert_uint_gt(n, 0);
    ck_assert_uint_lt(n, 32);
    snprintf(name, 32, "%.*s", (int)n, at);
    for (at += n; *at == ' ';) {
        at += 1 + strcspn(at, "=");
        ck_assert_int_eq(*at, '"');
        n = strcspn(at + 1, "\"<&");
        at += 1 + n;
        ck_assert_int_eq(*at++, '"');
    }
    *closes = *at == '/';
    at += *closes;
    ck_assert_int_eq(*at, '>');
    return at + 1;
}

static const char *read_markup(const char *at, char open[][32], int *depth)
{
    bool closes;

    if (*at == '/') {
        size_t n = strlen(open[--*depth]);

        ck_assert_int_eq(strncmp(at + 1, open[*depth], n), 0);
        ck_assert_int_eq(at[n + 1], '>');
        return at + n + 2;
    }
    ck_assert_int_lt(*depth, 15);
    at = read_tag(at, open[*depth], &closes);
    *depth += !closes;
    return at;
}

static void ck_well_formed(const char *at)
{
    char open[16][32];
    int depth = 0;

    do {
        at += strcspn(at, "<&");
        if (*at == '&') {
            at += strcspn(at, ";");
            ck_assert_int_eq(*at, ';');
        } else if (*at) {
            at = read_markup(at + 1, open, &depth);
        }
    } while (*at && depth > 0);
    ck_assert_int_eq(depth, 0);
    ck_assert_str_eq(at, "\n");
}

START_TEST(a_picture_is_well_formed)
{
    size_t size;
    char *text;

    open_stage();
    record("frames.svg", NULL);
    text = take_file(&size);
    ck_well_formed(text);
    ck_assert_ptr_nonnull(strstr(text, "日本語"));
    ck_assert_ptr_nonnull(strstr(text, "&#60;b&#62;&#38;amp;"));
    ck_assert_ptr_nonnull(strstr(text, "<animate "));
    free(text);
    end();
}
END_TEST

// One row that says how far the time is, and a cursor: not all rows anew.
START_TEST(what_stays_is_in_the_picture_once)
{
    size_t size;
    char *text, *label;

    open_stage();
    record("frames.svg", NULL);
    text = take_file(&size);
    label = strstr(text, "ana &quot;") ? strstr(text, "ana &quot;")
                                       : strstr(text, "ana \"quoted\"");
    ck_assert_ptr_nonnull(label);
    ck_assert_uint_lt(size, 300000);
    free(text);
    end();
}
END_TEST

// ---- Keys -------------------------------------------------------------------

START_TEST(a_script_is_read_step_by_step)
{
    static const struct {
        const char *text;
        int found, code;
        uint64_t pause_ms;
    } cases[] = {
        {"v", 1, 'v', 400},
        {"<lt>", 1, '<', 400},
        {"<enter>", 1, '\n', 400},
        {"<pgdn>", 1, CODE_PAGE_DOWN, 400},
        {"<1s>", 1, CODE_NONE, 1000},
        {"<1.5s>", 1, CODE_NONE, 1500},
        {"<0.0625s>", 1, CODE_NONE, 62},
        {"<200ms>", 1, CODE_NONE, 200},
        {"<3600s>", 1, CODE_NONE, 3600000},
        {"<3601s>", -1, 0, 0},
        {"<99999999999999999999s>", -1, 0, 0},
        {"<1>", -1, 0, 0},
        {"<nothing>", -1, 0, 0},
        {"<up", -1, 0, 0},
        {"<>", -1, 0, 0},
        {"", 0, 0, 0},
    };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const char *at = cases[i].text;
        struct script_step step;

        ck_assert_int_eq(script_next(&at, &step), cases[i].found);
        if (cases[i].found <= 0)
            continue;
        ck_assert_int_eq(step.code, cases[i].code);
        ck_assert_uint_eq(step.pause_ns / 1000000, cases[i].pause_ms);
        ck_assert_str_eq(at, "");
    }
}
END_TEST

// ---- What a grid makes of it ------------------------------------------------

START_TEST(nothing_but_ascii_where_it_is_asked_for)
{
    open_stage();
    lang_set("es");
    grid_ascii = true;
    ck_assert(grid_size(&grid, ROWS, COLUMNS_WIDE));
    for (int i = 0; i < 300; i++) {
        keys_press(&stage, i % 95 + ' ' == 'q' ? 'v' : i % 95 + ' ');
        stage.records = false;
        frame_draw(&stage, &grid);
        for (int j = 0; j < ROWS * COLUMNS_WIDE; j++) {
            ck_assert_uint_ge(grid.cells[j].character, ' ');
            ck_assert_uint_lt(grid.cells[j].character, 127);
        }
    }
    grid_ascii = false;
    end();
}
END_TEST

START_TEST(large_lanes_are_two_rows_high)
{
    struct grid half = {0};

    ck_assert(grid_size(&half, 2, 10) && grid_size(&grid, 4, 10));
    grid_text(&half, 0, 0, 10, LOOK_BLOCKED, "text");
    grid_put(&half, 0, 8, glyph(SIGN_RUNNING), LOOK_RUNNING);
    grid_reverse(&half, (struct area){1, 0, 1, 2});
    grid_spread(&grid, &half);
    ck_assert_uint_eq(grid.cells[0].character, 't');
    ck_assert_uint_eq(grid.cells[10].character, ' ');
    ck_assert_uint_eq(grid.cells[18].character, glyph(SIGN_RUNNING));
    ck_assert(grid.cells[20].reversed && grid.cells[31].reversed);
    grid_free(&half);
    grid_free(&grid);
}
END_TEST

START_TEST(no_half_of_a_wide_character_is_shown)
{
    static const char expected[] = "?x ? ";

    ck_assert(grid_size(&grid, 1, 5));
    grid_put(&grid, 0, 0, 0x65e5, LOOK_PLAIN); // 'x' where its half was
    grid_put(&grid, 0, 1, 'x', LOOK_PLAIN);
    grid_put(&grid, 0, 2, 0, LOOK_PLAIN); // a half alone
    grid_put(&grid, 0, 3, 0x65e5, LOOK_PLAIN);
    for (int i = 0; i < 5; i++)
        ck_assert_uint_eq(grid_shown(&grid, i).character,
                          (unsigned char)expected[i]);
    grid_put(&grid, 0, 4, 0x65e5, LOOK_PLAIN); // no room for its half
    ck_assert_uint_eq(grid_shown(&grid, 4).character, '?');
    grid_free(&grid);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("cast");
    TCase *tcase = tcase_create("cast");
    SRunner *runner = srunner_create(suite);
    int failed;

    setlocale(LC_CTYPE, "C.UTF-8");
    lang_set("en");
    tcase_set_timeout(tcase, 300);
    tcase_add_test(tcase, a_cast_replays_to_the_same_screen);
    tcase_add_test(tcase, the_same_keys_give_the_same_bytes);
    tcase_add_test(tcase, a_size_that_changes_is_in_the_cast);
    tcase_add_test(tcase, a_disk_that_is_full_is_said);
    tcase_add_test(tcase, a_picture_is_well_formed);
    tcase_add_test(tcase, what_stays_is_in_the_picture_once);
    tcase_add_test(tcase, a_script_is_read_step_by_step);
    tcase_add_test(tcase, nothing_but_ascii_where_it_is_asked_for);
    tcase_add_test(tcase, large_lanes_are_two_rows_high);
    tcase_add_test(tcase, no_half_of_a_wide_character_is_shown);
    suite_add_tcase(suite, tcase);
    srunner_run_all(runner, CK_NORMAL);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? 1 : 0;
}
