// test_explorer_diff.c - what DPOR leaves out is only what was seen already
//
// A wrong rule of dependence loses schedules in silence. So small programs, for
// every primitive and for mixtures, go through plain search and through DPOR:
// both must reach the same set of final states, the same kinds of failures and
// the same exit statuses. Besides: numbers of classes that are known.
#include <check.h>
#include <glob.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tools/explorer/build.h"
#include "tools/explorer/drive.h"

enum { SCRIPTS = 400, LEAST_PROGRAMS = 60 };

#define FOLDER "tests/explorer/"

// ---- One search -------------------------------------------------------------

// All that does not depend on the way through the schedules.
struct outcome {
    char said[600]; // states, kinds of failures, exit statuses, bounds
    double executions, redundant, failing;
    bool is_exhausted;
};

static int by_text(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

struct hearing {
    struct outcome *outcome;
    char *lines[40];
    int count;
};

static void keep(struct hearing *hearing, const char *what, const char *which)
{
    char line[160];

    snprintf(line, sizeof line, "%s %s", what, which);
    ck_assert_int_lt(hearing->count, 40);
    hearing->lines[hearing->count++] = strdup(line);
}

static bool hear(void *context, char **fields, size_t count)
{
    struct hearing *hearing = context;
    struct outcome *outcome = hearing->outcome;
    char states[100];

    if (strcmp(fields[0], "states") == 0 && count == 3) {
        snprintf(states, sizeof states, "%s of hash %s", fields[1], fields[2]);
        keep(hearing, "states", states);
    } else if (count > 1 && (strcmp(fields[0], "failed") == 0 ||
                             strcmp(fields[0], "refuse") == 0 ||
                             strcmp(fields[0], "status") == 0)) {
        keep(hearing, fields[0], fields[1]);
    } else if (strcmp(fields[0], "done") == 0 && count > 5) {
        outcome->is_exhausted = fields[1][0] == '1';
        outcome->executions = strtod(fields[2], NULL);
        outcome->redundant = strtod(fields[3], NULL);
        outcome->failing = strtod(fields[5], NULL);
    }
    return true;
}

// In an order of their own: failures are told as they are met.
static void sum_up(struct hearing *hearing)
{
    char *said = hearing->outcome->said;
    size_t size = sizeof hearing->outcome->said;

    qsort(hearing->lines, (size_t)hearing->count, sizeof(char *), by_text);
    for (int i = 0; i < hearing->count; i++) {
        size_t used = strlen(said);

        snprintf(said + used, size - used, "%s%s", i ? ", " : "",
                 hearing->lines[i]);
        free(hearing->lines[i]);
    }
}

static struct outcome search(const struct build *build, char *const *arguments,
                             const char *strategy, const char *budgets)
{
    struct outcome outcome = {0};
    struct hearing hearing = {.outcome = &outcome};
    struct drive drive = {
        .program = build->program, .arguments = arguments, .seconds = 60};
    char request[300], error[500] = "";
    enum drive_end end;

    snprintf(request, sizeof request,
             "mode=search strategy=%s points=accesses keep_going=1 states=1 "
             "max=400000 steps=2000 %s",
             strategy, budgets);
    drive.request = request;
    end = drive_run(&drive, hear, &hearing, error, sizeof error);
    ck_assert_msg(end == DRIVE_DONE, "%s (%s): end %d %s", build->program,
                  request, end, error);
    sum_up(&hearing);
    return outcome;
}

static struct build built(const char *source, const char *cflags)
{
    char *path = strdup(source), error[500] = "";
    struct build_request request = {
        .sources = &path, .source_count = 1, .cflags = cflags};
    struct build build;

    ck_assert_msg(build_program(&request, &build, error, sizeof error),
                  "%s: %s", source, error);
    free(path);
    return build;
}

// ---- Both searches ----------------------------------------------------------

static int differences;
static double dfs_executions, dpor_executions;

static bool agree(const struct outcome *dfs, const struct outcome *dpor)
{
    return strcmp(dfs->said, dpor->said) == 0 && dpor->is_exhausted &&
           dpor->executions <= dfs->executions;
}

// Returns false when plain search has too many schedules to go through.
static bool compare(const char *name, const struct build *build,
                    char *const *arguments, const char *budgets)
{
    struct outcome dfs = search(build, arguments, "dfs", budgets);
    struct outcome dpor;

    if (!dfs.is_exhausted)
        return false;
    dpor = search(build, arguments, "dpor", budgets);
    dfs_executions += dfs.executions;
    dpor_executions += dpor.executions;
    if (agree(&dfs, &dpor)) {
        printf("  %-30s %-22s %8.0f %8.0f %6.0f\n", name, budgets,
               dfs.executions, dpor.executions, dpor.redundant);
        return true;
    }
    differences++;
    printf("DIFFERENT: %s, %s\n  dfs  %8.0f executions: %s\n"
           "  dpor %8.0f executions%s: %s\n",
           name, budgets, dfs.executions, dfs.said, dpor.executions,
           dpor.is_exhausted ? "" : " (not exhausted)", dpor.said);
    return true;
}

static void begin_table(void)
{
    differences = 0;
    dfs_executions = dpor_executions = 0;
    printf("  %-30s %-22s %8s %8s %6s\n", "program", "budgets", "dfs", "dpor",
           "asleep");
}

static void end_table(void)
{
    printf("  in all: %.0f executions by dfs, %.0f by dpor\n", dfs_executions,
           dpor_executions);
    ck_assert_msg(differences == 0,
                  "DPOR and plain search differ in %d of these", differences);
}

static void compare_program(const char *path)
{
    static const char *budgets[] = {"spurious=0 expiries=2",
                                    "spurious=1 expiries=2",
                                    "spurious=1 expiries=0"};
    const char *name = strrchr(path, '/') + 1;
    struct build build = built(path, NULL);
    char title[64];

    snprintf(title, sizeof title, "%.*s", (int)strcspn(name, "."), name);
    for (size_t i = 0; i < sizeof budgets / sizeof *budgets; i++)
        ck_assert_msg(compare(title, &build, NULL, budgets[i]),
                      "%s: too many schedules for plain search", path);
    build_free(&build);
}

START_TEST(dpor_reaches_every_final_state_of_plain_search)
{
    glob_t found;

    ck_assert_int_eq(glob(FOLDER "differential/*.c", 0, NULL, &found), 0);
    ck_assert_uint_ge(found.gl_pathc, LEAST_PROGRAMS);
    begin_table();
    for (size_t i = 0; i < found.gl_pathc; i++)
        compare_program(found.gl_pathv[i]);
    globfree(&found);
    end_table();
}
END_TEST

// ---- Programs that nobody thought of ----------------------------------------

static uint64_t dice = 88172645463325252;

static unsigned throw_dice(unsigned sides)
{
    dice ^= dice << 13;
    dice ^= dice >> 7;
    dice ^= dice << 17;
    return (unsigned)(dice >> 33) % sides;
}

// Letters of script.c that have to do with each other.
static const char *const themes[] = {
    "rwih",           "lsaec",     "LTMUrw",  "LUWXSBrw", "LUWXSB",
    "VvxPg",          "RqjKkzuri", "YOri",    "mfd",      "rwhlsaLUTP",
    "LUWSVPrRKu",     "?rwlsLU",   "p?riO",   "WLBSXMTU", "?wVPxYL",
    "LUWSBX?rwiVPxM", "Vx",        "MTjzxXL",
};

static void write_thread(char *thread, const char *theme, unsigned steps,
                         unsigned objects)
{
    if (strchr(theme, 'L') && throw_dice(2))
        thread += sprintf(thread, "L0");
    for (unsigned i = 0; i < steps; i++)
        thread +=
            sprintf(thread, "%c%u", theme[throw_dice((unsigned)strlen(theme))],
                    throw_dice(objects));
}

static unsigned write_script(char (*threads)[32])
{
    static const unsigned most_steps[] = {6, 4, 3};
    const char *theme =
        themes[throw_dice((unsigned)(sizeof themes / sizeof *themes))];
    unsigned count = 2 + throw_dice(3), objects = 1 + throw_dice(3) / 2;

    for (unsigned t = 0; t < count; t++)
        write_thread(threads[t], theme, 1 + throw_dice(most_steps[count - 2]),
                     objects);
    return count;
}

// Of many schedules only a part would be compared: those scripts are left out.
static bool compare_script(const struct build *build)
{
    char threads[4][32], name[160] = "", budgets[60];
    char *arguments[5] = {0};
    unsigned count = write_script(threads);

    for (unsigned t = 0; t < count; t++) {
        arguments[t] = threads[t];
        sprintf(name + strlen(name), "%s%s", t ? " " : "", threads[t]);
    }
    snprintf(budgets, sizeof budgets, "spurious=%u expiries=%u max=20000",
             throw_dice(3), throw_dice(3));
    return compare(name, build, arguments, budgets);
}

START_TEST(dpor_reaches_every_final_state_of_random_scripts)
{
    struct build build = built(FOLDER "random/script.c", NULL);
    int compared = 0;

    begin_table();
    for (int i = 0; i < SCRIPTS; i++)
        compared += compare_script(&build);
    printf("  %d of %d scripts were small enough\n", compared, (int)SCRIPTS);
    build_free(&build);
    end_table();
    ck_assert_int_gt(compared, SCRIPTS / 2);
}
END_TEST

// ---- Known numbers ----------------------------------------------------------

static const struct {
    const char *source, *cflags, *strategy;
    double executions, failing;
} known[] = {
    {"increments.c", "-DN=3", "dfs", 924, 924},
    {"increments.c", "-DN=3", "dpor", 328, 328},
    {"increments.c", "-DN=4", "dpor", 3334, 3334},
    {"increments.c", "-DN=5", "dpor", 34904, 34904},
    {"increments.c", "-DN=6", "dpor", 372436, 372436},
    {"philosophers.c", NULL, "dpor", 7, 1},
    {"producer_consumer.c", NULL, "dpor", 32, 0},
};

START_TEST(dpor_counts_the_known_number_of_classes)
{
    char path[100];
    struct build build;
    struct outcome outcome;

    snprintf(path, sizeof path, FOLDER "counts/%s", known[_i].source);
    build = built(path, known[_i].cflags);
    outcome = search(&build, NULL, known[_i].strategy, "spurious=0");
    build_free(&build);
    ck_assert(outcome.is_exhausted);
    ck_assert_double_eq(outcome.executions, known[_i].executions);
    ck_assert_double_eq(outcome.failing, known[_i].failing);
    ck_assert_double_eq(outcome.redundant, 0);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("explorer_diff");
    TCase *searches = tcase_create("searches");
    SRunner *runner = srunner_create(suite);
    int failed;

    setvbuf(stdout, NULL, _IOLBF, 0);
    suite_add_tcase(suite, searches);
    tcase_set_timeout(searches, 800);
    tcase_add_loop_test(searches, dpor_counts_the_known_number_of_classes, 0,
                        (int)(sizeof known / sizeof *known));
    tcase_add_test(searches, dpor_reaches_every_final_state_of_plain_search);
    tcase_add_test(searches, dpor_reaches_every_final_state_of_random_scripts);
    srunner_run_all(runner, CK_NORMAL);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed != 0;
}
