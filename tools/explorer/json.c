// json.c - an exploration for programs: one object
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "runtime/must.h"
#include "tools/explorer/json.h"
#include "tools/explorer/story.h"
#include "tools/explorer/tell.h"

// What is no UTF-8 (a file name, a program's text) is none in JSON.
static json_t *text_of(const char *text)
{
    json_t *string = json_string(text);
    char *plain;

    if (string)
        return string;
    plain = MUST(strdup(text));
    for (char *at = plain; *at; at++)
        if (*at & 0x80)
            *at = '?';
    string = json_string(plain);
    free(plain);
    return string;
}

static void set(json_t *object, const char *key, json_t *value)
{
    MUST(json_object_set_new(object, key, value));
}

static void set_place(json_t *object, struct names *names, uint64_t pc,
                      bool with_function)
{
    struct place place;

    names_place(names, pc, &place);
    set(object, "file", place.file ? text_of(place.file) : json_null());
    set(object, "line", json_integer(place.line));
    if (with_function)
        set(object, "function",
            place.function ? text_of(place.function) : json_null());
}

// ---- Where ------------------------------------------------------------------

static const struct step *step_at(const struct replay *replay, int task,
                                  uint64_t pc)
{
    for (size_t i = replay->step_count; i-- > 0;)
        if (replay->steps[i].task == task && replay->steps[i].pc == pc)
            return &replay->steps[i];
    return NULL;
}

static void add_location(json_t *list, const struct exploration *result,
                         int task, uint64_t pc, const char *operation,
                         uint64_t address, uint64_t size_bytes)
{
    json_t *object = json_object();
    char what[300] = "";

    if (address)
        names_what(result->names, address, size_bytes, what, sizeof what);
    set(object, "task", json_integer(task));
    set_place(object, result->names, pc, true);
    set(object, "operation", json_string(operation));
    set(object, "what", text_of(what));
    json_array_append_new(list, object);
}

static void add_party(json_t *list, const struct exploration *result, int task,
                      uint64_t pc)
{
    const struct replay *replay = &result->replay;
    const struct step *step = step_at(replay, task, pc);

    add_location(list, result, task, pc, step ? operation_name(step->op) : "",
                 replay->failure.address, replay->failure.size_bytes);
}

static void add_waiting(json_t *list, const struct exploration *result)
{
    const struct replay *replay = &result->replay;

    for (size_t i = 0; i < replay->task_count; i++) {
        const struct told_task *task = &replay->tasks[i];

        if (tell_waits(task))
            add_location(list, result, task->number, task->pc,
                         operation_name(task->op),
                         task->op == OP_JOIN ? 0 : task->address, 0);
    }
}

static json_t *locations_of(const struct exploration *result)
{
    const struct told_failure *failure = &result->replay.failure;
    json_t *list = json_array();

    if (tell_all_wait(&result->replay)) {
        add_waiting(list, result);
    } else if (failure->kind != NO_FAILURE) {
        add_party(list, result, failure->task, failure->pc);
        if (failure->other_pc)
            add_party(list, result,
                      failure->other < 0 ? failure->task : failure->other,
                      failure->other_pc);
    }
    return list;
}

// ---- What happened ----------------------------------------------------------

static json_t *threads_of(const struct replay *replay)
{
    json_t *list = json_array();
    char name[40];

    for (size_t i = 0; i < replay->task_count; i++) {
        json_t *object = json_object();

        tell_task(replay->tasks[i].number, name, sizeof name);
        set(object, "number", json_integer(replay->tasks[i].number));
        set(object, "name", json_string(name));
        json_array_append_new(list, object);
    }
    return list;
}

static void set_step(json_t *object, const struct exploration *result,
                     const struct row *row)
{
    const struct step *step = &result->replay.steps[row->step];
    char what[300], value[300];

    tell_what(result->names, step, what, sizeof what, value, sizeof value);
    set(object, "operation", json_string(operation_name(step->op)));
    set(object, "what", text_of(what));
    set(object, "value", *value ? text_of(value) : json_null());
    set_place(object, result->names, step->pc, false);
}

static json_t *row_of(const struct exploration *result, const struct row *row)
{
    json_t *object = json_object();

    set(object, "step", json_integer((json_int_t)row->number));
    set(object, "task", json_integer(row->task));
    if (row->step != SIZE_MAX)
        set_step(object, result, row);
    else
        set(object, "operation",
            json_string(row->is_fatal ? "FAILS" : "OUTPUT"));
    set(object, "text", text_of(row->text));
    set(object, "fatal", json_boolean(row->is_fatal));
    return object;
}

static json_t *story_of(const struct exploration *result)
{
    struct rows rows = story_rows(result->names, &result->replay);
    json_t *list = json_array();

    for (size_t i = 0; i < rows.count; i++)
        json_array_append_new(list, row_of(result, &rows.rows[i]));
    story_rows_free(&rows);
    return list;
}

// ---- The object -------------------------------------------------------------

static json_t *sentences(const struct wordlist *list)
{
    json_t *array = json_array();

    for (size_t i = 0; i < list->count; i++)
        json_array_append_new(array, text_of(list->words[i]));
    return array;
}

static json_t *statuses_of(const struct exploration *result)
{
    json_t *list = json_array();

    for (size_t i = 0; i < result->status_count; i++) {
        json_t *object = json_object();

        set(object, "status", json_integer(result->statuses[i].status));
        set(object, "executions",
            json_integer((json_int_t)result->statuses[i].count));
        json_array_append_new(list, object);
    }
    return list;
}

static void set_numbers(json_t *object, const struct exploration *result)
{
    set(object, "executions", json_integer((json_int_t)result->executions));
    set(object, "redundant", json_integer((json_int_t)result->redundant));
    set(object, "cut", json_integer((json_int_t)result->cut));
    set(object, "failing", json_integer((json_int_t)result->failing));
    set(object, "exhausted", json_boolean(result->exhausted));
    set(object, "interrupted", json_boolean(result->interrupted));
    set(object, "first_failure",
        json_integer((json_int_t)result->first_failure));
    set(object, "seconds", json_real(result->seconds));
}

static void set_failure(json_t *object, const struct exploration *result)
{
    set(object, "schedule",
        result->schedule ? json_string(result->schedule) : json_null());
    set(object, "preemptions", json_integer(result->preemptions));
    set(object, "fewest", json_boolean(result->fewest));
    set(object, "consequence", json_string(kind_word(result->consequence)));
    set(object, "consequence_schedule",
        result->consequence_schedule ? json_string(result->consequence_schedule)
                                     : json_null());
}

json_t *json_exploration(const struct exploration *result)
{
    static const char *const verdicts[] = {"proved", "sampled", "failed"};
    json_t *object = json_object();
    char message[1000];

    tell_prepare(result->names, &result->replay);
    story_verdict(result, message, sizeof message);
    set(object, "verdict", json_string(verdicts[result->verdict]));
    set(object, "kind", json_string(kind_word(result->kind)));
    set_numbers(object, result);
    set_failure(object, result);
    set(object, "points", json_string(points_word(result->points)));
    set(object, "strategy", json_string(result->strategy));
    set(object, "message", text_of(message));
    set(object, "bounds", sentences(&result->bounds));
    set(object, "doubts", sentences(&result->doubts));
    set(object, "statuses", statuses_of(result));
    set(object, "locations", locations_of(result));
    set(object, "threads", threads_of(&result->replay));
    set(object, "story", story_of(result));
    set(object, "exit_status", json_integer(result->verdict == FAILED));
    return object;
}

json_t *json_error(const char *message, bool refused)
{
    json_t *object = json_object();

    set(object, "verdict", json_string("error"));
    set(object, "message", text_of(message));
    set(object, "refused", json_boolean(refused));
    set(object, "exit_status", json_integer(2));
    return object;
}

void json_put(FILE *out, json_t *object)
{
    json_dumpf(object, out, JSON_COMPACT | JSON_PRESERVE_ORDER);
    fputc('\n', out);
    json_decref(object);
}
