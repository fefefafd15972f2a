// test_screens.c - what the visualizer shows, key by key, on a real terminal
//
// A case is tests/data/screens/NAME.case: lines "trace: FILE", "size: 24x80",
// "at: MOMENT", "keys: ...". FILE is one of tests/data/traces, or
// "PROGRAM.explored": the failing schedule that the explorer finds in a
// lesson's program. Instead of the trace "play: PROGRAM OPTIONS": telar-play,
// in the play view. What must stand on the screen afterwards is NAME.es.txt and
// NAME.en.txt. TELAR_GOLDEN=write makes those anew; read them before you keep
// them.
#include <dirent.h>
#include <glob.h>
#include <stdio.h>

#include "tests/pseudo_terminal.h"
#include "tests/temporary.h"

static const char folder[] = "tests/data/screens";

struct screen_case {
    char name[64], trace[128], play[128], keys[256], at[32];
    int rows, columns;
};

// ---- Cases ------------------------------------------------------------------

// "\e" stands for an escape, "\n" for Enter.
static void put_keys(char *keys, const char *line)
{
    for (; *line && *line != '\n'; line++) {
        bool is_escaped = line[0] == '\\' && (line[1] == 'e' || line[1] == 'n');

        *keys++ = !is_escaped ? *line : line[1] == 'e' ? '\033' : '\n';
        line += is_escaped;
    }
    *keys = '\0';
}

static void read_case(struct screen_case *c, const char *file)
{
    char path[320], line[320];
    FILE *in;

    *c = (struct screen_case){.rows = 24, .columns = 80};
    snprintf(c->name, sizeof c->name, "%.*s", (int)(strlen(file) - 5), file);
    snprintf(path, sizeof path, "%s/%s", folder, file);
    in = fopen(path, "r");
    ck_assert_ptr_nonnull(in);
    while (fgets(line, sizeof line, in)) {
        sscanf(line, "trace: %127s", c->trace);
        sscanf(line, "play: %127[^\n]", c->play);
        sscanf(line, "at: %31s", c->at);
        sscanf(line, "size: %dx%d", &c->rows, &c->columns);
        if (strncmp(line, "keys: ", 6) == 0)
            put_keys(c->keys, line + 6);
    }
    fclose(in);
    ck_assert_msg(*c->trace || *c->play, "%s: no trace", path);
}

static int is_case(const struct dirent *entry)
{
    size_t n = strlen(entry->d_name);

    return n > 5 && strcmp(entry->d_name + n - 5, ".case") == 0;
}

// ---- Traces -----------------------------------------------------------------

static const char *built(const char *program)
{
    static char path[256];
    const char *build = getenv("BUILD");

    snprintf(path, sizeof path, "%s/bin/%s", build ? build : "build", program);
    return path;
}

// The trace of the failing schedule of a lesson's program.
static void explore(const char *program, const char *trace)
{
    char command[1024];
    glob_t found;

    snprintf(command, sizeof command, "lessons/*/%s.c", program);
    ck_assert_int_eq(glob(command, 0, NULL, &found), 0);
    snprintf(command, sizeof command,
             "build/bin/telar-explore %s --lang en --trace %s >/dev/null 2>&1",
             found.gl_pathv[0], trace);
    globfree(&found);
    ck_assert_int_eq(WEXITSTATUS(system(command)), 1);
}

// The path of the trace, made anew where it has to be.
static void find_trace(char path[TEMPORARY_SIZE], const char *box,
                       const char *name)
{
    const char *dot = strstr(name, ".explored");
    char program[64];

    if (!dot) {
        snprintf(path, TEMPORARY_SIZE, "tests/data/traces/%s", name);
        return;
    }
    snprintf(program, sizeof program, "%.*s", (int)(dot - name), name);
    temporary_inside(path, box, program);
    if (access(path, F_OK) != 0)
        explore(program, path);
}

// ---- Screens ----------------------------------------------------------------

static void write_golden(struct pseudo_terminal *t, const char *path)
{
    FILE *out = fopen(path, "w");

    terminal_settle(t);
    ck_assert_ptr_nonnull(out);
    fputs(terminal_text(t), out);
    fclose(out);
}

static void compare_golden(struct pseudo_terminal *t, const char *path)
{
    static char golden[TERMINAL_TEXT];
    FILE *in = fopen(path, "r");

    ck_assert_msg(in != NULL, "%s is missing (TELAR_GOLDEN=write)", path);
    golden[fread(golden, 1, sizeof golden - 1, in)] = '\0';
    fclose(in);
    ck_assert_msg(terminal_until_same(t, golden),
                  "%s\n--- must be\n%s--- but is\n%s", path, golden,
                  terminal_text(t));
}

// The words of "play:" behind the program itself, and the language.
static void start_play(const struct screen_case *c, struct pseudo_terminal *t,
                       char *language)
{
    char play[256], words[128];
    char *argv[16] = {play};
    int count = 1;

    snprintf(play, sizeof play, "%s", built("telar-play"));
    snprintf(words, sizeof words, "%s", c->play);
    for (char *at = strtok(words, " "); at && count < 12;
         at = strtok(NULL, " "))
        argv[count++] = at;
    argv[count++] = "--lang";
    argv[count] = language;
    terminal_start(t, c->rows, c->columns, argv);
    ck_assert_msg(terminal_until(t, "0-9 "), "%s: no game", c->name);
}

static void start_view(const struct screen_case *c, struct pseudo_terminal *t,
                       char *trace, char *language)
{
    char view[256], at[32];
    char *argv[] = {view, trace, "--lang", language, "--at", at, NULL};

    snprintf(view, sizeof view, "%s", built("telar-view"));
    snprintf(at, sizeof at, "%s", c->at);
    if (!*at)
        argv[4] = NULL;
    terminal_start(t, c->rows, c->columns, argv);
    ck_assert_msg(terminal_until(t, strrchr(trace, '/') + 1),
                  "%s: nothing to be seen", c->name);
}

static void show(const struct screen_case *c, char *trace, char *language)
{
    char path[320];
    const char *golden = getenv("TELAR_GOLDEN");
    struct pseudo_terminal t;

    snprintf(path, sizeof path, "%s/%s.%s.txt", folder, c->name, language);
    if (*c->play)
        start_play(c, &t, language);
    else
        start_view(c, &t, trace, language);
    terminal_type(&t, c->keys);
    if (golden && strcmp(golden, "write") == 0)
        write_golden(&t, path);
    else
        compare_golden(&t, path);
    terminal_type(&t, "\033\033q"); // also out of a help of two pages
    ck_assert_int_eq(terminal_end(&t), 0);
}

START_TEST(every_screen_is_what_it_was)
{
    struct dirent **files;
    char box[TEMPORARY_SIZE], trace[TEMPORARY_SIZE];
    int count = scandir(folder, &files, is_case, alphasort);
    const char *only = getenv("SCREEN");

    ck_assert_int_gt(count, 0);
    temporary_folder(box);
    for (int i = 0; i < count; i++) {
        struct screen_case c;

        read_case(&c, files[i]->d_name);
        free(files[i]);
        if (only && strcmp(only, c.name) != 0)
            continue;
        if (*c.trace)
            find_trace(trace, box, c.trace);
        show(&c, trace, "es");
        show(&c, trace, "en");
    }
    free(files);
    temporary_remove(box);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("screens");
    TCase *tcase = tcase_create("screens");
    SRunner *runner = srunner_create(suite);
    int failed;

    tcase_set_timeout(tcase, 600);
    tcase_add_test(tcase, every_screen_is_what_it_was);
    suite_add_tcase(suite, tcase);
    srunner_run_all(runner, CK_NORMAL);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? 1 : 0;
}
