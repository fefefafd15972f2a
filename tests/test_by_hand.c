// test_by_hand.c - a trace says how to go on, and what it may not say
#include "tests/trace_story.h"
#include "viz/by_hand.h"

static struct stage stage;

// What is to be run of a trace that says this; "": nothing.
static const char *command_of(const char *note)
{
    static char command[300];
    struct writer writer;
    struct writer_task *task;
    char error[300];
    const char *found;

    story_create(&writer, story_path());
    task = writer_task_begin(&writer, "main", 0, 1, 1);
    story_say(task, TRACE_NOTE, writer_name(&writer, note), 0);
    story_say(task, TRACE_MARK, 0, 0);
    writer_close(&writer);
    ck_assert_msg(stage_open(&stage, story_name, error, sizeof error), "%s",
                  error);
    found = by_hand_command(&stage);
    snprintf(command, sizeof command, "%s", found ? found : "");
    stage_close(&stage);
    return command;
}

START_TEST(what_explore_wrote_is_to_be_run)
{
    static const char *const notes[] = {
        "./telar play a.c --schedule '1:sync:0:9:0*5'",
        "./telar play a.c --cflags '-std=c11 -D_GNU_SOURCE -Ilabs/12' -- 3",
        "./telar play 'a b.c' --cc clang --cflags -O2"};

    for (size_t i = 0; i < sizeof notes / sizeof *notes; i++)
        ck_assert_str_eq(command_of(notes[i]), notes[i]);
}
END_TEST

START_TEST(what_loads_code_into_the_compiler_is_not)
{
    static const char *const notes[] = {
        "deadlock: nobody can go on",
        "rm -rf x; ./telar play a.c",
        "./telar play a.c --cflags -fplugin=./evil.so",
        "./telar play a.c --cflags '-O2 -B./evil'",
        "./telar play a.c --cflags '-Wl,-plugin,./evil.so'",
        "./telar play a.c --cflags '-specs=evil'",
        "./telar play a.c --cflags=-O2",
        "./telar play a.c --cflag -O2",
        "./telar play a.c --cflags",
        "./telar play 'a.c"};

    for (size_t i = 0; i < sizeof notes / sizeof *notes; i++)
        ck_assert_msg(*command_of(notes[i]) == '\0', "%s", notes[i]);
}
END_TEST

// As the explorer ends a failure: two steps, the waits, what was found.
static void tell_failure(void)
{
    struct writer writer;
    struct writer_task *task;
    char error[300];

    story_create(&writer, story_path());
    task = writer_task_begin(&writer, "main", 0, 1, 1);
    story_say(task, TRACE_LOCK_ACQUIRE, 0x10, 0);
    story_say(task, TRACE_LOCK_ACQUIRE, 0x20, 0);
    story_say(task, TRACE_LOCK_REQUEST, 0x10, 0);
    story_say(task, TRACE_CPU_BLOCK, 0, 0);
    story_say(task, TRACE_FAILURE, 0, 0);
    writer_close(&writer);
    ck_assert_msg(stage_open(&stage, story_name, error, sizeof error), "%s",
                  error);
}

START_TEST(at_a_deadlock_the_game_goes_on_from_its_end)
{
    tell_failure();
    stage_go_event(&stage, stage.reader.count - 4);
    ck_assert_uint_eq(by_hand_step(&stage), 1);
    for (size_t behind = 0; behind <= 3; behind++) {
        stage_go_event(&stage, stage.reader.count - behind);
        ck_assert_uint_eq(by_hand_step(&stage), UINT64_MAX);
    }
    stage_close(&stage);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("by hand");
    TCase *tests = tcase_create("by hand");

    tcase_add_test(tests, what_explore_wrote_is_to_be_run);
    tcase_add_test(tests, what_loads_code_into_the_compiler_is_not);
    tcase_add_test(tests, at_a_deadlock_the_game_goes_on_from_its_end);
    return story_run(suite, tests);
}
