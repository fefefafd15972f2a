// model_objects.c - locks, pipes, queues..., found by what they are
#include <stdlib.h>
#include <string.h>

#include "tools/trace/model_parts.h"

// ---- Objects ----------------------------------------------------------------

uint32_t model_pid_of(const struct model *model, uint32_t task,
                      enum trace_meaning meaning, uint64_t id)
{
    const struct trace_entry *entry = reader_entry(model->reader, task);

    switch (meaning) {
    case TRACE_PIPE:
    case TRACE_NAME:
    case TRACE_STREAM:
    case TRACE_TID:
        return 0;
    default:
        return id & TRACE_SHARED || !entry ? 0 : entry->pid;
    }
}

static size_t bucket_of(const struct model *model, uint64_t id, uint32_t pid,
                        uint32_t meaning)
{
    uint64_t key =
        id ^ ((uint64_t)pid << 32 | meaning) * UINT64_C(0x9e3779b97f4a7c15);

    key = (key ^ key >> 32) * UINT64_C(0xd6e8feb86659fd93);
    return (size_t)(key >> 32) & (model->index_size - 1);
}

// The place in the index where that object is, or should be.
uint32_t *model_find(const struct model *model, uint64_t id, uint32_t pid,
                     uint32_t meaning)
{
    size_t at = bucket_of(model, id, pid, meaning);

    for (;; at = (at + 1) & (model->index_size - 1)) {
        const struct model_object *o;

        if (model->index[at] == 0)
            return &model->index[at];
        o = &model->objects[model->index[at] - 1];
        if (o->id == id && o->pid == pid && o->meaning == meaning)
            return &model->index[at];
    }
}

bool model_grow_index(struct model *model)
{
    size_t size = model->index_size ? model->index_size * 2 : 64;
    uint32_t *index = calloc(size, sizeof *index);

    if (!index)
        return false;
    free(model->index);
    model->index = index;
    model->index_size = size;
    for (size_t i = 0; i < model->object_count; i++) {
        const struct model_object *o = &model->objects[i];

        *model_find(model, o->id, o->pid, o->meaning) = (uint32_t)i + 1;
    }
    return true;
}

static bool object_room(struct model *model)
{
    size_t room = model->object_room * 2 + 32;
    struct model_object *objects;
    uint32_t *names, *births;

    if (model->object_count * 2 >= model->index_size &&
        !model_grow_index(model))
        return false;
    if (model->object_count < model->object_room)
        return true;
    objects = realloc(model->objects, room * sizeof *objects);
    if (!objects)
        return false;
    model->objects = objects;
    names = realloc(model->first_names, room * sizeof *names);
    if (!names)
        return false;
    model->first_names = names;
    births = realloc(model->births, room * sizeof *births);
    if (!births)
        return false;
    model->births = births;
    model->object_room = room;
    return true;
}

static struct model_object *add(struct model *model, uint64_t id, uint32_t pid,
                                uint32_t meaning)
{
    struct model_object *o;
    uint32_t ordinal = 1;

    for (size_t i = model->object_count; i-- > 0 && ordinal == 1;)
        if (model->objects[i].meaning == meaning)
            ordinal = model->objects[i].ordinal + 1;
    o = &model->objects[model->object_count++];
    memset(o, 0, sizeof *o);
    model->first_names[o - model->objects] = 0;
    model->births[o - model->objects] = (uint32_t)model->position;
    o->id = id;
    o->pid = pid;
    o->meaning = meaning;
    o->ordinal = ordinal;
    *model_find(model, id, pid, meaning) = (uint32_t)model->object_count;
    return o;
}

// Where memory is short, events go into an object that nobody sees.
struct model_object *model_need_object(struct model *model, uint32_t task,
                                       enum trace_meaning meaning, uint64_t id)
{
    static struct model_object nowhere;
    uint32_t pid = model_pid_of(model, task, meaning, id), at;

    if (!object_room(model)) {
        model->no_memory = true;
        return &nowhere;
    }
    at = *model_find(model, id, pid, meaning);
    return at ? &model->objects[at - 1] : add(model, id, pid, meaning);
}

const struct model_object *model_object(const struct model *model,
                                        uint32_t task,
                                        enum trace_meaning meaning, uint64_t id)
{
    uint32_t at =
        *model_find(model, id, model_pid_of(model, task, meaning, id), meaning);

    return at ? &model->objects[at - 1] : NULL;
}
