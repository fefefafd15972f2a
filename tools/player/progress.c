// progress.c - what a student predicted in a lesson and how far they came
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "runtime/message.h"
#include "runtime/must.h"
#include "tools/course/course.h"
#include "tools/course/error_words.h"
#include "tools/course/keep.h"
#include "tools/player/progress.h"

enum { VERSION = 1, LIMIT_BYTES = 4 << 20 };

// ---- The file ---------------------------------------------------------------

static json_t *empty_tree(const char *lesson)
{
    return MUST(json_pack("{s:i, s:s, s:{}, s:{}}", "version", VERSION,
                          "lesson", lesson, "steps", "claims"));
}

static bool has_objects(json_t *table)
{
    const char *key;
    json_t *value;

    json_object_foreach(table, key, value)
    {
        if (!json_is_object(value))
            return false;
    }
    return true;
}

// Is every part that we look into of the right type?
static bool is_progress(json_t *tree)
{
    json_t *steps = json_object_get(tree, "steps"), *step;
    const char *key;

    if (!json_is_integer(json_object_get(tree, "version")) ||
        !json_is_object(steps) || !has_objects(steps))
        return false;
    json_object_foreach(steps, key, step)
    {
        json_t *asks = json_object_get(step, "asks");

        if (asks && (!json_is_object(asks) || !has_objects(asks)))
            return false;
    }
    return true;
}

// Another name beside path that is free.
static char *name_beside(const char *path)
{
    char *name;

    MUST(asprintf(&name, "%s.damaged", path));
    for (int i = 2; access(name, F_OK) == 0 && i < 100; i++) {
        free(name);
        MUST(asprintf(&name, "%s.damaged-%d", path, i));
    }
    return name;
}

static enum progress_opening put_aside(struct progress *progress, bool keep,
                                       char *notice, size_t size)
{
    char *beside = name_beside(progress->path);

    if (!keep)
        snprintf(
            notice, size,
            M("%s is damaged and is left out", "%s está dañado y no se usa"),
            progress->path);
    else if (rename(progress->path, beside) < 0)
        snprintf(notice, size,
                 M("%s is damaged and cannot be put aside: %s",
                   "%s está dañado y no se puede apartar: %s"),
                 progress->path, error_words(errno));
    else
        snprintf(notice, size,
                 M("the progress file was damaged; it is kept as %s and the "
                   "lesson begins anew",
                   "el archivo de avance estaba dañado; queda guardado en %s y "
                   "la lección empieza de nuevo"),
                 beside);
    free(beside);
    return PROGRESS_DAMAGED;
}

static enum progress_opening fail(struct progress *progress, char *notice,
                                  size_t size, const char *reason)
{
    snprintf(notice, size, "%s: %s", progress->path, reason);
    progress_close(progress);
    return PROGRESS_FAILED;
}

static enum progress_opening take(struct progress *progress, json_t *tree,
                                  const char *lesson, bool keep, char *notice,
                                  size_t size)
{
    bool fits = is_progress(tree);

    if (fits &&
        json_integer_value(json_object_get(tree, "version")) > VERSION) {
        json_decref(tree);
        return fail(progress, notice, size,
                    M("written by a newer Telar; update with git pull",
                      "lo escribió un Telar más nuevo; actualiza con git "
                      "pull"));
    }
    progress->tree = fits ? tree : empty_tree(lesson);
    if (fits)
        return PROGRESS_READ;
    json_decref(tree);
    return put_aside(progress, keep, notice, size);
}

enum progress_opening progress_open(const char *lesson, bool keep,
                                    struct progress *progress, char *notice,
                                    size_t notice_size)
{
    size_t size;
    char *text;
    json_t *tree;

    *notice = '\0';
    *progress =
        (struct progress){.path = course_state_path("lessons/%s.json", lesson)};
    text = keep_read(progress->path, LIMIT_BYTES, &size);
    if (!text && (errno == ENOENT || errno == ENOTDIR)) {
        progress->tree = empty_tree(lesson);
        return PROGRESS_READ;
    }
    if (!text && errno != EFBIG)
        return fail(progress, notice, notice_size, error_words(errno));
    tree = text ? json_loadb(text, size, 0, NULL) : NULL;
    free(text);
    return take(progress, tree, lesson, keep, notice, notice_size);
}

void progress_close(struct progress *progress)
{
    free(progress->path);
    json_decref(progress->tree);
    *progress = (struct progress){0};
}

bool progress_save(const struct progress *progress)
{
    char *text = MUST(json_dumps(progress->tree, JSON_INDENT(2)));
    bool saved = keep_write(progress->path, text, strlen(text));
    int reason = errno;

    free(text);
    errno = reason;
    return saved;
}

// ---- The tree ---------------------------------------------------------------

// The object at key of parent; made when it is not there.
static json_t *object_at(json_t *parent, const char *key)
{
    json_t *child = json_object_get(parent, key);

    if (!json_is_object(child)) {
        child = MUST(json_object());
        json_object_set_new(parent, key, child);
    }
    return child;
}

static json_t *step_at(const struct progress *progress, const char *step)
{
    return object_at(object_at(progress->tree, "steps"), step);
}

static json_t *ask_at(const struct progress *progress, const char *step,
                      const char *ask)
{
    return object_at(object_at(step_at(progress, step), "asks"), ask);
}

static void set_now(json_t *ask)
{
    char text[32];
    time_t now = time(NULL);
    struct tm parts;

    gmtime_r(&now, &parts);
    strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &parts);
    json_object_set_new(ask, "at", json_string(text));
}

void progress_predict(struct progress *progress, const char *step,
                      const char *name, const char *given)
{
    json_t *ask = ask_at(progress, step, name);
    json_t *before = json_object_get(ask, "given");

    if (json_is_string(before) && strcmp(json_string_value(before), given) &&
        !json_object_get(ask, "first"))
        json_object_set(ask, "first", before);
    json_object_set_new(ask, "given", json_string(given));
    json_object_del(ask, "right");
    json_object_del(ask, "correct");
    set_now(ask);
}

void progress_judge(struct progress *progress, const char *step,
                    const char *name, const char *right, bool correct)
{
    json_t *ask = ask_at(progress, step, name);

    json_object_set_new(ask, "right", json_string(right));
    json_object_set_new(ask, "correct", json_boolean(correct));
}

void progress_claim(struct progress *progress, const char *claim,
                    const char *verdict)
{
    json_object_set_new(object_at(progress->tree, "claims"), claim,
                        json_string(verdict));
}

void progress_finish(struct progress *progress, const char *step)
{
    json_object_set_new(step_at(progress, step), "done", json_true());
}

static const json_t *find_step(const struct progress *progress,
                               const char *step)
{
    return json_object_get(json_object_get(progress->tree, "steps"), step);
}

bool progress_is_done(const struct progress *progress, const char *step)
{
    return json_is_true(json_object_get(find_step(progress, step), "done"));
}

const char *progress_given(const struct progress *progress, const char *step,
                           const char *name)
{
    const json_t *asks = json_object_get(find_step(progress, step), "asks");
    const json_t *ask = json_object_get(asks, name);

    return json_string_value(json_object_get(ask, "given"));
}

size_t progress_next(const struct progress *progress,
                     const struct lesson *lesson)
{
    for (size_t i = 1; i < lesson->step_count; i++)
        if (!progress_is_done(progress, lesson->steps[i].id))
            return i;
    return 0;
}

bool progress_begun(const struct progress *progress)
{
    return json_object_size(json_object_get(progress->tree, "steps")) > 0;
}
