// test_play_terminal.c - telar-play as a person plays it, on a terminal
#include <dirent.h>
#include <stdio.h>
#include <sys/stat.h>

#include "tests/pseudo_terminal.h"
#include "tests/temporary.h"

static struct pseudo_terminal term;
static char box[TEMPORARY_SIZE], update[TEMPORARY_SIZE], many[TEMPORARY_SIZE];
static char old_temporary[TEMPORARY_SIZE];

static const char update_c[] = "#include <pthread.h>\n"
                               "static int total;\n"
                               "static void *add(void *unused)\n"
                               "{\n"
                               "    total++;\n"
                               "    return unused;\n"
                               "}\n"
                               "int main(void)\n"
                               "{\n"
                               "    pthread_t one, two;\n"
                               "    pthread_create(&one, NULL, add, NULL);\n"
                               "    pthread_create(&two, NULL, add, NULL);\n"
                               "    pthread_join(one, NULL);\n"
                               "    pthread_join(two, NULL);\n"
                               "    return total != 2;\n"
                               "}\n";

static const char many_c[] = "#include <pthread.h>\n"
                             "static pthread_mutex_t m;\n"
                             "static void *take(void *unused)\n"
                             "{\n"
                             "    pthread_mutex_lock(&m);\n"
                             "    pthread_mutex_unlock(&m);\n"
                             "    return unused;\n"
                             "}\n"
                             "int main(void)\n"
                             "{\n"
                             "    pthread_t all[12];\n"
                             "    for (int i = 0; i < 12; i++)\n"
                             "        pthread_create(&all[i], 0, take, 0);\n"
                             "    for (int i = 0; i < 12; i++)\n"
                             "        pthread_join(all[i], NULL);\n"
                             "    return 0;\n"
                             "}\n";

// ---- A folder of our own, in which nothing may stay -------------------------

static void write_program(char path[TEMPORARY_SIZE], const char *name,
                          const char *text)
{
    FILE *out;

    temporary_inside(path, box, name);
    out = fopen(path, "w");
    ck_assert_ptr_nonnull(out);
    fputs(text, out);
    ck_assert_int_eq(fclose(out), 0);
}

static void set_up(void)
{
    char folder[TEMPORARY_SIZE];
    const char *told = getenv("TMPDIR");

    temporary_folder(box);
    write_program(update, "update.c", update_c);
    write_program(many, "many.c", many_c);
    temporary_inside(folder, box, "tmp");
    ck_assert_int_eq(mkdir(folder, 0700), 0);
    snprintf(old_temporary, sizeof old_temporary, "%s", told ? told : "/tmp");
    setenv("TMPDIR", folder, 1);
}

static void tear_down(void)
{
    setenv("TMPDIR", old_temporary, 1);
    temporary_remove(box);
}

static bool is_empty(const char *folder)
{
    DIR *open = opendir(folder);
    int entries = 0;

    ck_assert_ptr_nonnull(open);
    while (readdir(open))
        entries++;
    closedir(open);
    return entries == 2; // "." and ".."
}

// Does a process have our TMPDIR in its environment?
static bool is_ours(const char *pid)
{
    char path[300], text[1 << 16], wanted[TEMPORARY_SIZE + 8];
    FILE *in;
    size_t bytes;

    snprintf(path, sizeof path, "/proc/%s/environ", pid);
    in = fopen(path, "r");
    if (!in)
        return false;
    bytes = fread(text, 1, sizeof text, in);
    fclose(in);
    snprintf(wanted, sizeof wanted, "TMPDIR=%s", getenv("TMPDIR"));
    return memmem(text, bytes, wanted, strlen(wanted)) != NULL;
}

// All but this test, whose environment is what it was at its beginning.
static bool somebody_is_left(void)
{
    DIR *processes = opendir("/proc");
    bool found = false;

    ck_assert_ptr_nonnull(processes);
    for (struct dirent *each; !found && (each = readdir(processes));)
        found = each->d_name[0] >= '0' && each->d_name[0] <= '9' &&
                is_ours(each->d_name);
    closedir(processes);
    return found;
}

// Whoever was killed takes a moment to go.
static void nothing_is_left(void)
{
    int64_t end = terminal_now_ms() + TERMINAL_PATIENCE_MS;

    while (somebody_is_left() && terminal_now_ms() < end)
        poll(NULL, 0, 20);
    ck_assert(!somebody_is_left());
    ck_assert(is_empty(getenv("TMPDIR")));
}

// ---- A game -----------------------------------------------------------------

static void start(int rows, int columns, char *program, char *goal)
{
    static char path[256];
    const char *build = getenv("BUILD");
    char *argv[] = {path, program, "--goal", goal, "--lang", "en", NULL};

    snprintf(path, sizeof path, "%s/bin/telar-play", build ? build : "build");
    terminal_start(&term, rows, columns, argv);
    ck_assert_msg(terminal_until(&term, "move 0"), "%s", terminal_text(&term));
}

static void type(const char *keys, const char *then)
{
    terminal_type(&term, keys);
    ck_assert_msg(terminal_until(&term, then), "'%s' is not in\n%s", then,
                  terminal_text(&term));
}

START_TEST(single_keys_are_enough)
{
    start(24, 80, update, "lose-update");
    type("1", "thread 1 add: is about to write total: 1");
    type("221", "Well done! The goal, in 4 moves and 1 preemption.");
    type("q", "To play it on:");
    ck_assert(terminal_is_sane(&term));
    ck_assert_int_eq(terminal_end(&term), 0);
    nothing_is_left();
}
END_TEST

START_TEST(the_past_can_be_gone_on_from)
{
    start(24, 80, update, "lose-update");
    type("1221", "Well done!");
    type("<<", "This is the past: 2 moves came after it.");
    type("1", "From here? 2 moves are undone");
    type("\n", "ended: 1");
    type("q", "To play it on:");
    ck_assert_int_eq(terminal_end(&term), 0);
}
END_TEST

START_TEST(two_digits_end_with_enter)
{
    start(24, 80, many, "any");
    type("12", "thread: 12_ (Enter)");
    type("\n", "move 1");
    type("11\n", "it waits for m, which thread 12 holds.");
    type("q", "To play it on:");
    ck_assert_int_eq(terminal_end(&term), 0);
}
END_TEST

START_TEST(pages_wait_for_a_key)
{
    start(24, 80, update, "lose-update");
    type("?", "undo the latest move");
    type(" ", "search in the events");
    type(" ", "Goal: lose an update");
    type("1p", "The schedule so far");
    type(" h", "Hint: ");
    type("q", "To play it on:");
    ck_assert_int_eq(terminal_end(&term), 0);
}
END_TEST

START_TEST(a_small_screen_is_enough)
{
    start(10, 60, update, "lose-update");
    type("12", "2  thread 2 add: is about to write total: 1");
    terminal_resize(&term, 5, 20);
    type("u", "2  thread 2 add");
    terminal_resize(&term, 24, 80);
    type("", "pthread_join(two, NULL);");
    type("2", "move 2, 1 preemption");
    type("q", "To play it on:");
    ck_assert_int_eq(terminal_end(&term), 0);
}
END_TEST

START_TEST(a_signal_leaves_nothing_behind)
{
    static const int signals[] = {SIGINT, SIGTERM, SIGHUP, SIGKILL};
    int status;

    start(24, 80, update, "lose-update");
    type("1", "move 1");
    terminal_type(&term, "2u2u2u2u"); // it may be in the middle of a move
    kill(term.pid, signals[_i]);
    status = terminal_end(&term);
    ck_assert(WIFSIGNALED(status));
    ck_assert_int_eq(WTERMSIG(status), signals[_i]);
    start(24, 80, update, "lose-update"); // sweeps what was left by a kill
    type("1q", "To play it on:");
    ck_assert_int_eq(terminal_end(&term), 0);
    nothing_is_left();
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("play_terminal");
    TCase *tcase = tcase_create("play_terminal");
    SRunner *runner = srunner_create(suite);
    int failed;

    tcase_set_timeout(tcase, 300);
    tcase_add_checked_fixture(tcase, set_up, tear_down);
    tcase_add_test(tcase, single_keys_are_enough);
    tcase_add_test(tcase, the_past_can_be_gone_on_from);
    tcase_add_test(tcase, two_digits_end_with_enter);
    tcase_add_test(tcase, pages_wait_for_a_key);
    tcase_add_test(tcase, a_small_screen_is_enough);
    tcase_add_loop_test(tcase, a_signal_leaves_nothing_behind, 0, 4);
    suite_add_tcase(suite, tcase);
    srunner_run_all(runner, CK_NORMAL);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? 1 : 0;
}
