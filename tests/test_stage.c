// test_stage.c - the visualizer without a terminal: where one stands, and keys
#include <locale.h>

#include "runtime/message.h"
#include "tests/trace_story.h"
#include "tools/trace/walk.h"
#include "viz/frame.h"
#include "viz/help.h"
#include "viz/keys.h"
#include "viz/view.h"

enum { MONKEY_KEYS = 100000 };

static struct stage stage;
static struct grid grid;

// ---- A trace with a bit of everything ---------------------------------------

static uint64_t dice_state = 1;

static uint32_t dice(uint32_t sides)
{
    dice_state = dice_state * 6364136223846793005u + 1442695040888963407u;
    return (uint32_t)(dice_state >> 33) % sides;
}

// Events of all kinds in no sensible order: a screen must bear them all.
static void nonsense(const char *path, int events)
{
    struct writer writer;
    struct writer_task *tasks[8];
    char name[16];

    story_create(&writer, path);
    for (uint32_t i = 0; i < 8; i++) {
        snprintf(name, sizeof name, "task %u", i);
        tasks[i] = writer_task_begin(&writer, name, 0, 1 + i / 3, 1 + i);
    }
    for (int i = 0; i < events; i++) {
        uint16_t kind = (uint16_t)(1 + dice(150));
        const struct trace_kind *what = trace_kind_of(kind);
        uint64_t known = writer_name(&writer, "task 3");

        story_say(tasks[dice(8)], kind,
                  what->object == TRACE_NAME ? known : dice(6),
                  what->value == TRACE_NAME ? known
                  : dice(4)                 ? dice(5)
                                            : dice(1 << 30));
    }
    writer_close(&writer);
}

static void open_stage(const char *path)
{
    char error[600];

    ck_assert_msg(stage_open(&stage, path, error, sizeof error), "%s", error);
}

static void two_tasks(void)
{
    struct writer writer;
    struct writer_task *a, *b;

    story_create(&writer, story_path());
    a = writer_task_begin(&writer, "ana", 0, 1, 1);
    b = writer_task_begin(&writer, "bruno", 0, 1, 2);
    story_say(a, TRACE_OBJECT_NAME, 0x10, writer_name(&writer, "m1"));
    story_say(a, TRACE_LOCK_ACQUIRE, 0x10, 0);
    story_say(b, TRACE_LOCK_REQUEST, 0x10, 0);
    story_say(a, TRACE_LOCK_RELEASE, 0x10, 0);
    story_say(b, TRACE_LOCK_ACQUIRE, 0x10, 0);
    writer_close(&writer);
    open_stage(story_name);
}

static void end(void)
{
    stage_close(&stage);
    grid_free(&grid);
}

static void press(const char *typed)
{
    for (; *typed; typed++)
        keys_press(&stage, (unsigned char)*typed);
}

static bool screen_has(const char *text)
{
    static char row[4096];

    ck_assert(grid_size(&grid, 24, 80));
    frame_draw(&stage, &grid);
    for (int i = 0; i < 24; i++) {
        char *at = row;

        for (int j = 0; j < 80; j++) {
            uint32_t c = grid.cells[i * 80 + j].character;

            *at++ = c < 128 ? (char)c : '*';
        }
        *at = '\0';
        if (strstr(row, text))
            return true;
    }
    return false;
}

// ---- Promises ---------------------------------------------------------------

START_TEST(steps_go_event_by_event)
{
    two_tasks();
    press("....");
    ck_assert_uint_eq(stage.model.position, 4);
    press(",");
    ck_assert_uint_eq(stage.model.position, 3);
    press(",,,,,,");
    ck_assert_uint_eq(stage.model.position, 0);
    press("G");
    ck_assert_uint_eq(stage.model.position, stage.reader.count);
    end();
}
END_TEST

START_TEST(blame_leads_to_the_owner_and_back)
{
    two_tasks();
    press(".....");
    stage.selected = 2;
    ck_assert(screen_has("bruno waits for m1"));
    press("]");
    ck_assert_uint_eq(stage.selected, 1);
    press("]");
    ck_assert(screen_has("nobody that is known"));
    press("[");
    ck_assert_uint_eq(stage.selected, 2);
    end();
}
END_TEST

START_TEST(search_goes_to_the_event)
{
    two_tasks();
    press("/release\n");
    ck_assert_uint_eq(stage.model.position, 6);
    press("n");
    ck_assert(screen_has("no event with 'release'"));
    end();
}
END_TEST

START_TEST(a_filter_leaves_those_with_the_name)
{
    two_tasks();
    press("fbru\n");
    ck_assert(!screen_has("ana "));
    ck_assert_uint_eq(stage.selected, 2);
    press("f\177\177\177zzz\n");
    ck_assert(screen_has("no task is named"));
    end();
}
END_TEST

START_TEST(shares_of_a_lane_add_up)
{
    uint64_t shares[MODEL_DOINGS], sum;

    nonsense(story_path(), 1500);
    open_stage(story_name);
    for (int i = 0; i < 2000; i++) {
        uint64_t from = stage.lanes.begin + dice(1500), to = from + dice(900);

        lanes_shares(&stage.lanes, &stage.lanes.lanes[1 + dice(8)], from, to,
                     shares);
        sum = 0;
        for (int j = 0; j < MODEL_DOINGS; j++)
            sum += shares[j];
        to = to < stage.lanes.end ? to : stage.lanes.end;
        ck_assert_uint_eq(sum, to > from ? to - from : 0);
    }
    end();
}
END_TEST

static enum model_doing in_lane(uint32_t task, uint64_t time)
{
    const struct lane *lane = &stage.lanes.lanes[task];

    return lane->spans[lanes_find(lane, time)].doing;
}

// What a lane says of a moment is what the model says there.
START_TEST(lanes_agree_with_the_model)
{
    dice_state = (uint64_t)_i;
    nonsense(story_path(), 1500);
    open_stage(story_name);
    for (int i = 0; i < 500; i++) {
        // Behind the eight that begin at one time: later ones have their own.
        size_t position = 9 + dice((uint32_t)stage.reader.count - 8);
        uint32_t task = 1 + dice(8);

        model_seek(&stage.model, position);
        ck_assert_int_eq(in_lane(task, stage.model.time),
                         model_doing(&stage.model, task));
    }
    end();
}
END_TEST

static void compare_span(void *told, struct walk *walk, uint32_t task,
                         uint64_t end)
{
    const struct span *span = &walk->states[task].span;

    ++*(int *)told;
    ck_assert_uint_le(span->begin, end);
    if (span->begin == end)
        return;
    ck_assert_int_eq(in_lane(task, span->begin), span->doing);
    ck_assert_int_eq(in_lane(task, end - 1), span->doing);
}

// Exporters see the spans that the visualizer draws, of any stretch.
START_TEST(walks_agree_with_the_lanes)
{
    const struct walk_visitor visitor = {.end = compare_span};
    int told = 0;

    dice_state = (uint64_t)_i;
    nonsense(story_path(), 1500);
    open_stage(story_name);
    for (int i = 0; i < 20; i++) {
        uint64_t from = i ? dice(1500) : 0;

        ck_assert(walk_through(&stage.model, from, i ? from + dice(900) : 1501,
                               &visitor, &told));
    }
    ck_assert_int_gt(told, 100);
    end();
}
END_TEST

START_TEST(a_monkey_breaks_nothing)
{
    static const int codes[] = {CODE_UP,    CODE_DOWN,    CODE_LEFT,
                                CODE_RIGHT, CODE_PAGE_UP, CODE_PAGE_DOWN,
                                CODE_HOME,  CODE_END,     CODE_RESIZE,
                                '\n',       27,           127};
    enum { CODES = sizeof codes / sizeof *codes };

    for (int trace = 0; trace < 3; trace++) {
        nonsense(story_path(), trace * 700);
        open_stage(story_name);
        for (int i = 0; i < MONKEY_KEYS / 3; i++) {
            int code = dice(3) ? (int)dice(256) : codes[dice(CODES)];

            if (code == 'q' || code == 'e') // e would write files
                continue;
            keys_press(&stage, code);
            stage_tick(&stage, dice(40) * 1000000u);
            if (dice(16) == 0)
                ck_assert(
                    grid_size(&grid, 1 + (int)dice(30), 1 + (int)dice(100)));
            frame_draw(&stage, &grid);
        }
        end();
    }
}
END_TEST

// ---- Every key, and what it does --------------------------------------------

// What there was before the key was pressed.
static struct before {
    uint64_t now, length;
    size_t position;
    uint32_t selected;
    int view;
} before;

static bool plays(void)
{
    return stage.plays;
}

static bool went_one_on(void)
{
    return stage.model.position == before.position + 1;
}

static bool went_one_back(void)
{
    return stage.model.position + 1 == before.position;
}

static bool is_earlier(void)
{
    return stage.now < before.now;
}

static bool is_later(void)
{
    return stage.now > before.now;
}

static bool is_at_begin(void)
{
    return stage.model.position == 0;
}

static bool is_at_end(void)
{
    return stage.model.position == stage.reader.count;
}

static bool follows(void)
{
    return stage.follows && is_at_end();
}

static bool is_faster(void)
{
    return stage.speed == 1;
}

static bool is_slower(void)
{
    return stage.speed == -1;
}

static bool shows_half(void)
{
    return stage.length == before.length / 2;
}

static bool shows_twice(void)
{
    return stage.length / 2 == before.length;
}

static bool shows_all(void)
{
    return stage.length == stage.lanes.end - stage.lanes.begin;
}

static bool has_a_mark(void)
{
    return stage.marks[0].is_set && !stage.marks[1].is_set;
}

static bool chose_one_above(void)
{
    return stage.selected + 1 == before.selected;
}

static bool chose_one_below(void)
{
    return stage.selected == before.selected + 1;
}

static bool chose_the_blocker(void)
{
    return stage.selected == 2 && stage.jump_count == 1;
}

static bool came_back(void)
{
    return stage.selected == 3 && stage.jump_count == 0;
}

static bool shows_a_finding(void)
{
    return stage.finding == 1 && strstr(stage.message, "deadlock");
}

static bool cannot_go_on_by_hand(void) // this one was recorded
{
    return !stage.quits && strstr(stage.message, "only what ./telar explore");
}

static bool asks_what_to_search(void)
{
    return stage.prompt == PROMPT_SEARCH;
}

static bool found_a_later_one(void)
{
    return is_later() && strcmp(stage.search, "m1") == 0;
}

static bool found_an_earlier_one(void)
{
    return is_earlier() && strcmp(stage.search, "m1") == 0;
}

static bool asks_whom_to_show(void)
{
    return stage.prompt == PROMPT_FILTER;
}

static bool groups_by_process(void)
{
    return stage.grouping == BY_PROCESS;
}

static bool shows_charts(void)
{
    return views[stage.view].draw == view_charts;
}

static bool has_another_order(void)
{
    return stage.order == 1;
}

static bool shows_the_next_view(void)
{
    return stage.view == before.view + 1;
}

static bool shows_the_view_before(void)
{
    return stage.view == before.view - 1;
}

static bool asks_where_to(void)
{
    return stage.prompt == PROMPT_EXPORT;
}

static bool speaks_spanish(void)
{
    return lang_is_spanish;
}

static bool records(void)
{
    return stage.records;
}

static bool helps(void)
{
    return stage.helps;
}

static bool quits(void)
{
    return stage.quits;
}

// A row for each key of the table: what is typed before it, what holds then.
static const struct effect {
    int code;
    const char *typed;
    bool (*holds)(void);
} effects[] = {
    {' ', "", plays},
    {'.', "", went_one_on},
    {',', "..", went_one_back},
    {CODE_LEFT, "G", is_earlier},
    {CODE_RIGHT, "", is_later},
    {CODE_PAGE_UP, "Gzzd", is_earlier},
    {CODE_PAGE_DOWN, "zz", is_later},
    {CODE_HOME, "G", is_at_begin},
    {CODE_END, "", is_at_end},
    {'F', "", follows},
    {'+', "", is_faster},
    {'-', "", is_slower},
    {'z', "", shows_half},
    {'Z', "zz", shows_twice},
    {'0', "zzz", shows_all},
    {'m', "", has_a_mark},
    {CODE_UP, "s", chose_one_above},
    {CODE_DOWN, "", chose_one_below},
    {'p', "", cannot_go_on_by_hand},
    {']', "Gss", chose_the_blocker},
    {'[', "Gss]", came_back},
    {'!', "", shows_a_finding},
    {'/', "", asks_what_to_search},
    {'n', "/m1\n", found_a_later_one},
    {'N', "/m1\nnn", found_an_earlier_one},
    {'f', "", asks_whom_to_show},
    {'l', "", groups_by_process},
    {'c', "", shows_charts},
    {'o', "", has_another_order},
    {'v', "", shows_the_next_view},
    {'V', "v", shows_the_view_before},
    {'e', "", asks_where_to},
    {'L', "", speaks_spanish},
    {'R', "", records},
    {'?', "", helps},
    {'q', "", quits},
};

static const struct effect *effect_of(const struct key *key)
{
    for (size_t i = 0; i < sizeof effects / sizeof *effects; i++)
        if (effects[i].code == key->code)
            return &effects[i];
    ck_abort_msg("the key %s has no row in effects[]", key->shown);
    return NULL;
}

static void press_and_look(const struct key *key, int code)
{
    const struct effect *effect = effect_of(key);

    lang_set("en");
    open_stage("tests/data/traces/deadlock.trace");
    press(effect->typed);
    before = (struct before){stage.now, stage.length, stage.model.position,
                             stage.selected, stage.view};
    keys_press(&stage, code);
    ck_assert_msg(effect->holds(), "%s: %s", key->shown, key->english);
    lang_set("en");
    end();
}

START_TEST(every_key_does_what_the_help_says)
{
    for (int i = 0; i < key_count; i++) {
        press_and_look(&keys[i], keys[i].code);
        if (keys[i].also)
            press_and_look(&keys[i], keys[i].also);
    }
}
END_TEST

static bool has_shown(const char *text)
{
    for (int page = 0; page < 40 && stage.helps; page++) {
        if (screen_has(text))
            return true;
        press("x");
    }
    return false;
}

// In both languages, on any screen, cut nowhere on one of the usual size.
START_TEST(every_key_is_in_the_help)
{
    two_tasks();
    for (int i = 0; i < key_count; i++) {
        ck_assert_ptr_nonnull(keys[i].spanish);
        for (int j = 0; j < i; j++)
            ck_assert_int_ne(keys[i].code, keys[j].code);
        press("?");
        ck_assert_msg(has_shown(keys[i].english), "%s", keys[i].english);
        while (stage.helps)
            press("x");
        ck_assert_int_le(text_columns(keys[i].english), 30);
        ck_assert_int_le(text_columns(keys[i].spanish), 30);
    }
    end();
}
END_TEST

START_TEST(a_small_screen_has_all_keys_on_more_pages)
{
    two_tasks();
    press("?");
    stage.rows = 10;
    stage.columns = 60;
    ck_assert_int_gt(help_pages(&stage, 10, 60), 2);
    for (int i = 1; i < help_pages(&stage, 10, 60); i++)
        press("x");
    ck_assert(stage.helps);
    press("x");
    ck_assert(!stage.helps);
    end();
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("stage");
    TCase *tcase = tcase_create("stage");
    SRunner *runner = srunner_create(suite);
    int failed;

    setlocale(LC_CTYPE, "C.UTF-8");
    lang_set("en");
    tcase_set_timeout(tcase, 300);
    tcase_add_test(tcase, steps_go_event_by_event);
    tcase_add_test(tcase, blame_leads_to_the_owner_and_back);
    tcase_add_test(tcase, search_goes_to_the_event);
    tcase_add_test(tcase, a_filter_leaves_those_with_the_name);
    tcase_add_test(tcase, shares_of_a_lane_add_up);
    tcase_add_loop_test(tcase, lanes_agree_with_the_model, 1, 9);
    tcase_add_loop_test(tcase, walks_agree_with_the_lanes, 1, 9);
    tcase_add_test(tcase, a_monkey_breaks_nothing);
    tcase_add_test(tcase, every_key_does_what_the_help_says);
    tcase_add_test(tcase, every_key_is_in_the_help);
    tcase_add_test(tcase, a_small_screen_has_all_keys_on_more_pages);
    suite_add_tcase(suite, tcase);
    srunner_run_all(runner, CK_NORMAL);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? 1 : 0;
}
