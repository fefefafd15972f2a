// test_play_stage.c - a person schedules on a stage, without a terminal
#include <locale.h>

#include "runtime/message.h"
#include "tests/temporary.h"
#include "tools/explorer/play_table.h"
#include "viz/frame.h"
#include "viz/keys.h"
#include "viz/play_keys.h"
#include "viz/play_stage.h"
#include "viz/view.h"

#include <dirent.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { MONKEY_KEYS = 3000, ROWS = 24, COLUMNS = 80 };

static char box[TEMPORARY_SIZE];
static struct play_request request;
static struct play_table table;
static struct play_stage play;
static struct stage stage;
static struct grid grid;

// ---- Programs ---------------------------------------------------------------

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

static const char locks_c[] =
    "#include <pthread.h>\n"
    "static pthread_mutex_t a = PTHREAD_MUTEX_INITIALIZER;\n"
    "static pthread_mutex_t b = PTHREAD_MUTEX_INITIALIZER;\n"
    "static void *upwards(void *unused)\n"
    "{\n"
    "    pthread_mutex_lock(&a);\n"
    "    pthread_mutex_lock(&b);\n"
    "    pthread_mutex_unlock(&b);\n"
    "    pthread_mutex_unlock(&a);\n"
    "    return unused;\n"
    "}\n"
    "static void *downwards(void *unused)\n"
    "{\n"
    "    pthread_mutex_lock(&b);\n"
    "    pthread_mutex_lock(&a);\n"
    "    pthread_mutex_unlock(&a);\n"
    "    pthread_mutex_unlock(&b);\n"
    "    return unused;\n"
    "}\n"
    "int main(void)\n"
    "{\n"
    "    pthread_t one, two;\n"
    "    pthread_create(&one, NULL, upwards, NULL);\n"
    "    pthread_create(&two, NULL, downwards, NULL);\n"
    "    pthread_join(one, NULL);\n"
    "    pthread_join(two, NULL);\n"
    "    return 0;\n"
    "}\n";

static const char waits_c[] =
    "#include <assert.h>\n"
    "#include <pthread.h>\n"
    "static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;\n"
    "static pthread_cond_t changed = PTHREAD_COND_INITIALIZER;\n"
    "static int items;\n"
    "static void *take(void *unused)\n"
    "{\n"
    "    pthread_mutex_lock(&lock);\n"
    "    if (items == 0)\n"
    "        pthread_cond_wait(&changed, &lock);\n"
    "    assert(items > 0);\n"
    "    items--;\n"
    "    pthread_mutex_unlock(&lock);\n"
    "    return unused;\n"
    "}\n"
    "int main(void)\n"
    "{\n"
    "    pthread_t one;\n"
    "    pthread_create(&one, NULL, take, NULL);\n"
    "    pthread_mutex_lock(&lock);\n"
    "    items = 1;\n"
    "    pthread_cond_signal(&changed);\n"
    "    pthread_mutex_unlock(&lock);\n"
    "    pthread_join(one, NULL);\n"
    "    return 0;\n"
    "}\n";

static const char many_c[] =
    "#include <pthread.h>\n"
    "static int n;\n"
    "static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;\n"
    "static void *add(void *unused)\n"
    "{\n"
    "    pthread_mutex_lock(&lock);\n"
    "    n++;\n"
    "    pthread_mutex_unlock(&lock);\n"
    "    return unused;\n"
    "}\n"
    "int main(void)\n"
    "{\n"
    "    pthread_t all[12];\n"
    "    for (int i = 0; i < 12; i++)\n"
    "        pthread_create(&all[i], NULL, add, NULL);\n"
    "    for (int i = 0; i < 12; i++)\n"
    "        pthread_join(all[i], NULL);\n"
    "    return 0;\n"
    "}\n";

static void write_program(const char *name, const char *text)
{
    char path[TEMPORARY_SIZE];
    FILE *out;

    temporary_inside(path, box, name);
    out = fopen(path, "w");
    ck_assert_ptr_nonnull(out);
    fputs(text, out);
    ck_assert_int_eq(fclose(out), 0);
}

// ---- A game -----------------------------------------------------------------

static void begin(const char *name, const char *text, const char *goal,
                  const char *schedule)
{
    char path[TEMPORARY_SIZE], error[1000];

    temporary_folder(box);
    write_program(name, text);
    temporary_inside(path, box, name);
    play_request_usual(&request);
    request.goal = goal;
    request.schedule = schedule;
    wordlist_add(&request.files, path);
    wordlist_add(&request.arguments, "program");
    terminal.plain = true;
    ck_assert_msg(play_table_set(&table, &request, error, sizeof error), "%s",
                  error);
    ck_assert_msg(
        play_stage_open(&play, &stage, &table.game, error, sizeof error), "%s",
        error);
}

static void end(void)
{
    play_stage_close(&play);
    play_table_clear(&table);
    play_request_free(&request);
    grid_free(&grid);
    temporary_remove(box);
}

static void press(const char *typed)
{
    for (; *typed; typed++)
        keys_press(&stage, (unsigned char)*typed);
}

// What stands on the screen, row by row; what is not ASCII becomes '*'.
static int rows_shown = ROWS;

static const char *screen(void)
{
    static char text[ROWS * (COLUMNS + 1) + 1];
    char *at = text;

    play_stage_look(&play);
    ck_assert(grid_size(&grid, rows_shown, COLUMNS));
    frame_draw(&stage, &grid);
    for (int i = 0; i < rows_shown; i++) {
        for (int j = 0; j < COLUMNS; j++) {
            uint32_t c = grid.cells[i * COLUMNS + j].character;

            *at++ = c < 128 ? (char)c : '*';
        }
        *at++ = '\n';
    }
    *at = '\0';
    return text;
}

static void shows(const char *text)
{
    const char *now = screen();

    ck_assert_msg(strstr(now, text) != NULL, "'%s' is not in\n%s", text, now);
}

static size_t moves(void)
{
    return play_count(&table.play);
}

// ---- Moves ------------------------------------------------------------------

START_TEST(it_opens_where_there_is_a_choice)
{
    begin("update.c", update_c, "lose-update", NULL);
    shows("Goal: lose an update");
    shows("1  thread 1 add: is about to read total: 0 (update.c:5)");
    shows("0  main: waits for thread 1 to end");
    shows("total = 0");
    shows("total++;");
    end();
}
END_TEST

START_TEST(a_digit_runs_that_thread)
{
    begin("update.c", update_c, "lose-update", NULL);
    press("1");
    ck_assert_uint_eq(moves(), 1);
    shows("thread 1 add: is about to write total: 1");
    ck_assert_int_eq(play_stage_selected(&play), 1);
    press("2");
    shows("move 2, 1 preemption");
    ck_assert_int_eq(play_stage_selected(&play), 2);
    end();
}
END_TEST

START_TEST(the_goal_is_recognised_and_explained)
{
    begin("update.c", update_c, "lose-update", NULL);
    press("1221");
    shows("Goal reached: lose an update");
    shows("Well done! The goal, in 4 moves and 1 preemption.");
    shows("Thread 1 read total, then thread 2 wrote it");
    shows("total = 1  (thread 1 wrote it)");
    end();
}
END_TEST

START_TEST(undo_and_restart_go_back)
{
    begin("update.c", update_c, "lose-update", NULL);
    press("12u");
    ck_assert_uint_eq(moves(), 1);
    press("uu");
    shows("Nothing to take back");
    press("121r");
    ck_assert_uint_eq(moves(), 0);
    shows("thread 1 add: is about to read total: 0");
    end();
}
END_TEST

START_TEST(a_deadlock_is_seen_by_every_view)
{
    begin("locks.c", locks_c, "deadlock", NULL);
    press("12");
    shows("Well done!");
    shows("mutex a: held by thread 1");
    shows("! deadlock");
    while (strcmp(views[stage.view].word, "locks") != 0)
        press("v");
    shows("thread 2 downwards owns it");
    press("V");
    shows("Well done!");
    end();
}
END_TEST

START_TEST(who_cannot_go_on_says_why)
{
    begin("locks.c", locks_c, "deadlock", NULL);
    press("1"
          "1"
          "2");
    shows("Thread 2 cannot go on: it waits for b, which thread 1 holds.");
    ck_assert_uint_eq(moves(), 2);
    press("7");
    shows("There is no thread 7: they are 0 to 2.");
    end();
}
END_TEST

START_TEST(chance_is_asked_for_by_its_letter)
{
    begin("waits.c", waits_c, "assertion", NULL);
    press("1"
          "1"
          "1");
    shows("wa  thread 1 wakes at changed without a signal");
    press("w");
    shows("chance: which letter");
    press("\033");
    ck_assert_uint_eq(moves(), 3);
    press("wa");
    ck_assert_uint_eq(moves(), 4);
    shows("was woken and is about to lock lock again");
    end();
}
END_TEST

START_TEST(no_chance_is_said)
{
    begin("update.c", update_c, "lose-update", NULL);
    press("w");
    shows("Nothing is left to chance here");
    ck_assert_int_eq(stage.prompt, NO_PROMPT);
    end();
}
END_TEST

START_TEST(many_threads_have_numbers_and_enter)
{
    begin("many.c", many_c, "any", NULL);
    press("12");
    shows("thread: 12_ (Enter)");
    press("\n");
    ck_assert_uint_eq(moves(), 1);
    press("1\177"
          "11\n");
    shows("Thread 11 cannot go on: it waits for lock, which thread 12 holds.");
    end();
}
END_TEST

START_TEST(moves_can_be_finer)
{
    begin("update.c", update_c, "lose-update", NULL);
    press("x");
    shows("(each access)");
    press("x");
    shows("(each synchronisation)");
    end();
}
END_TEST

START_TEST(a_hint_leads_to_the_goal)
{
    begin("update.c", update_c, "lose-update", NULL);
    for (int i = 0; i < 12 && !table.game.was_reached; i++) {
        int thread = -1;

        press("h");
        ck_assert_int_eq(sscanf(table.game.said[0].text, "Hint: %d,", &thread),
                         1);
        press((char[]){(char)('0' + thread), '\0'});
    }
    ck_assert(table.game.was_reached);
    end();
}
END_TEST

START_TEST(all_can_go_on_to_the_end)
{
    begin("update.c", update_c, "lose-update", NULL);
    press("f");
    shows("ended the program, with status 0");
    end();
}
END_TEST

// ---- The other views --------------------------------------------------------

static void look_at(const char *view)
{
    stage.view = view_named(view);
}

static void never_shows(const char *text)
{
    const char *now = screen();

    ck_assert_msg(strstr(now, text) == NULL, "'%s' is in\n%s", text, now);
}

// Also of who has not begun, in a folder that nobody stands in.
START_TEST(the_source_view_has_the_source_of_the_game)
{
    begin("locks.c", locks_c, "deadlock", NULL);
    look_at("source");
    shows("thread 1");
    shows("locks.c:6");
    shows("locks.c:14");
    never_shows("not recorded");
    never_shows("not here");
    press("12<<");
    never_shows("not here");
    shows("locks.c:6");
    end();
}
END_TEST

START_TEST(the_source_view_has_headers_of_other_folders)
{
    char folder[TEMPORARY_SIZE], flags[TEMPORARY_SIZE + 2];
    char path[TEMPORARY_SIZE], error[1000];
    FILE *out;

    temporary_folder(box);
    temporary_inside(folder, box, "more");
    ck_assert_int_eq(mkdir(folder, 0700), 0);
    temporary_inside(path, box, "more/work.h");
    out = fopen(path, "w");
    fputs(update_c, out);
    ck_assert_int_eq(fclose(out), 0);
    write_program("work.c", "#include <work.h>\n");
    temporary_inside(path, box, "work.c");
    snprintf(flags, sizeof flags, "-I%s", folder);
    play_request_usual(&request);
    request.goal = "lose-update";
    request.explore.build.cflags = flags;
    wordlist_add(&request.files, path);
    wordlist_add(&request.arguments, "program");
    terminal.plain = true;
    ck_assert_msg(play_table_set(&table, &request, error, sizeof error), "%s",
                  error);
    ck_assert(play_stage_open(&play, &stage, &table.game, error, sizeof error));
    look_at("source");
    shows("total++;");
    end();
}
END_TEST

START_TEST(locks_are_there_before_anybody_takes_them)
{
    begin("locks.c", locks_c, "deadlock", NULL);
    look_at("locks");
    shows("mutex a: free");
    shows("mutex b: free");
    never_shows("no lock");
    press("1");
    shows("mutex b: free");
    never_shows("mutex a: free");
    end();
}
END_TEST

static const char nine_c[] = "#include <pthread.h>\n"
                             "static pthread_mutex_t locks[9];\n"
                             "static void *add(void *unused)\n"
                             "{\n"
                             "    for (int i = 0; i < 9; i++) {\n"
                             "        pthread_mutex_lock(&locks[i]);\n"
                             "        pthread_mutex_unlock(&locks[i]);\n"
                             "    }\n"
                             "    return unused;\n"
                             "}\n"
                             "int main(void)\n"
                             "{\n"
                             "    pthread_t one, two;\n"
                             "    for (int i = 0; i < 9; i++)\n"
                             "        pthread_mutex_init(&locks[i], NULL);\n"
                             "    pthread_create(&one, NULL, add, NULL);\n"
                             "    pthread_create(&two, NULL, add, NULL);\n"
                             "    pthread_join(one, NULL);\n"
                             "    pthread_join(two, NULL);\n"
                             "    return 0;\n"
                             "}\n";

// Of nine there is room for eight; on a small screen for one or two.
START_TEST(locks_that_do_not_fit_are_counted)
{
    begin("nine.c", nine_c, "any", NULL);
    press("11111111");
    shows("mutex locks[0]: free");
    shows("+ 1 more");
    rows_shown = 15;
    shows("mutex locks[0]: free");
    shows("more");
    rows_shown = ROWS;
    end();
}
END_TEST

START_TEST(who_ends_the_program_does_not_wait)
{
    begin("update.c", update_c, "lose-update", NULL);
    look_at("timeline");
    press("f");
    shows("The program has ended");
    shows("main ends");
    never_shows("main leaves");
    end();
}
END_TEST

// ---- One schedule, one numbering --------------------------------------------

// Its threads have work of their own besides the locks.
static const char busy_c[] =
    "#include <pthread.h>\n"
    "static pthread_mutex_t locks[2] = {PTHREAD_MUTEX_INITIALIZER,\n"
    "                                   PTHREAD_MUTEX_INITIALIZER};\n"
    "static int own[2], sum;\n"
    "static void *work(void *which)\n"
    "{\n"
    "    int me = *(int *)which;\n"
    "    for (int i = 0; i < 3; i++)\n"
    "        own[me] += i;\n"
    "    pthread_mutex_lock(&locks[me]);\n"
    "    own[me]++;\n"
    "    pthread_mutex_lock(&locks[1 - me]);\n"
    "    sum += own[me];\n"
    "    pthread_mutex_unlock(&locks[1 - me]);\n"
    "    pthread_mutex_unlock(&locks[me]);\n"
    "    return NULL;\n"
    "}\n"
    "int main(void)\n"
    "{\n"
    "    static int numbers[2] = {0, 1};\n"
    "    pthread_t threads[2];\n"
    "    for (int i = 0; i < 2; i++)\n"
    "        pthread_create(&threads[i], NULL, work, &numbers[i]);\n"
    "    for (int i = 0; i < 2; i++)\n"
    "        pthread_join(threads[i], NULL);\n"
    "    return 0;\n"
    "}\n";

static char schedule_found[400];

// The failure that the explorer finds in the game's program.
static void explore(struct exploration *found)
{
    char error[1000];

    request.explore.points_are_auto = true;
    ck_assert_msg(explorer_judge(&request.explore, found, error, sizeof error),
                  "%s", error);
    ck_assert_int_eq(found->verdict, FAILED);
    snprintf(schedule_found, sizeof schedule_found, "%s", found->schedule);
}

static const struct step *same_step(const struct step *step)
{
    const struct replay *now = &table.play.now;

    for (size_t i = 0; i < now->step_count; i++)
        if (now->steps[i].task == step->task && now->steps[i].op == step->op &&
            now->steps[i].position == step->position)
            return &now->steps[i];
    return NULL;
}

START_TEST(steps_have_the_numbers_that_the_explorer_says)
{
    struct exploration found;

    begin("busy.c", busy_c, "deadlock", NULL);
    explore(&found);
    end();
    begin("busy.c", busy_c, "deadlock", schedule_found);
    ck_assert_uint_gt(table.play.now.step_count, found.replay.step_count);
    for (size_t i = 0; i < found.replay.step_count; i++) {
        const struct step *step = same_step(&found.replay.steps[i]);

        ck_assert_ptr_nonnull(step);
        ck_assert_uint_eq(step->number, found.replay.steps[i].number);
    }
    explorer_free(&found);
    end();
}
END_TEST

START_TEST(a_step_is_found_by_its_number)
{
    const struct replay *now = &table.play.now;
    uint64_t last;

    begin("busy.c", busy_c, "deadlock", NULL);
    press("12");
    last = now->steps[now->step_count - 1].number;
    for (uint64_t number = 1; number < last; number++) {
        play_stage_go_step(&play, number);
        play_stage_look(&play);
        ck_assert_uint_eq(stage.now - stage.lanes.begin, number);
        ck_assert(play.is_past);
    }
    play_stage_go_step(&play, last);
    play_stage_look(&play);
    ck_assert(!play.is_past); // how it ends comes behind its last step
    end();
}
END_TEST

// ---- The past ---------------------------------------------------------------

START_TEST(looking_back_undoes_nothing)
{
    begin("update.c", update_c, "lose-update", NULL);
    press("1221");
    press("<<");
    shows("the past");
    shows("total = 0");
    shows("thread 2 add: is about to write total: 1");
    ck_assert_uint_eq(moves(), 4);
    press(">");
    shows("total = 1  (thread 2 wrote it)");
    press("G");
    shows("Well done!");
    end();
}
END_TEST

START_TEST(a_move_from_the_past_asks_and_goes_on_from_there)
{
    begin("update.c", update_c, "lose-update", NULL);
    press("1221<<<1");
    shows("From here? 3 moves are undone");
    press("\033");
    ck_assert_uint_eq(moves(), 4);
    press("1\n");
    ck_assert_uint_eq(moves(), 2);
    ck_assert(!play.is_past);
    shows("total = 1  (thread 1 wrote it)");
    end();
}
END_TEST

// Each step of what happened is a place to go on from: also in the middle of a
// move.
START_TEST(any_step_is_a_place_to_go_on_from)
{
    begin("locks.c", locks_c, "deadlock", NULL);
    press("12");
    for (size_t i = 0; i < stage.reader.count; i++) {
        uint64_t count;

        stage_go_event(&stage, i);
        play_stage_look(&play);
        count = play.count;
        press("f");
        if (stage.prompt == PROMPT_CONTINUE)
            press("\n");
        if (count > 0)
            ck_assert_uint_ge(steps_length(play_steps(&table.play)), count);
        ck_assert(!play.is_past);
        ck_assert(table.play.is_over);
        press("r12");
    }
    end();
}
END_TEST

START_TEST(a_schedule_opens_at_its_end_and_goes_on_from_any_move)
{
    char *text, schedule[400];

    begin("locks.c", locks_c, "deadlock", NULL);
    press("12");
    text = game_schedule(&table.game);
    ck_assert_int_eq(
        sscanf(strstr(text, "--schedule"), "--schedule '%399[^']", schedule),
        1);
    free(text);
    end();
    begin("locks.c", locks_c, "deadlock", schedule);
    shows("move 2, 1 preemption");
    shows("This schedule reaches the goal, in 2 moves and 1 preemption.");
    press("<1");
    press("\n");
    shows("thread 1 upwards: is about to unlock b");
    shows("move 2");
    end();
}
END_TEST

// Who looks back at what was opened is not praised for it, nor told the end.
START_TEST(the_past_says_where_it_is_and_nothing_else)
{
    begin("locks.c", locks_c, "deadlock", NULL);
    press("12<");
    look_at("statistics");
    shows("the past: move 1 of 2, step ");
    never_shows("Well done!");
    shows("0-9 thread");
    press("G");
    shows("Well done!");
    end();
}
END_TEST

// ---- What stays -------------------------------------------------------------

START_TEST(what_a_person_chose_stays)
{
    begin("update.c", update_c, "lose-update", NULL);
    while (strcmp(views[stage.view].word, "timeline") != 0)
        press("v");
    press("&thread\n");
    press("lm+1");
    ck_assert_str_eq(views[stage.view].word, "timeline");
    ck_assert_str_eq(stage.filter, "thread");
    ck_assert_int_eq(stage.grouping, BY_PROCESS);
    ck_assert_int_eq(stage.speed, 1);
    ck_assert(stage.marks[0].is_set);
    ck_assert_uint_eq(stage.length, stage.lanes.end - stage.lanes.begin);
    end();
}
END_TEST

START_TEST(the_schedule_is_a_page_of_its_own)
{
    begin("update.c", update_c, "lose-update", NULL);
    press("12p");
    shows("The schedule so far");
    shows("To play it on:     ./telar play");
    shows("--replay");
    press("v");
    shows("Goal: lose an update");
    end();
}
END_TEST

START_TEST(both_languages_are_there_at_once)
{
    begin("locks.c", locks_c, "deadlock", NULL);
    press("1");
    shows("thread 2 downwards: is about to lock b");
    press("L");
    shows("hilo 2 downwards: va a tomar b");
    press("L");
    end();
}
END_TEST

START_TEST(the_help_has_a_play_section)
{
    begin("update.c", update_c, "lose-update", NULL);
    press("?");
    for (int i = 0; i < play_key_count; i++) {
        ck_assert_ptr_nonnull(play_keys[i].spanish);
        shows(play_keys[i].english);
    }
    press(" ");
    shows("search in the events");
    ck_assert_ptr_null(strstr(screen(), "\n w "));
    press(" ");
    shows("Goal: lose an update");
    end();
}
END_TEST

static int count_entries(const char *folder)
{
    DIR *open = opendir(folder);
    int count = 0;

    ck_assert_ptr_nonnull(open);
    while (readdir(open))
        count++;
    closedir(open);
    return count;
}

START_TEST(no_file_stays_behind_a_move)
{
    char old[TEMPORARY_SIZE] = "", own[TEMPORARY_SIZE];
    const char *told = getenv("TMPDIR");

    if (told)
        snprintf(old, sizeof old, "%s", told);
    temporary_folder(own);
    setenv("TMPDIR", own, 1);
    begin("update.c", update_c, "lose-update", NULL);
    press("12");
    ck_assert_int_eq(count_entries(own), 2 + 1); // the box of the test
    end();
    ck_assert_int_eq(count_entries(own), 2);
    if (*old)
        setenv("TMPDIR", old, 1);
    else
        unsetenv("TMPDIR");
    temporary_remove(own);
}
END_TEST

// ---- Whatever is typed ------------------------------------------------------

static uint64_t dice_state = 1;

static uint32_t dice(uint32_t sides)
{
    dice_state = dice_state * 6364136223846793005u + 1442695040888963407u;
    return (uint32_t)(dice_state >> 33) % sides;
}

static int any_key(void)
{
    static const char likely[] = "0123012uurxwabfhp<>,.,.G vV[]!?\n\n\033LzZ";
    static const int codes[] = {CODE_UP,   CODE_DOWN, CODE_LEFT,  CODE_RIGHT,
                                CODE_HOME, CODE_END,  CODE_RESIZE};

    switch (dice(8)) {
    case 0:
        return (int)dice(256);
    case 1:
        return codes[dice(sizeof codes / sizeof *codes)];
    default:
        return likely[dice(sizeof likely - 1)];
    }
}

START_TEST(a_monkey_breaks_nothing)
{
    static const struct {
        const char *name, *text, *goal;
    } games[] = {{"update.c", update_c, "lose-update"},
                 {"locks.c", locks_c, "deadlock"},
                 {"waits.c", waits_c, "assertion"}};
    const int each = MONKEY_KEYS / 3;

    begin(games[_i].name, games[_i].text, games[_i].goal, NULL);
    dice_state = (uint64_t)_i + 1;
    for (int i = 0; i < each; i++) {
        int code = any_key();

        if (code == 'q' || code == 'R' || code == 'e' || code == 'E')
            continue;
        keys_press(&stage, code);
        ck_assert_msg(!*play.error, "%s", play.error);
        stage_tick(&stage, dice(40) * 1000000u);
        if (dice(16) == 0)
            ck_assert(grid_size(&grid, 1 + (int)dice(50), 1 + (int)dice(150)));
        play_stage_look(&play);
        frame_draw(&stage, &grid);
    }
    lang_set("en");
    end();
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("play_stage");
    TCase *tcase = tcase_create("play_stage");
    SRunner *runner = srunner_create(suite);
    int failed;

    setlocale(LC_CTYPE, "C.UTF-8");
    lang_set("en");
    tcase_set_timeout(tcase, 600);
    tcase_add_test(tcase, it_opens_where_there_is_a_choice);
    tcase_add_test(tcase, a_digit_runs_that_thread);
    tcase_add_test(tcase, the_goal_is_recognised_and_explained);
    tcase_add_test(tcase, undo_and_restart_go_back);
    tcase_add_test(tcase, a_deadlock_is_seen_by_every_view);
    tcase_add_test(tcase, who_cannot_go_on_says_why);
    tcase_add_test(tcase, chance_is_asked_for_by_its_letter);
    tcase_add_test(tcase, no_chance_is_said);
    tcase_add_test(tcase, many_threads_have_numbers_and_enter);
    tcase_add_test(tcase, moves_can_be_finer);
    tcase_add_test(tcase, a_hint_leads_to_the_goal);
    tcase_add_test(tcase, all_can_go_on_to_the_end);
    tcase_add_test(tcase, the_source_view_has_the_source_of_the_game);
    tcase_add_test(tcase, the_source_view_has_headers_of_other_folders);
    tcase_add_test(tcase, locks_are_there_before_anybody_takes_them);
    tcase_add_test(tcase, locks_that_do_not_fit_are_counted);
    tcase_add_test(tcase, who_ends_the_program_does_not_wait);
    tcase_add_test(tcase, steps_have_the_numbers_that_the_explorer_says);
    tcase_add_test(tcase, a_step_is_found_by_its_number);
    tcase_add_test(tcase, looking_back_undoes_nothing);
    tcase_add_test(tcase, the_past_says_where_it_is_and_nothing_else);
    tcase_add_test(tcase, a_move_from_the_past_asks_and_goes_on_from_there);
    tcase_add_test(tcase, any_step_is_a_place_to_go_on_from);
    tcase_add_test(tcase,
                   a_schedule_opens_at_its_end_and_goes_on_from_any_move);
    tcase_add_test(tcase, what_a_person_chose_stays);
    tcase_add_test(tcase, the_schedule_is_a_page_of_its_own);
    tcase_add_test(tcase, both_languages_are_there_at_once);
    tcase_add_test(tcase, the_help_has_a_play_section);
    tcase_add_test(tcase, no_file_stays_behind_a_move);
    tcase_add_loop_test(tcase, a_monkey_breaks_nothing, 0, 3);
    suite_add_tcase(suite, tcase);
    srunner_run_all(runner, CK_NORMAL);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? 1 : 0;
}
