// play_scene.c - what is to be seen of a game, in words
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "runtime/message.h"
#include "runtime/must.h"
#include "tools/course/keep.h"
#include "tools/explorer/play_tell.h"
#include "tools/explorer/report_parts.h"
#include "tools/explorer/tell.h"
#include "viz/play_scene.h"
#include "viz/source.h"

enum { SOURCE_BYTES = 4 << 20, OUTPUT_LINES = 3, VALUES = 200, STEPS = 60 };

// ---- Sources ----------------------------------------------------------------

static void cut_lines(struct scene_source *source)
{
    char *at = source->text;

    while (*at) {
        source->lines =
            grow(source->lines, (size_t)source->count, sizeof *source->lines);
        source->lines[source->count++] = at;
        at += strcspn(at, "\n");
        if (*at)
            *at++ = '\0';
    }
}

const struct scene_source *play_scene_source(const struct play_scene *scene,
                                             const char *path)
{
    for (size_t i = 0; path && i < scene->source_count; i++)
        if (strcmp(scene->sources[i].path, path) == 0)
            return &scene->sources[i];
    return NULL;
}

static void load_source(struct play_scene *scene, const char *path)
{
    struct scene_source *source = &scene->sources[scene->source_count];
    char *text;

    if (!path || scene->source_count == SCENE_SOURCES ||
        play_scene_source(scene, path) ||
        !(text = keep_read(path, SOURCE_BYTES, NULL)))
        return;
    source_look_beside(path);
    *source = (struct scene_source){.path = MUST(strdup(path)), .text = text};
    cut_lines(source);
    scene->source_count++;
}

// ---- Notes ------------------------------------------------------------------

static struct scene_note *add_note(struct play_scene *scene,
                                   enum scene_part part, enum look look)
{
    size_t count = scene->parts[part].count++;

    scene->parts[part].notes =
        grow(scene->parts[part].notes, count, sizeof *scene->parts[part].notes);
    scene->parts[part].notes[count] = (struct scene_note){.look = look};
    return &scene->parts[part].notes[count];
}

static bool touches(const struct step *step, const struct piece *piece)
{
    return is_access(step) &&
           step->address < piece->address + piece->size_bytes &&
           piece->address < step->address + step->size_bytes;
}

// "(thread 2 wrote it)": who touched it last; a write tells more than the reads
// behind it.
static void say_toucher(const struct play *play, const struct piece *piece,
                        char *text, size_t size)
{
    const struct step *last = NULL;
    char who[60];

    for (size_t i = play->now.step_count; i-- > 0;) {
        const struct step *step = &play->now.steps[i];

        if (!touches(step, piece))
            continue;
        if (!last || step->op != OP_READ)
            last = step;
        if (step->op != OP_READ)
            break;
    }
    *text = '\0';
    if (!last)
        return;
    tell_task(last->task, who, sizeof who);
    snprintf(text, size,
             last->op == OP_READ ? M("  (%s read it)", "  (leyó: %s)")
                                 : M("  (%s wrote it)", "  (escribió: %s)"),
             who);
}

static int by_address(const void *a, const void *b)
{
    const struct piece *one = a, *other = b;

    return (one->address > other->address) - (one->address < other->address);
}

static void add_values(struct play_scene *scene, struct play *play)
{
    char value[400], toucher[100];

    if (play->shared.count)
        qsort(play->shared.pieces, play->shared.count,
              sizeof *play->shared.pieces, by_address);
    for (size_t i = 0; i < play->shared.count && i < VALUES; i++) {
        const struct piece *piece = &play->shared.pieces[i];
        struct scene_note *note;

        if (!play_tell_piece(play, piece, value, sizeof value))
            continue;
        say_toucher(play, piece, toucher, sizeof toucher);
        note = add_note(scene, SCENE_VALUES, LOOK_PLAIN);
        snprintf(note->text, sizeof note->text, "%s%s", value, toucher);
    }
}

static enum look look_of_object(const struct told_object *object)
{
    if (object->waiter_count > 0)
        return LOOK_BLOCKED;
    return object->owner >= 0 ? LOOK_HELD : LOOK_QUIET;
}

static void add_locks(struct play_scene *scene, struct play *play)
{
    char text[600];

    for (size_t i = 0; i < play->now.object_count; i++) {
        const struct told_object *object = &play->now.objects[i];

        if (play_tell_object(play, object, text, sizeof text)) {
            struct scene_note *note =
                add_note(scene, SCENE_LOCKS, look_of_object(object));

            note->address = object->address;
            snprintf(note->text, sizeof note->text, "%s", text);
        }
    }
}

static void add_chances(struct play_scene *scene, struct play *play)
{
    for (size_t i = 0; i < play->chance_count; i++) {
        struct scene_note *note = add_note(scene, SCENE_CHANCES, LOOK_PLAIN);

        snprintf(note->mark, sizeof note->mark, "w%c", 'a' + (int)i);
        play_tell_chance(play, &play->chances[i], note->text,
                         sizeof note->text);
    }
}

// ---- Output -----------------------------------------------------------------

static char *all_output(const struct replay *now)
{
    char *text;
    size_t size;
    FILE *all = MUST(open_memstream(&text, &size));

    for (size_t i = 0; i < now->output_count; i++)
        print_printable(all, now->outputs[i].text, now->outputs[i].size_bytes);
    fclose(all);
    while (size && text[size - 1] == '\n')
        text[--size] = '\0';
    return text;
}

// The last lines of it.
static void add_output(struct play_scene *scene, const struct play *play)
{
    char *text = all_output(&play->now), *at = text + strlen(text);
    int lines = OUTPUT_LINES;

    while (at > text && (at[-1] != '\n' || --lines > 0))
        at--;
    while (*at) {
        struct scene_note *note = add_note(scene, SCENE_OUTPUT, LOOK_PLAIN);
        size_t bytes = strcspn(at, "\n");

        snprintf(note->text, sizeof note->text, "%.*s", (int)bytes, at);
        at += bytes + (at[bytes] == '\n');
    }
    free(text);
}

// ---- The latest steps -------------------------------------------------------

// As a person tells them: without what is a thread's own affair.
static bool is_told(const struct play *play, const struct step *step)
{
    if (step->op == OP_START || step->op == OP_CONTINUE)
        return false;
    return !is_access(step) || play->grain == GRAIN_EVERY ||
           shared_has(&play->shared, step->address, step->size_bytes);
}

static void add_step(struct play_scene *scene, const struct play *play,
                     const struct step *step)
{
    struct scene_note *note = add_note(scene, SCENE_STEPS, LOOK_QUIET);
    char who[60], what[400], place[80];

    tell_task(step->task, who, sizeof who);
    tell_step(play->names, step, what, sizeof what);
    tell_place(play->names, step->pc, place, sizeof place);
    snprintf(note->text, sizeof note->text, "%s %s%s%s", who, what,
             *place ? "  @ " : "", place);
}

static void add_steps(struct play_scene *scene, const struct play *play)
{
    size_t first = play->now.step_count, told = 0;

    while (first > 0 && told < STEPS)
        told += is_told(play, &play->now.steps[--first]);
    for (; first < play->now.step_count; first++)
        if (is_told(play, &play->now.steps[first]))
            add_step(scene, play, &play->now.steps[first]);
}

// ---- What was said ----------------------------------------------------------

static enum look look_of(enum meaning meaning)
{
    switch (meaning) {
    case TITLE:
        return LOOK_TITLE;
    case GOOD:
        return LOOK_GOOD;
    case BAD:
        return LOOK_BAD;
    case WARNING:
        return LOOK_WARNING;
    default:
        return LOOK_PLAIN;
    }
}

// A data race is told where there is nothing newer.
static void add_race(struct play_scene *scene, struct play *play)
{
    if (play->race.failure.kind != DATA_RACE)
        return;
    tell_message(play->names, &play->race,
                 add_note(scene, SCENE_SAID, LOOK_WARNING)->text,
                 sizeof scene->parts[SCENE_SAID].notes->text);
}

static void add_said(struct play_scene *scene, struct play *play,
                     const struct game *game)
{
    for (size_t i = 0; i < game->said_count; i++)
        if (!game->said[i].is_whole)
            snprintf(add_note(scene, SCENE_SAID, look_of(game->said[i].meaning))
                         ->text,
                     sizeof scene->parts[SCENE_SAID].notes->text, "%s",
                     game->said[i].text);
    if (scene->parts[SCENE_SAID].count == 0)
        add_race(scene, play);
}

// ---- Threads ----------------------------------------------------------------

static void add_thread(struct play_scene *scene, struct play *play, int number)
{
    const struct told_task *task = &play->now.tasks[number];
    struct scene_thread *thread = &scene->threads[scene->thread_count++];
    struct place place = {0};

    *thread =
        (struct scene_thread){.number = number,
                              .has_ended = task->life == TOLD_FINISHED,
                              .can_go = task->could_run,
                              .waits = tell_waits(task),
                              .has_failed = play_tell_failed(play, number)};
    play_tell_task(play, number, thread->name, sizeof thread->name);
    play_tell_stand(play, task, thread->stands, sizeof thread->stands);
    if (thread->has_ended || !play_tell_place(play, number, &place))
        return;
    thread->path = place.path;
    thread->file = place.file;
    thread->line = place.line;
    load_source(scene, place.path);
}

const struct scene_thread *play_scene_thread(const struct play_scene *scene,
                                             int number)
{
    return number >= 0 && number < (int)scene->thread_count
               ? &scene->threads[number]
               : NULL;
}

// ---- All of it --------------------------------------------------------------

static void empty(struct play_scene *scene)
{
    free(scene->threads);
    scene->threads = NULL;
    scene->thread_count = 0;
    for (int i = 0; i < SCENE_PARTS; i++) {
        free(scene->parts[i].notes);
        scene->parts[i].notes = NULL;
        scene->parts[i].count = 0;
    }
}

void play_scene_make(struct play_scene *scene, struct play *play,
                     const struct game *game)
{
    empty(scene);
    scene->threads =
        MUST(calloc(play->now.task_count + 1, sizeof *scene->threads));
    for (size_t i = 0; i < play->now.task_count; i++)
        add_thread(scene, play, (int)i);
    add_chances(scene, play);
    add_values(scene, play);
    add_locks(scene, play);
    add_output(scene, play);
    add_steps(scene, play);
    add_said(scene, play, game);
}

void play_scene_free(struct play_scene *scene)
{
    empty(scene);
    for (size_t i = 0; i < scene->source_count; i++) {
        free(scene->sources[i].path);
        free(scene->sources[i].text);
        free(scene->sources[i].lines);
    }
    scene->source_count = 0;
}
