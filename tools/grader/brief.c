// brief.c - what a lab promises, as its suite describes it
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "runtime/message.h"
#include "runtime/must.h"
#include "tools/course/course.h"
#include "tools/grader/brief.h"

const char *const brief_levels[LEVELS] = {"basic", "intermediate", "advanced"};
const char *const brief_builds[BUILDS] = {"plain", "address", "faults",
                                          "explore"};

static int index_of(const char *name, const char *const *names, int count)
{
    for (int i = 0; i < count; i++)
        if (name && strcmp(names[i], name) == 0)
            return i;
    return -1;
}

// build/labs beside this program's build/bin, when this program is part of the
// project asked about; else what "make" builds there.
static char *suite_path(const char *lab)
{
    char program[PATH_MAX] = "";
    const char *root = course_root();
    ssize_t length = readlink("/proc/self/exe", program, sizeof program - 1);
    char *path;

    for (int up = 0; up < 2 && length > 0; up++)
        if (strrchr(program, '/'))
            *strrchr(program, '/') = '\0';
    if (strncmp(program, root, strlen(root)) == 0)
        MUST(asprintf(&path, "%s/labs/%s", program, lab));
    else
        path = course_path("build/labs/%s", lab);
    return path;
}

static json_t *ask_suite(const char *path)
{
    char *command;
    json_t *answer;
    FILE *out;

    // The path is quoted: it is ours, but a folder may have any name.
    setenv("TELAR_SUITE", path, 1);
    MUST(asprintf(&command, "%s", "exec \"$TELAR_SUITE\" --describe"));
    out = popen(command, "re");
    free(command);
    if (!out)
        return NULL;
    answer = json_loadf(out, 0, NULL);
    if (pclose(out) == 0)
        return answer;
    json_decref(answer);
    return NULL;
}

static bool take_names(json_t *list, const char **names, size_t most)
{
    json_t *each;
    size_t i;

    if (!json_is_array(list) || json_array_size(list) > most)
        return false;
    json_array_foreach(list, i, each)
    {
        names[i] = json_string_value(each);
        if (!names[i] || strchr(names[i], '/') || names[i][0] == '.')
            return false;
    }
    return true;
}

static bool take_promise(json_t *row, struct brief_promise *promise)
{
    const char *level, *build;

    *promise = (struct brief_promise){0};
    if (json_unpack(row, "{ss ss si ss ss ss s?s s?s s?s}", "name",
                    &promise->name, "level", &level, "points", &promise->points,
                    "english", &promise->english, "spanish", &promise->spanish,
                    "build", &build, "man", &promise->man, "step",
                    &promise->step, "explore", &promise->explore) < 0)
        return false;
    promise->level = index_of(level, brief_levels, LEVELS);
    promise->build = index_of(build, brief_builds, BUILDS);
    if ((promise->build == BUILD_EXPLORE) != (promise->explore != NULL) ||
        (promise->explore && strchr(promise->explore, '/')))
        return false;
    return promise->level >= 0 && promise->build >= 0 && promise->points > 0;
}

static bool take_promises(struct brief *brief, json_t *list)
{
    size_t count = json_array_size(list);

    if (count == 0)
        return false;
    brief->promises = MUST(calloc(count, sizeof *brief->promises));
    for (size_t i = 0; i < count; i++) {
        struct brief_promise *promise = &brief->promises[i];

        if (!take_promise(json_array_get(list, i), promise))
            return false;
        brief->points += promise->points;
        brief->builds[promise->build] = true;
    }
    brief->promise_count = (int)count;
    return true;
}

static bool take_all(struct brief *brief)
{
    json_t *source = brief->source;

    return take_names(json_object_get(source, "files"), brief->files,
                      BRIEF_FILES) &&
           brief->files[0] &&
           take_names(json_object_get(source, "given"), brief->given,
                      BRIEF_FILES) &&
           take_names(json_object_get(source, "faults"), brief->faults,
                      BRIEF_FAULTS) &&
           take_promises(brief, json_object_get(source, "promises"));
}

struct brief *brief_load(const char *lab)
{
    struct brief *brief = MUST(calloc(1, sizeof *brief));

    brief->lab = MUST(strdup(lab));
    brief->suite = suite_path(lab);
    if (access(brief->suite, X_OK) < 0) {
        could_not(M("lab %s is not built here: run make",
                    "el laboratorio %s no está compilado: ejecuta make"),
                  lab);
        brief_free(brief);
        return NULL;
    }
    brief->source = ask_suite(brief->suite);
    if (brief->source && take_all(brief))
        return brief;
    could_not(M("the suite of lab %s (%s) does not describe itself",
                "la suite del laboratorio %s (%s) no se describe"),
              lab, brief->suite);
    brief_free(brief);
    return NULL;
}

void brief_free(struct brief *brief)
{
    if (!brief)
        return;
    json_decref(brief->source);
    free(brief->promises);
    free(brief->suite);
    free(brief->lab);
    free(brief);
}
