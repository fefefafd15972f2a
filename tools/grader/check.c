// check.c - labs graded and told, as one command does it
#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "runtime/message.h"
#include "runtime/must.h"
#include "tools/course/course.h"
#include "tools/course/error_words.h"
#include "tools/course/scratch.h"
#include "tools/course/terminal.h"
#include "tools/grader/check.h"
#include "tools/grader/grade.h"
#include "tools/grader/guard.h"
#include "tools/grader/ladder.h"

struct totals {
    int earned, points;
    int status; // the worst so far
};

// Returns false when the lab has no such promise. Else only the build that this
// one needs is made.
static bool narrow(struct brief *brief, const char *name)
{
    for (int i = 0; i < brief->promise_count; i++)
        if (strcmp(brief->promises[i].name, name) == 0) {
            memset(brief->builds, 0, sizeof brief->builds);
            brief->builds[brief->promises[i].build] = true;
            return true;
        }
    return false;
}

static int unknown_promise(const struct brief *brief, const char *name)
{
    could_not(M("lab %s promises no %s; it promises:",
                "el laboratorio %s no promete %s; promete:"),
              brief->lab, name);
    for (int i = 0; i < brief->promise_count; i++)
        fprintf(stderr, "  %s\n", brief->promises[i].name);
    return 2;
}

static int status_of(const struct result *result)
{
    if (result->status == GRADER_ERROR)
        return 2;
    return result->status == GRADED && result->earned == result->points ? 0 : 1;
}

static void keep(const struct check_plan *plan, const struct result *result)
{
    if (plan->only || strcmp(plan->from, "labs") != 0 ||
        result->status == GRADER_ERROR)
        return;
    if (!result_keep(result))
        fprintf(stderr,
                M("telar: the result is not kept: %s: %s (TELAR_STATE names "
                  "another folder)\n",
                  "telar: el resultado no se guarda: %s: %s (TELAR_STATE "
                  "indica otra carpeta)\n"),
                course_state(), error_words(errno));
}

// A line that goes away when the result comes.
static void say_busy(const struct check_plan *plan, const char *lab)
{
    if (plan->json || plan->output || terminal.plain)
        return;
    printf(M("%s: compiling and trying ...", "%s: compilo y pruebo ..."), lab);
    fflush(stdout);
}

static void say_done(const struct check_plan *plan)
{
    if (!plan->json && !plan->output && !terminal.plain)
        fputs("\r\033[K", stdout);
}

static void tell(const struct check_plan *plan, const struct result *result,
                 FILE *out, json_t *labs)
{
    if (plan->json)
        json_array_append_new(labs, result_json(result));
    else
        ladder_print(out, result);
}

static void check_lab(const struct check_plan *plan, const char *lab, FILE *out,
                      json_t *labs, struct totals *totals)
{
    struct brief *brief = brief_load(lab);
    struct result *result;
    int status = 2;

    if (brief && plan->only && !narrow(brief, plan->only)) {
        unknown_promise(brief, plan->only);
    } else if (brief) {
        say_busy(plan, lab);
        result = grade_lab(brief, plan->from, plan->only, plan->seed,
                           scratch_path());
        say_done(plan);
        tell(plan, result, out, labs);
        keep(plan, result);
        totals->earned += result->earned;
        totals->points += result->points;
        status = status_of(result);
        result_free(result);
    }
    brief_free(brief);
    totals->status = status > totals->status ? status : totals->status;
}

static void print_totals(FILE *out, const struct totals *totals, size_t labs)
{
    if (labs < 2)
        return;
    fprintf(out,
            M("\nAll %zu labs: %d of %d points\n",
              "\nLos %zu laboratorios: %d de %d puntos\n"),
            labs, totals->earned, totals->points);
}

static void write_json(FILE *out, json_t *labs, const struct totals *totals)
{
    json_t *all =
        MUST(json_pack("{ss sO si si}", "format", "telar-check 1", "labs", labs,
                       "earned", totals->earned, "points", totals->points));

    json_dumpf(all, out, JSON_INDENT(2));
    fputc('\n', out);
    json_decref(all);
}

static int check_into(const struct check_plan *plan, FILE *out)
{
    struct totals totals = {0};
    json_t *labs = MUST(json_array());

    for (size_t i = 0; i < plan->lab_count; i++) {
        if (i > 0 && !plan->json)
            fputc('\n', out);
        check_lab(plan, plan->labs[i], out, labs, &totals);
    }
    if (plan->json)
        write_json(out, labs, &totals);
    else
        print_totals(out, &totals, plan->lab_count);
    json_decref(labs);
    return totals.status;
}

static int not_written(const char *path)
{
    return could_not("%s: %s", path, error_words(errno));
}

// The file is there whole or, when something fails, as it was.
static int check_into_file(const struct check_plan *plan)
{
    char beside[PATH_MAX];
    FILE *out;
    int status;
    bool written;

    snprintf(beside, sizeof beside, "%s.new-%d", plan->output, (int)getpid());
    out = fopen(beside, "we");
    if (!out)
        return not_written(plan->output);
    status = check_into(plan, out);
    written = fflush(out) == 0 && fsync(fileno(out)) == 0;
    written = fclose(out) == 0 && written;
    if (written && rename(beside, plan->output) == 0)
        return status;
    status = not_written(plan->output);
    unlink(beside);
    return status;
}

static int check_guarded(void *argument)
{
    const struct check_plan *plan = argument;

    return plan->output ? check_into_file(plan) : check_into(plan, stdout);
}

// As grade_lab finds it: from here, or else from the project's root.
static bool is_folder(const char *from)
{
    char *below = course_path("%s", from);
    struct stat info;
    bool found =
        (stat(from, &info) == 0 && S_ISDIR(info.st_mode)) ||
        (*from != '/' && stat(below, &info) == 0 && S_ISDIR(info.st_mode));

    free(below);
    return found;
}

int check_labs(const struct check_plan *plan)
{
    if (!is_folder(plan->from))
        return could_not(M("there is no folder %s", "no hay una carpeta %s"),
                         plan->from);
    return guard_run(check_guarded, (void *)plan);
}
