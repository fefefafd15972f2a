// result.c - what came of grading a lab, and its JSON
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "runtime/message.h"
#include "runtime/must.h"
#include "tools/course/course.h"
#include "tools/course/keep.h"
#include "tools/grader/result.h"

struct result *result_new(const struct brief *brief, const char *from,
                          const char *only, uint64_t seed)
{
    struct result *result = MUST(calloc(1, sizeof *result));

    result->brief = brief;
    result->from = from;
    result->only = only;
    result->seed = seed;
    result->at_s = time(NULL);
    result->findings =
        MUST(calloc((size_t)brief->promise_count, sizeof *result->findings));
    return result;
}

void result_free(struct result *result)
{
    for (int i = 0; i < result->brief->promise_count; i++)
        free(result->findings[i].message);
    free(result->findings);
    free(result->text);
    free(result->warnings);
    free(result->isolation);
    free(result);
}

bool result_wants(const struct result *result, int promise)
{
    return !result->only ||
           strcmp(result->brief->promises[promise].name, result->only) == 0;
}

static bool is_judged(const struct result *result, int promise)
{
    enum verdict verdict = result->findings[promise].verdict;

    return verdict == KEPT || verdict == BROKEN;
}

static void set_error(struct result *result, int promise)
{
    const char *message = result->findings[promise].message;

    result->status = GRADER_ERROR;
    if (result->text)
        return;
    MUST(asprintf(&result->text,
                  M("promise %s got no verdict%s%s",
                    "la promesa %s quedó sin veredicto%s%s"),
                  result->brief->promises[promise].name, message ? ": " : "",
                  message ? message : ""));
}

static void add_promise(struct result *result, int promise)
{
    const struct brief_promise *row = &result->brief->promises[promise];
    bool kept = result->findings[promise].verdict == KEPT;

    result->points += row->points;
    result->level_points[row->level] += row->points;
    result->earned += kept ? row->points : 0;
    result->level_earned[row->level] += kept ? row->points : 0;
}

void result_add_up(struct result *result)
{
    int asked = 0;

    for (int i = 0; i < result->brief->promise_count; i++) {
        if (!result_wants(result, i))
            continue;
        asked++;
        add_promise(result, i);
        if (result->status == GRADED && !is_judged(result, i))
            set_error(result, i);
    }
    if (asked == 0)
        result->status = GRADER_ERROR;
    if (result->status == GRADED)
        return;
    result->earned = 0;
    memset(result->level_earned, 0, sizeof result->level_earned);
}

char *result_replay(const struct result *result, int promise)
{
    bool own = strcmp(result->from, "labs") == 0;
    char *command;

    MUST(asprintf(&command, "./telar check %.2s%s%s --only %s --seed %llu",
                  result->brief->lab, own ? "" : " --from ",
                  own ? "" : result->from,
                  result->brief->promises[promise].name,
                  (unsigned long long)result->seed));
    return command;
}

// ---- JSON -------------------------------------------------------------------

// A string whatever the bytes: what is no UTF-8 becomes '?'.
static json_t *safe_string(const char *text)
{
    char *copy;
    json_t *string;

    if (!text)
        return json_null();
    string = json_string(text);
    if (string)
        return string;
    copy = MUST(strdup(text));
    for (char *at = copy; *at; at++)
        if (*at & 0x80)
            *at = '?';
    string = json_string(copy);
    free(copy);
    return string;
}

static void put(json_t *object, const char *key, json_t *value)
{
    MUST(value);
    MUST(json_object_set_new(object, key, value));
}

static json_t *step_name(const struct result *result, int promise)
{
    const char *step = result->brief->promises[promise].step;

    return step ? json_sprintf("%.2s/%s", result->brief->lab, step)
                : json_null();
}

static json_t *replay_of(const struct result *result, int promise)
{
    char *command;
    json_t *replay;

    if (result->findings[promise].verdict != BROKEN)
        return json_null();
    command = result_replay(result, promise);
    replay = safe_string(command);
    free(command);
    return replay;
}

static json_t *promise_json(const struct result *result, int promise)
{
    static const char *const verdicts[] = {"untried", "kept", "broken",
                                           "unjudged"};
    const struct brief_promise *row = &result->brief->promises[promise];
    const struct finding *finding = &result->findings[promise];
    bool earns = finding->verdict == KEPT && result->status == GRADED;
    json_t *object = MUST(json_object());

    put(object, "name", json_string(row->name));
    put(object, "level", json_string(brief_levels[row->level]));
    put(object, "title", json_string(M(row->english, row->spanish)));
    put(object, "points", json_integer(row->points));
    put(object, "earned", json_integer(earns ? row->points : 0));
    put(object, "verdict", json_string(verdicts[finding->verdict]));
    put(object, "message", safe_string(finding->message));
    put(object, "replay", replay_of(result, promise));
    put(object, "man", safe_string(row->man));
    put(object, "step", step_name(result, promise));
    return object;
}

static json_t *promises_json(const struct result *result)
{
    json_t *list = MUST(json_array());

    for (int i = 0; i < result->brief->promise_count; i++)
        if (result_wants(result, i))
            MUST(json_array_append_new(list, promise_json(result, i)));
    return list;
}

static json_t *levels_json(const struct result *result)
{
    json_t *list = MUST(json_array());

    for (int i = 0; i < LEVELS; i++)
        if (result->level_points[i] > 0)
            MUST(json_array_append_new(
                list, json_pack("{ss si si}", "level", brief_levels[i],
                                "earned", result->level_earned[i], "points",
                                result->level_points[i])));
    return list;
}

json_t *result_json(const struct result *result)
{
    static const char *const statuses[] = {"graded", "not compiled",
                                           "not there", "error"};
    json_t *object = MUST(json_object());

    put(object, "lab", json_string(result->brief->lab));
    put(object, "at", json_integer(result->at_s));
    put(object, "from", safe_string(result->from));
    put(object, "seed", json_sprintf("%llu", (unsigned long long)result->seed));
    put(object, "isolation", safe_string(result->isolation));
    put(object, "earned", json_integer(result->earned));
    put(object, "points", json_integer(result->points));
    put(object, "levels", levels_json(result));
    put(object, "status", json_string(statuses[result->status]));
    put(object, "text", safe_string(result->text));
    put(object, "warnings", safe_string(result->warnings));
    put(object, "promises", promises_json(result));
    return object;
}

bool result_keep(const struct result *result)
{
    json_t *object = result_json(result);
    char *text = MUST(json_dumps(object, JSON_INDENT(2)));
    char *path = course_state_path("labs/%s.json", result->brief->lab);
    bool kept = keep_write(path, text, strlen(text));

    free(path);
    free(text);
    json_decref(object);
    return kept;
}
