// search.c - what a text is a part of
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tools/trace/words.h"
#include "viz/phrase.h"
#include "viz/search.h"

static bool contains(const char *text, const char *part)
{
    return *part && strcasestr(text, part) != NULL;
}

// ---- Looking at everything once ---------------------------------------------

static void look_at_kinds(struct search *search, const char *part)
{
    char text[300];

    for (uint16_t i = 0; i < TRACE_KIND_LIMIT; i++)
        search->kinds[i] =
            contains(words_kind(i, text, sizeof text), part) ||
            contains(phrase_of(i, "", "", text, sizeof text), part);
    for (unsigned i = 0; i < SEARCH_NUMBERS; i++) {
        snprintf(text, sizeof text, "CPU %u", i);
        search->cpus[i] = contains(text, part);
    }
}

static void look_at_things(struct search *search, const char *part)
{
    const struct model *model = &search->stage->model;
    const struct reader *reader = model->reader;
    char text[300];

    for (uint32_t i = 1; i < model->task_count; i++)
        search->tasks[i] =
            contains(model_task_label(model, i, text, sizeof text), part);
    for (size_t i = 0; i < model->object_count; i++)
        search->objects[i] = contains(
            model_label(model, &model->objects[i], text, sizeof text), part);
    for (uint32_t i = 1; i <= reader->header.name_count; i++)
        search->names[i] = contains(reader_name(reader, i), part);
}

bool search_begin(struct search *search, const struct stage *stage,
                  const char *text)
{
    const struct model *model = &stage->model;

    *search = (struct search){.stage = stage};
    search->tasks = calloc(model->task_count + 1, sizeof(bool));
    search->objects = calloc(model->object_count + 1, sizeof(bool));
    search->names =
        calloc((size_t)stage->reader.header.name_count + 1, sizeof(bool));
    if (!search->tasks || !search->objects || !search->names) {
        search_end(search);
        return false;
    }
    look_at_kinds(search, text);
    look_at_things(search, text);
    return true;
}

void search_end(struct search *search)
{
    free(search->tasks);
    free(search->objects);
    free(search->names);
    *search = (struct search){0};
}

// ---- One event --------------------------------------------------------------

static bool object_matches(const struct search *search, uint32_t task,
                           const struct trace_record *record)
{
    const struct model *model = &search->stage->model;
    enum trace_meaning meaning =
        trace_kind_of(TRACE_KIND(record->last))->object;
    const struct model_object *object;

    switch (meaning) {
    case TRACE_NOTHING:
    case TRACE_MEMORY: // an address: nobody searches that
        return false;
    case TRACE_CPU_NUMBER:
        return record->object < SEARCH_NUMBERS && search->cpus[record->object];
    case TRACE_NAME:
        return search->names[record->object];
    case TRACE_TID:
        task = model_task_of(model, record->object);
        return task && search->tasks[task];
    default:
        object = model_object(model, task, meaning, record->object);
        return object && search->objects[object - model->objects];
    }
}

bool search_matches(const struct search *search, size_t event)
{
    const struct reader *reader = &search->stage->reader;
    const struct trace_record *record = reader_event(reader, event);
    uint16_t kind = TRACE_KIND(record->last);
    uint32_t task = reader_task(reader, event);

    return (kind < TRACE_KIND_LIMIT && search->kinds[kind]) ||
           search->tasks[task] || search->names[TRACE_PLACE_OF(record->last)] ||
           object_matches(search, task, record);
}
