// view_locks.c - every lock, semaphore, condition and barrier: who has it, who
// waits; and the chain of blame of the selected task
#include "runtime/message.h"
#include "viz/phrase.h"
#include "viz/play_stage.h"
#include "viz/view.h"

static bool is_lock_like(const struct model_object *object)
{
    switch (object->meaning) {
    case TRACE_LOCK:
    case TRACE_CONDITION:
    case TRACE_SEMAPHORE:
    case TRACE_BARRIER:
        return true;
    default:
        return false;
    }
}

static bool is_awaited_by(const struct model *model, uint32_t task,
                          const struct model_object *object)
{
    return model_awaited(model, task) == object->meaning &&
           model->tasks[task].object == object->id &&
           model_object(model, task, object->meaning, object->id) == object;
}

static uint32_t waiters_of(const struct model *model,
                           const struct model_object *object)
{
    uint32_t count = 0;

    for (uint32_t i = 1; i < model->task_count; i++)
        count += is_awaited_by(model, i, object);
    return count;
}

static enum look look_of(const struct model_object *object, uint32_t waiters)
{
    if (waiters > 0)
        return LOOK_BLOCKED;
    return object->owner || object->sharers ? LOOK_HELD : LOOK_QUIET;
}

static int draw_object(const struct stage *stage, struct grid *grid,
                       struct area area, const struct model_object *object)
{
    uint32_t waiters = waiters_of(&stage->model, object);
    bool is_held = object->owner || object->sharers;
    enum look look = look_of(object, waiters);
    char text[1024];

    phrase_object(&stage->model, object, stage->now, stage->selected, text,
                  sizeof text);
    if (!*text)
        return 0;
    if (stage->selected &&
        is_awaited_by(&stage->model, stage->selected, object))
        grid_put(grid, area.row, 0, glyph(SIGN_HERE), LOOK_STRONG);
    grid_put(grid, area.row, 1, glyph(is_held ? SIGN_FULL : SIGN_EMPTY), look);
    for (uint32_t i = 0; i < waiters && i < 4; i++)
        grid_put(grid, area.row, 3 + (int)i, glyph(SIGN_LEFT), LOOK_BLOCKED);
    area.column = 8;
    area.columns -= 8;
    return grid_paragraph(grid, area, look, text);
}

// What nobody recorded but can be inferred, labelled so.
static void draw_baton(const struct stage *stage, struct grid *grid, int row,
                       const struct baton *baton)
{
    bool is_held = track_find(&baton->track, stage->model.time);
    char text[400];

    phrase_baton(&stage->model, baton, text, sizeof text);
    grid_put(grid, row, 1, glyph(is_held ? SIGN_FULL : SIGN_EMPTY), LOOK_HELD);
    grid_text(grid, row, 8, grid->columns - 8, is_held ? LOOK_HELD : LOOK_QUIET,
              text);
}

static bool is_busy(const struct model *model,
                    const struct model_object *object)
{
    return object->owner || object->sharers || waiters_of(model, object) > 0;
}

// How many there are, now or ever.
static int count_locks(const struct model *model, bool ever)
{
    int count = 0;

    for (size_t i = 0; i < model->object_count; i++)
        count += is_lock_like(&model->objects[i]) &&
                 (ever || model_exists(model, &model->objects[i]));
    return count;
}

enum wanted { ANY, BUSY, IDLE };

// Returns what is left of the area.
static struct area draw_objects(const struct stage *stage, struct grid *grid,
                                struct area area, enum wanted wanted)
{
    const struct model *model = &stage->model;

    for (size_t i = 0; i < model->object_count && area.rows > 0; i++) {
        const struct model_object *object = &model->objects[i];

        if (!is_lock_like(object) || !model_exists(model, object) ||
            (wanted != ANY && is_busy(model, object) != (wanted == BUSY)))
            continue;
        area = area_inside(area, draw_object(stage, grid, area, object), 0);
    }
    return area;
}

static bool has_object(const struct model *model, uint64_t id)
{
    for (size_t i = 0; i < model->object_count; i++)
        if (is_lock_like(&model->objects[i]) && model->objects[i].id == id)
            return true;
    return false;
}

static int draw_note(struct grid *grid, struct area area,
                     const struct scene_note *note)
{
    grid_put(grid, area.row, 1, glyph(SIGN_EMPTY), note->look);
    area.column = 8;
    area.columns -= 8;
    return grid_paragraph(grid, area, note->look, note->text);
}

// Of a game: those that nobody has touched so far, as far as there is room.
// Returns how many there are.
static int draw_untouched(const struct stage *stage, struct grid *grid,
                          struct area area)
{
    const struct play_scene *scene = &stage->play->scene;
    int count = 0;

    for (size_t i = 0; i < scene->parts[SCENE_LOCKS].count; i++) {
        const struct scene_note *note = &scene->parts[SCENE_LOCKS].notes[i];

        if (has_object(&stage->model, note->address))
            continue;
        count++;
        if (area.rows > 0)
            area = area_inside(area, draw_note(grid, area, note), 0);
    }
    return count;
}

void view_locks(const struct stage *stage, struct grid *grid, struct area area)
{
    int count = count_locks(&stage->model, false);
    bool is_empty = count == 0 && stage->batons.count == 0;

    for (size_t i = 0; i < stage->batons.count && area.rows > 0; i++) {
        draw_baton(stage, grid, area.row, &stage->batons.all[i]);
        area = area_inside(area, 1, 0);
    }
    // More than there is room for: first those that somebody has or waits for.
    if (count <= area.rows)
        area = draw_objects(stage, grid, area, ANY);
    else
        area = draw_objects(stage, grid, draw_objects(stage, grid, area, BUSY),
                            IDLE);
    if (stage->play && draw_untouched(stage, grid, area) > 0)
        return;
    if (is_empty)
        grid_text(grid, area.row, 1, area.columns - 1, LOOK_QUIET,
                  count_locks(&stage->model, true)
                      ? M("no lock, condition, semaphore or barrier yet",
                          "todavía no hay cerrojos, condiciones, semáforos ni "
                          "barreras")
                      : M("no lock, condition, semaphore or barrier in this "
                          "trace",
                          "en esta traza no hay cerrojos, condiciones, "
                          "semáforos ni barreras"));
}
