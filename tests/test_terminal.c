// test_terminal.c - the terminal, whatever happens to the one who has it
//
// The visualizer runs below a shell with jobs, as for a person: the shell stays
// when the visualizer is gone, so that what was left of the terminal can be
// looked at.
#include <limits.h>
#include <sched.h>
#include <stdio.h>
#include <sys/stat.h>
#include <sys/syscall.h>

#include "tests/pseudo_terminal.h"
#include "tests/trace_story.h"

static struct pseudo_terminal term;
static char view[TEMPORARY_SIZE];

// Runs what it is given, says how that ended, then obeys what is typed.
static char script[] = "set -m; trap : INT; \"$@\"; echo \"left with $?\"; "
                       "while read -r line; do eval \"$line\"; done";

// ---- Traces -----------------------------------------------------------------

static void two_tasks(struct writer *writer)
{
    struct writer_task *a, *b;

    story_create(writer, story_path());
    a = writer_task_begin(writer, "ana", 0, 1, 1);
    b = writer_task_begin(writer, "bruno", 0, 1, 2);
    story_say(a, TRACE_OBJECT_NAME, 0x10, writer_name(writer, "m1"));
    story_say(a, TRACE_LOCK_ACQUIRE, 0x10, 0);
    story_say(b, TRACE_LOCK_REQUEST, 0x10, 0);
    story_say(a, TRACE_LOCK_RELEASE, 0x10, 0);
    story_say(b, TRACE_LOCK_ACQUIRE, 0x10, 0);
}

static void make_trace(void)
{
    struct writer writer;

    two_tasks(&writer);
    writer_close(&writer);
}

// ---- The visualizer on a terminal -------------------------------------------

// With up to four words more behind it.
static void start_sized(int rows, int columns, char *first, char *second,
                        char *third)
{
    const char *build = getenv("BUILD");
    char *argv[] = {"/bin/sh", "-c", script, "sh",   view,  story_name,
                    "--lang",  "en", first,  second, third, NULL};

    snprintf(view, sizeof view, "%s/bin/telar-view", build ? build : "build");
    terminal_start(&term, rows, columns, argv);
}

static void start(void)
{
    make_trace();
    start_sized(24, 80, NULL, NULL, NULL);
    ck_assert(terminal_until(&term, "space play"));
}

static void start_with(char *setting, char *option, char *value)
{
    const char *build = getenv("BUILD");
    char *argv[] = {"/bin/sh", "-c",  script,     "sh",     "/usr/bin/env",
                    setting,   view,  story_name, "--lang", "en",
                    option,    value, NULL};

    make_trace();
    snprintf(view, sizeof view, "%s/bin/telar-view", build ? build : "build");
    terminal_start(&term, 24, 80, argv);
    ck_assert(terminal_until(&term, "space play"));
}

static pid_t viewer(void)
{
    return tcgetpgrp(term.master);
}

// The visualizer has left so, and the terminal is as it was.
static void ck_left_with(int status)
{
    char text[32];

    snprintf(text, sizeof text, "left with %d", status);
    ck_assert_msg(terminal_until(&term, text), "no '%s':\n%s", text,
                  terminal_text(&term));
    ck_assert(terminal_is_sane(&term));
}

static void end(void)
{
    terminal_type(&term, "exit\n");
    terminal_end(&term);
}

// ---- Sizes ------------------------------------------------------------------

START_TEST(it_takes_the_size_that_the_terminal_gets)
{
    static char first[TERMINAL_TEXT];
    static const int sizes[][2] = {{5, 20},  {1, 1},   {100, 300}, {2, 300},
                                   {100, 2}, {10, 60}, {24, 80}};

    start();
    strcpy(first, terminal_text(&term));
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        terminal_resize(&term, sizes[i][0], sizes[i][1]);
        terminal_type(&term, ".,");
        if (sizes[i][0] == 100 && sizes[i][1] == 300)
            ck_assert(terminal_until(&term, "space play"));
    }
    terminal_type(&term, "g");
    ck_assert_msg(terminal_until_same(&term, first), "%s",
                  terminal_text(&term));
    terminal_type(&term, "q");
    ck_left_with(0);
    end();
}
END_TEST

START_TEST(it_begins_on_any_size)
{
    static const int sizes[][2] = {{1, 1}, {5, 20}, {100, 300}, {3, 4}};

    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        make_trace();
        start_sized(sizes[i][0], sizes[i][1], NULL, NULL, NULL);
        while (!term.is_alternate)
            ck_assert(terminal_read(&term, TERMINAL_PATIENCE_MS));
        terminal_type(&term, "v?\033q");
        while (term.is_alternate)
            ck_assert(terminal_read(&term, TERMINAL_PATIENCE_MS));
        end();
    }
}
END_TEST

// ---- Stopped ----------------------------------------------------------------

START_TEST(stopped_it_gives_the_terminal_and_takes_it_again)
{
    start();
    terminal_type(&term, "\032");
    ck_left_with(128 + SIGTSTP);
    terminal_resize(&term, 30, 100);
    terminal_type(&term, "fg; echo ended $?\n");
    ck_assert(terminal_until(&term, "space play"));
    ck_assert(term.is_alternate);
    terminal_type(&term, ".");
    ck_assert(terminal_until(&term, "#1 "));
    terminal_type(&term, "q");
    ck_assert(terminal_until(&term, "ended 0"));
    ck_assert(terminal_is_sane(&term));
    end();
}
END_TEST

// A stop that cannot be caught leaves the screen as it is; going on takes it.
START_TEST(stopped_by_force_it_takes_the_terminal_again)
{
    start();
    kill(viewer(), SIGSTOP);
    while (!strstr(term.raw, "left with"))
        ck_assert(terminal_read(&term, TERMINAL_PATIENCE_MS));
    terminal_type(&term, "stty sane; fg; echo ended $?\n");
    ck_assert(terminal_until(&term, "space play"));
    terminal_type(&term, ".");
    ck_assert(terminal_until(&term, "#1 "));
    terminal_type(&term, "q");
    ck_assert(terminal_until(&term, "ended 0"));
    ck_assert(terminal_is_sane(&term));
    end();
}
END_TEST

// ---- Ends -------------------------------------------------------------------

static const int ends[] = {SIGINT,  SIGTERM, SIGHUP,  SIGQUIT, SIGUSR1,
                           SIGALRM, SIGSEGV, SIGABRT, SIGBUS,  SIGFPE};

START_TEST(a_signal_ends_it_and_the_terminal_is_given_back)
{
    start();
    kill(viewer(), ends[_i]);
    ck_left_with(128 + ends[_i]);
    end();
}
END_TEST

START_TEST(a_signal_ends_it_while_it_plays)
{
    start();
    terminal_type(&term, " ");
    ck_assert(terminal_until(&term, "playing"));
    kill(viewer(), ends[_i]);
    ck_left_with(128 + ends[_i]);
    end();
}
END_TEST

START_TEST(control_c_ends_it)
{
    start();
    terminal_type(&term, "\003");
    ck_left_with(128 + SIGINT);
    end();
}
END_TEST

// Nobody can mend what is killed; the next one to come does.
START_TEST(after_a_kill_the_next_one_mends_the_terminal)
{
    char line[3 * TEMPORARY_SIZE];

    start();
    kill(viewer(), SIGKILL);
    ck_assert(terminal_until(&term, "left with 137"));
    ck_assert(!terminal_is_sane(&term));
    snprintf(line, sizeof line, "'%s' '%s' --lang en; echo ended $?\n", view,
             story_name);
    terminal_type(&term, line);
    ck_assert(terminal_until(&term, "space play"));
    terminal_type(&term, "q");
    ck_assert(terminal_until(&term, "ended 0"));
    ck_assert(terminal_is_sane(&term));
    end();
}
END_TEST

// ---- A terminal that is gone, or does not read ------------------------------

static void start_alone(char *wrapper)
{
    const char *build = getenv("BUILD");
    char *argv[] = {"/bin/sh",  "-c",     wrapper, "sh", view,
                    story_name, "--lang", "en",    NULL};

    make_trace();
    snprintf(view, sizeof view, "%s/bin/telar-view", build ? build : "build");
    terminal_start(&term, 24, 80, argv);
    ck_assert(terminal_until(&term, "space play"));
    terminal_type(&term, " ");
    ck_assert(terminal_until(&term, "playing"));
}

static int hang_up(void)
{
    int status;

    close(term.master);
    ck_assert_int_eq(waitpid(term.pid, &status, 0), term.pid);
    vterm_free(term.vterm);
    free(term.raw);
    return status;
}

START_TEST(a_lost_terminal_ends_it)
{
    int status;

    start_alone("exec \"$@\"");
    status = hang_up();
    ck_assert(WIFSIGNALED(status));
    ck_assert_int_eq(WTERMSIG(status), SIGHUP);
}
END_TEST

START_TEST(a_lost_terminal_ends_it_even_if_nobody_says_so)
{
    int status;

    start_alone("trap '' HUP; exec \"$@\"");
    status = hang_up();
    ck_assert(WIFEXITED(status));
    ck_assert_int_eq(WEXITSTATUS(status), 2);
}
END_TEST

// In a call of write, as the kernel says; true as well where it does not say.
static bool is_in_write(pid_t pid)
{
    char path[64], text[32] = "";
    FILE *in;

    snprintf(path, sizeof path, "/proc/%d/syscall", (int)pid);
    in = fopen(path, "r");
    if (!in || !fgets(text, sizeof text, in))
        strcpy(text, "1");
    if (in)
        fclose(in);
    return *text != 'r' && strtol(text, NULL, 10) == SYS_write;
}

// Has the screen drawn anew without reading what comes, until nothing more
// fits.
static void fill_the_terminal(void)
{
    for (int calm = 0, turn = 0; calm < 50; turn++) {
        struct winsize size = {.ws_row = 60, .ws_col = turn & 64 ? 200 : 199};

        if (calm == 0)
            ck_assert_int_eq(ioctl(term.master, TIOCSWINSZ, &size), 0);
        calm = is_in_write(viewer()) ? calm + 1 : 0;
        sched_yield();
    }
}

static void ends_though_nobody_reads(int signal_number)
{
    pid_t pid;

    start();
    pid = viewer();
    fill_the_terminal();
    kill(pid, signal_number);
    ck_left_with(128 + signal_number);
    end();
}

START_TEST(a_terminal_that_does_not_read_does_not_hold_it)
{
    ends_though_nobody_reads(SIGTERM);
    ends_though_nobody_reads(SIGINT);
    ends_though_nobody_reads(SIGSEGV);
}
END_TEST

START_TEST(stopped_output_does_not_hold_it)
{
    start();
    terminal_type(&term, "\023vvvv"); // Ctrl-S
    kill(viewer(), SIGTERM);
    ck_left_with(128 + SIGTERM);
    end();
}
END_TEST

// ---- What is no trace -------------------------------------------------------

static void write_file(const char *bytes, size_t size)
{
    FILE *out = fopen(story_name, "w");

    ck_assert_ptr_nonnull(out);
    fwrite(bytes, 1, size, out);
    fclose(out);
}

static void cut_to(long size)
{
    struct stat about;

    ck_assert_int_eq(stat(story_name, &about), 0);
    ck_assert_int_eq(truncate(story_name, size < 0 ? about.st_size / 2 : size),
                     0);
}

static void swap_bytes(void)
{
    FILE *file = fopen(story_name, "r+");
    unsigned char bytes[16];

    ck_assert_uint_eq(fread(bytes, 1, 16, file), 16);
    for (int i = 12; i < 14; i++) { // byte_order
        unsigned char kept = bytes[i];

        bytes[i] = bytes[27 - i];
        bytes[27 - i] = kept;
    }
    rewind(file);
    fwrite(bytes, 1, 16, file);
    fclose(file);
}

static void make_bad(int which)
{
    make_trace();
    switch (which) {
    case 0:
        write_file("", 0);
        break;
    case 1:
        write_file("\033[2J no trace\n", 14);
        break;
    case 2:
        cut_to(100);
        break;
    case 3:
        cut_to(-1);
        break;
    case 4:
        swap_bytes();
        break;
    case 5:
        unlink(story_name);
        break;
    case 6:
        unlink(story_name);
        ck_assert_int_eq(mkfifo(story_name, 0600), 0);
        break;
    }
}

START_TEST(what_is_no_trace_is_refused_before_the_terminal_is_taken)
{
    make_bad(_i);
    start_sized(24, 80, NULL, NULL, NULL);
    ck_left_with(2);
    ck_assert(strstr(terminal_text(&term), "telar: ") != NULL);
    ck_assert(!term.was_alternate);
    ck_assert_ptr_null(strchr(term.raw, '\033'));
    end();
}
END_TEST

START_TEST(a_trace_without_events_is_shown)
{
    struct writer writer;

    story_create(&writer, story_path());
    writer_close(&writer);
    start_sized(24, 80, NULL, NULL, NULL);
    ck_assert(terminal_until(&term, "space play"));
    terminal_type(&term, "vvvv.,GgmmzZ!] ?? /x\nq");
    ck_left_with(0);
    end();
}
END_TEST

// ---- A trace that changes while it is shown ---------------------------------

static void leave(void)
{
    terminal_type(&term, ".");
    ck_assert(terminal_until(&term, "#"));
    terminal_type(&term, "q");
    ck_left_with(0);
    end();
}

START_TEST(a_trace_that_is_written_grows_on_the_screen)
{
    struct writer writer;
    struct writer_task *task;

    two_tasks(&writer);
    start_sized(24, 80, NULL, NULL, NULL);
    ck_assert(terminal_until(&term, "bruno"));
    task = writer_task_begin(&writer, "celia", 0, 1, 3);
    story_say(task, TRACE_LOCK_REQUEST, 0x10, 0);
    ck_assert(terminal_until(&term, "celia"));
    terminal_type(&term, "F");
    ck_assert(terminal_until(&term, "following"));
    story_say(task, TRACE_LOCK_ACQUIRE, 0x99, 0);
    ck_assert(terminal_until(&term, "celia takes"));
    writer_close(&writer);
    leave();
}
END_TEST

START_TEST(a_writer_that_dies_is_said)
{
    int ready[2], status;
    pid_t pid;

    story_path();
    ck_assert_int_eq(pipe(ready), 0);
    pid = fork();
    if (pid == 0) {
        struct writer writer;

        two_tasks(&writer);
        if (write(ready[1], "x", 1) == 1)
            pause();
        _exit(1);
    }
    snprintf(strrchr(story_name, '/'), 32, "/%d.trace", (int)pid);
    ck_assert_int_eq(read(ready[0], &status, 1), 1);
    start_sized(24, 80, NULL, NULL, NULL);
    ck_assert(terminal_until(&term, "space play"));
    terminal_type(&term, "F");
    ck_assert(terminal_until(&term, "following"));
    kill(pid, SIGKILL);
    ck_assert_int_eq(waitpid(pid, &status, 0), pid);
    ck_assert(terminal_until(&term, "who wrote this trace has ended"));
    terminal_type(&term, "g");
    leave();
}
END_TEST

START_TEST(a_trace_that_is_cut_short_stays_on_the_screen)
{
    start();
    cut_to(200);
    ck_assert(terminal_until(&term, "was cut short"));
    leave();
}
END_TEST

START_TEST(a_trace_that_is_removed_stays_on_the_screen)
{
    start();
    unlink(story_name);
    ck_assert(terminal_until(&term, "was removed"));
    leave();
}
END_TEST

START_TEST(a_trace_that_is_replaced_stays_on_the_screen)
{
    char other[TEMPORARY_SIZE + 8];
    FILE *out;

    start();
    snprintf(other, sizeof other, "%s.new", story_name);
    out = fopen(other, "w");
    ck_assert_ptr_nonnull(out);
    fputs("no trace", out);
    fclose(out);
    ck_assert_int_eq(rename(other, story_name), 0);
    ck_assert(terminal_until(&term, "another file has this name"));
    leave();
}
END_TEST

START_TEST(a_trace_that_is_overwritten_is_said)
{
    struct stat about;
    FILE *file;

    start();
    ck_assert_int_eq(stat(story_name, &about), 0);
    file = fopen(story_name, "r+");
    ck_assert_ptr_nonnull(file);
    for (off_t i = 0; i < about.st_size; i++)
        fputc(0xa5, file);
    fclose(file);
    ck_left_with(2);
    ck_assert(strstr(terminal_text(&term), "telar: ") != NULL);
    end();
}
END_TEST

// ---- Nothing is written for nothing -----------------------------------------

static long wakeups(pid_t pid)
{
    char path[64], line[128];
    long count = -1;
    FILE *in;

    snprintf(path, sizeof path, "/proc/%d/status", (int)pid);
    in = fopen(path, "r");
    ck_assert_ptr_nonnull(in);
    while (fgets(line, sizeof line, in))
        sscanf(line, "voluntary_ctxt_switches: %ld", &count);
    fclose(in);
    return count;
}

START_TEST(when_nothing_changes_nothing_is_written)
{
    long before;
    size_t bytes;

    start();
    before = wakeups(viewer());
    while (wakeups(viewer()) < before + 2)
        terminal_read(&term, 10);
    bytes = term.raw_bytes;
    before = wakeups(viewer());
    while (wakeups(viewer()) < before + 5)
        terminal_read(&term, 10);
    ck_assert_uint_eq(term.raw_bytes, bytes);
    terminal_type(&term, "q");
    ck_left_with(0);
    end();
}
END_TEST

// A key that changes nothing costs nothing; one that changes a cell, little.
START_TEST(only_what_changes_is_written)
{
    size_t bytes;

    start();
    terminal_type(&term, "0/");
    ck_assert(terminal_until(&term, "search: _"));
    bytes = term.raw_bytes;
    terminal_type(&term, "\033000000000000000000000000000000000000/x");
    ck_assert(terminal_until(&term, "search: x_"));
    ck_assert_uint_lt(term.raw_bytes - bytes, 500);
    ck_assert_ptr_null(strstr(term.raw + bytes, "\033[2J"));
    terminal_type(&term, "\033q");
    ck_left_with(0);
    end();
}
END_TEST

// ---- Colours and signs ------------------------------------------------------

// What begins a colour: of 256, of 8 or 16.
static bool has_colour(void)
{
    for (const char *at = term.raw; (at = strstr(at, "\033[")); at += 2) {
        const char *end = at + 2 + strspn(at + 2, "0123456789;");

        if (*end != 'm')
            continue;
        for (const char *code = at + 1; code < end; code++)
            if ((*code == '[' || *code == ';') &&
                (code[1] == '3' || code[1] == '9') && code[2] >= '0' &&
                code[2] <= '8')
                return true;
    }
    return false;
}

static bool is_ascii(void)
{
    for (size_t i = 0; i < term.raw_bytes; i++)
        if (term.raw[i] & 0x80)
            return false;
    return true;
}

START_TEST(every_terminal_gets_the_colours_that_it_has)
{
    static const struct {
        char *setting, *option, *value;
        const char *sequence; // of LOOK_TITLE, say
        bool colours, ascii;
    } cases[] = {
        {"TERM=xterm-256color", NULL, NULL, "38;5;74", true, false},
        {"TERM=xterm-256color", "--theme", "light", "38;5;25", true, false},
        {"TELAR_THEME=light", NULL, NULL, "38;5;25", true, false},
        {"TERM=xterm-256color", "--theme", "none", "", false, false},
        {"NO_COLOR=1", NULL, NULL, "", false, false},
        {"NO_COLOR=1", "--theme", "dark", "", false, false},
        {"TERM=linux", NULL, NULL, "\033[36m", true, false},
        {"TERM=vt100", NULL, NULL, "", false, false},
        {"TERM=vt100", "--ascii", NULL, "", false, true},
        {"LC_ALL=C", NULL, NULL, "38;5;74", true, true},
        {"LC_ALL=es_ES.ISO-8859-1", NULL, NULL, "38;5;74", true, true},
        {"LC_ALL=es_PE.utf8", NULL, NULL, "38;5;74", true, false},
        {"TELAR_ASCII=1", NULL, NULL, "38;5;74", true, true},
        {"TELAR_ASCII=0", "--large", NULL, "38;5;74", true, false},
    };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        start_with(cases[i].setting, cases[i].option, cases[i].value);
        ck_assert_msg(has_colour() == cases[i].colours, "colours: case %zu", i);
        ck_assert_msg(is_ascii() == cases[i].ascii, "ASCII: case %zu", i);
        ck_assert_msg(strstr(term.raw, cases[i].sequence) != NULL, "case %zu",
                      i);
        terminal_type(&term, "q");
        ck_assert(terminal_until(&term, "left with 0"));
        end();
    }
}
END_TEST

// Debian's own descriptions go from 8 colours to 256.
static void describe_sixteen(const char *folder)
{
    char command[2 * TEMPORARY_SIZE + 200];

    snprintf(command, sizeof command,
             "infocmp -x xterm-256color | sed -e "
             "'s/^xterm-256color.*/telar-16|sixteen colours,/' -e "
             "'s/colors#0x100/colors#16/' -e 's/pairs#0x10000/pairs#256/' | "
             "tic -x -o '%s' -",
             folder);
    ck_assert_int_eq(system(command), 0);
    ck_assert_int_eq(setenv("TERMINFO", folder, 1), 0);
}

START_TEST(sixteen_colours_are_used_where_there_are_no_more)
{
    char folder[TEMPORARY_SIZE];

    temporary_folder(folder);
    describe_sixteen(folder);
    start_with("TERM=telar-16", NULL, NULL);
    ck_assert_ptr_nonnull(strstr(term.raw, "\033[96m")); // bright cyan
    ck_assert_ptr_null(strstr(term.raw, "38;5;"));
    terminal_type(&term, "q");
    ck_left_with(0);
    end();
    temporary_remove(folder);
}
END_TEST

START_TEST(what_is_not_asked_for_well_is_said)
{
    static const struct {
        char *option, *value;
        const char *says;
    } cases[] = {
        {"--theme", "pink", "dark, light or none"},
        {"--view", "nothing", "there are timeline"},
        {"--at", "soon", "--at takes"},
        {"--record", "x.gif", "FILE.cast or FILE.svg"},
        {"--keys", "v", "--record"},
        {"--wrong", NULL, "does not understand"},
    };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        make_trace();
        start_sized(24, 80, cases[i].option, cases[i].value, NULL);
        ck_left_with(2);
        ck_assert(strstr(terminal_text(&term), cases[i].says) != NULL);
        ck_assert(!term.was_alternate);
        end();
    }
}
END_TEST

START_TEST(it_begins_with_the_view_and_the_time_asked_for)
{
    make_trace();
    start_sized(24, 80, "--view=locks", "--at=#6", NULL);
    ck_assert(terminal_until(&term, "locks"));
    ck_assert(terminal_until(&term, "#6 "));
    terminal_type(&term, "q");
    ck_left_with(0);
    end();
}
END_TEST

START_TEST(what_is_looked_at_is_recorded)
{
    static char wrapper[] = "cd \"${2%/*}\" && exec \"$@\"";
    const char *build = getenv("BUILD");
    char *argv[] = {"/bin/sh",  "-c",     wrapper, "sh", view,
                    story_name, "--lang", "en",    NULL};
    char found[PATH_MAX], name[TEMPORARY_SIZE + 16], line[32] = "";
    FILE *in;

    make_trace();
    snprintf(name, sizeof name, "%s/bin/telar-view", build ? build : "build");
    ck_assert_ptr_nonnull(realpath(name, found));
    ck_assert_int_lt(snprintf(view, sizeof view, "%s", found), sizeof view);
    terminal_start(&term, 24, 80, argv);
    ck_assert(terminal_until(&term, "space play"));
    terminal_type(&term, "R");
    ck_assert(terminal_until(&term, "records into"));
    ck_assert(terminal_until(&term, "REC"));
    terminal_type(&term, ".R");
    ck_assert(terminal_until(&term, "recorded in"));
    terminal_type(&term, "q");
    ck_assert_int_eq(terminal_end(&term), 0);
    snprintf(name, sizeof name, "%s-1.cast", story_name);
    in = fopen(name, "r");
    ck_assert_ptr_nonnull(in);
    ck_assert_ptr_nonnull(fgets(line, sizeof line, in));
    fclose(in);
    unlink(name);
    ck_assert_ptr_nonnull(strstr(line, "{\"version\": 2, \"width\": 80"));
}
END_TEST

static Suite *terminal_suite(void)
{
    Suite *suite = suite_create("terminal");
    TCase *tcase = tcase_create("terminal");
    int count = sizeof ends / sizeof *ends;

    tcase_set_timeout(tcase, 300);
    tcase_add_test(tcase, it_takes_the_size_that_the_terminal_gets);
    tcase_add_test(tcase, it_begins_on_any_size);
    tcase_add_test(tcase, stopped_it_gives_the_terminal_and_takes_it_again);
    tcase_add_test(tcase, stopped_by_force_it_takes_the_terminal_again);
    tcase_add_loop_test(tcase, a_signal_ends_it_and_the_terminal_is_given_back,
                        0, count);
    tcase_add_loop_test(tcase, a_signal_ends_it_while_it_plays, 0, count);
    tcase_add_test(tcase, control_c_ends_it);
    tcase_add_test(tcase, after_a_kill_the_next_one_mends_the_terminal);
    tcase_add_test(tcase, a_lost_terminal_ends_it);
    tcase_add_test(tcase, a_lost_terminal_ends_it_even_if_nobody_says_so);
    tcase_add_test(tcase, a_terminal_that_does_not_read_does_not_hold_it);
    tcase_add_test(tcase, stopped_output_does_not_hold_it);
    tcase_add_loop_test(
        tcase, what_is_no_trace_is_refused_before_the_terminal_is_taken, 0, 7);
    tcase_add_test(tcase, a_trace_without_events_is_shown);
    tcase_add_test(tcase, a_trace_that_is_written_grows_on_the_screen);
    tcase_add_test(tcase, a_writer_that_dies_is_said);
    tcase_add_test(tcase, a_trace_that_is_cut_short_stays_on_the_screen);
    tcase_add_test(tcase, a_trace_that_is_removed_stays_on_the_screen);
    tcase_add_test(tcase, a_trace_that_is_replaced_stays_on_the_screen);
    tcase_add_test(tcase, a_trace_that_is_overwritten_is_said);
    tcase_add_test(tcase, when_nothing_changes_nothing_is_written);
    tcase_add_test(tcase, only_what_changes_is_written);
    tcase_add_test(tcase, every_terminal_gets_the_colours_that_it_has);
    tcase_add_test(tcase, sixteen_colours_are_used_where_there_are_no_more);
    tcase_add_test(tcase, what_is_not_asked_for_well_is_said);
    tcase_add_test(tcase, it_begins_with_the_view_and_the_time_asked_for);
    tcase_add_test(tcase, what_is_looked_at_is_recorded);
    suite_add_tcase(suite, tcase);
    return suite;
}

int main(void)
{
    SRunner *runner = srunner_create(terminal_suite());
    int failed;

    srunner_run_all(runner, CK_NORMAL);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? 1 : 0;
}
