// play_stage.c - a game on a stage: a person is the scheduler, and sees it
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "runtime/message.h"
#include "runtime/must.h"
#include "tools/course/error_words.h"
#include "tools/course/scratch.h"
#include "tools/explorer/tell.h"
#include "tools/explorer/trace_out.h"
#include "viz/play_stage.h"
#include "viz/source.h"
#include "viz/view.h"

// ---- The trace of the game so far -------------------------------------------

// Writes it into a folder that is gone again before anything else can happen:
// the stage keeps the open file.
static bool open_trace(struct play_stage *play, char *error, size_t error_size)
{
    const struct play *now = play->game->play;
    const char *folder = scratch_make("play");
    bool done;

    if (!folder) {
        snprintf(error, error_size, "TMPDIR: %s", error_words(errno));
        return false;
    }
    free(play->path);
    MUST(asprintf(&play->path, "%s/%s", folder, play_stage_name(play)));
    done = trace_out_replay(now->names, &now->now, play->path, error,
                            error_size) &&
           stage_open(play->stage, play->path, error, error_size);
    scratch_remove();
    return done;
}

// What a person chose stays as it was.
static void keep_choices(struct stage *stage, const struct stage *before)
{
    stage->play = before->play;
    stage->view = before->view;
    stage->scroll = before->scroll;
    stage->row = before->row;
    stage->grouping = before->grouping;
    stage->speed = before->speed;
    stage->chart = before->chart;
    stage->order = before->order;
    stage->large = before->large;
    stage->records = before->records;
    stage->quits = before->quits;
    memcpy(stage->search, before->search, sizeof stage->search);
    memcpy(stage->filter, before->filter, sizeof stage->filter);
    memcpy(stage->marks, before->marks, sizeof stage->marks);
}

static bool shows_all(const struct stage *stage)
{
    return stage->length >= stage->lanes.end - stage->lanes.begin;
}

// The window has the same length as before, unless it showed all.
static void keep_zoom(struct stage *stage, const struct stage *before)
{
    if (shows_all(before) || before->length >= stage->length)
        return;
    stage->length = before->length;
    stage->from = before->from;
}

static bool renew(struct play_stage *play)
{
    struct stage *stage = play->stage, before = *stage;
    int selected = play_stage_selected(play);

    stage_close(stage);
    if (!open_trace(play, play->error, sizeof play->error)) {
        *stage = (struct stage){.play = play, .quits = true, .path = ""};
        return false;
    }
    keep_choices(stage, &before);
    keep_zoom(stage, &before);
    stage_go_event(stage, stage->reader.count);
    play_stage_select(play, selected);
    return true;
}

// ---- Threads ----------------------------------------------------------------

// A thread's number is one less than its tid in the trace (trace_out.c).
static int number_of(const struct play_stage *play, uint32_t task)
{
    const struct trace_entry *entry = reader_entry(&play->stage->reader, task);

    return entry ? (int)entry->tid - 1 : -1;
}

int play_stage_selected(const struct play_stage *play)
{
    return number_of(play, play->stage->selected);
}

const struct scene_thread *play_stage_thread(const struct play_stage *play,
                                             uint32_t task)
{
    return play_scene_thread(&play->scene, number_of(play, task));
}

void play_stage_select(struct play_stage *play, int number)
{
    struct stage *stage = play->stage;

    for (uint32_t i = 1; i < stage->reader.task_limit; i++) {
        const struct trace_entry *entry = reader_entry(&stage->reader, i);

        if (entry && (int)entry->tid == number + 1)
            stage->selected = i;
    }
    stage_select(stage, 0);
}

// ---- Where the stage stands -------------------------------------------------

static uint64_t all_steps(const struct play_stage *play)
{
    return steps_length(play_steps(play->game->play));
}

// Steps whose events have all happened: a step has its number as its time.
static uint64_t steps_so_far(const struct play_stage *play)
{
    const struct replay *now = &play->game->play->now;
    const struct model *model = &play->stage->model;
    const struct reader *reader = &play->stage->reader;
    uint64_t until = model->time + 1, count = 0;

    if (model->position >= reader->count)
        until = UINT64_MAX; // also those without an event
    else if (reader_event(reader, model->position)->time == model->time)
        until = model->time; // in the middle of it
    for (size_t i = 0; i < now->step_count; i++)
        if (now->steps[i].number < until)
            count += is_counted(&now->steps[i]);
    return count;
}

// The game as it was then, without what can no longer be chosen.
static void make_past(struct play_stage *play)
{
    struct play shown = *play->game->play;

    shown.now = play->past;
    shown.is_over = false;
    shown.chance_count = 0;
    shown.race = (struct replay){0};
    memcpy(shown.outlook, play->outlook, sizeof shown.outlook);
    tell_prepare(shown.names, &shown.now);
    play_scene_make(&play->scene, &shown, play->game);
    tell_prepare(shown.names, &play->game->play->now);
}

static void make_scene(struct play_stage *play)
{
    play->is_stale = false;
    play->is_spanish = lang_is_spanish;
    if (play->is_past)
        make_past(play);
    else
        play_scene_make(&play->scene, play->game->play, play->game);
    play->stage->is_dirty = true;
}

// Replays the schedule up to there.
static void look_back(struct play_stage *play)
{
    struct play *now = play->game->play;
    char *steps = steps_of(&now->now, play->count);

    replay_free(&play->past);
    play->is_past = play_look(now, steps, false, &play->past);
    if (play->is_past)
        play_look_out(now, steps, &play->past, play->outlook);
    free(steps);
}

void play_stage_look(struct play_stage *play)
{
    uint64_t count;
    bool is_past;

    if (*play->error)
        return;
    count = steps_so_far(play);
    is_past = count < all_steps(play);

    if (count != play->count || is_past != play->is_past) {
        play->count = count;
        play->is_past = is_past;
        if (is_past)
            look_back(play);
        play->is_stale = true;
    }
    if (play->is_stale || play->is_spanish != lang_is_spanish)
        make_scene(play);
}

size_t play_stage_moves_behind(const struct play_stage *play)
{
    const struct play *now = play->game->play;
    size_t moves = 0;

    while (moves < play_count(now) &&
           steps_length(now->moves[now->move_count - 1 - moves].steps) >
               play->count)
        moves++;
    return moves;
}

// ---- From move to move ------------------------------------------------------

// To behind steps[behind - 1] of the game.
static void go_behind(struct play_stage *play, size_t behind)
{
    const struct replay *now = &play->game->play->now;
    const struct reader *reader = &play->stage->reader;
    uint64_t time = behind ? now->steps[behind - 1].number : 0;

    stage_go_event(play->stage, behind >= now->step_count
                                    ? reader->count
                                    : reader_at(reader, time));
    if (behind)
        play_stage_select(play, now->steps[behind - 1].task);
}

void play_stage_go(struct play_stage *play, uint64_t count)
{
    const struct replay *now = &play->game->play->now;

    go_behind(play, count >= all_steps(play) ? now->step_count
                                             : steps_behind(now, count));
}

void play_stage_go_step(struct play_stage *play, uint64_t number)
{
    const struct replay *now = &play->game->play->now;
    size_t behind = 0;

    while (behind < now->step_count && now->steps[behind].number <= number)
        behind++;
    go_behind(play, behind);
}

void play_stage_walk(struct play_stage *play, int by)
{
    const struct play *now = play->game->play;
    uint64_t to = by < 0 ? 0 : all_steps(play);

    play_stage_look(play);
    for (size_t i = 0; i < now->move_count; i++) {
        uint64_t end = steps_length(now->moves[i].steps);

        if (by < 0 ? end < play->count && end > to
                   : end > play->count && end < to)
            to = end;
    }
    play->stage->plays = false;
    play_stage_go(play, to);
}

// ---- Commands ---------------------------------------------------------------

static bool says_whole(const struct game *game)
{
    for (size_t i = 0; i < game->said_count; i++)
        if (game->said[i].is_whole)
            return true;
    return false;
}

static int first_that_can_go(const struct replay *now)
{
    for (size_t i = 0; i < now->task_count; i++)
        if (now->tasks[i].could_run)
            return (int)i;
    return -1;
}

// Whoever was run is looked at; behind its end, and at the beginning, somebody
// who can go on.
static void select_mover(struct play_stage *play)
{
    const struct play *now = play->game->play;
    int task = now->moves[now->move_count - 1].task;

    if (task < 0 || now->now.tasks[task].life == TOLD_FINISHED)
        task = first_that_can_go(&now->now);
    if (task >= 0)
        play_stage_select(play, task);
}

static void show_anew(struct play_stage *play, size_t moves_before)
{
    if (!renew(play))
        return;
    if (play_count(play->game->play) > moves_before)
        select_mover(play);
    play->is_stale = true;
}

void play_stage_obey(struct play_stage *play, const char *line)
{
    struct game *game = play->game;
    size_t moves = play_count(game->play);
    unsigned looks = game->play->looks;

    game_obey(game, line);
    play->shows_schedule = says_whole(game);
    play->is_stale = true;
    if (game->has_quit)
        play->stage->quits = true;
    else if (game->play->looks != looks)
        show_anew(play, moves);
    else
        stage_go_event(play->stage, play->stage->reader.count);
}

void play_stage_move(struct play_stage *play, const char *line)
{
    play_stage_look(play);
    if (!play->is_past) {
        play_stage_obey(play, line);
        return;
    }
    snprintf(play->pending, sizeof play->pending, "%s", line);
    play->stage->prompt = PROMPT_CONTINUE;
    *play->stage->line = '\0';
}

void play_stage_continue(struct play_stage *play)
{
    struct game *game = play->game;

    game_go_back(game, play->count);
    show_anew(play, play_count(game->play));
    if (!game->refused && *play->pending)
        play_stage_obey(play, play->pending);
    *play->pending = '\0';
}

// ---- Words ------------------------------------------------------------------

const char *play_stage_name(const struct play_stage *play)
{
    const char *slash = strrchr(play->game->name, '/');

    return slash ? slash + 1 : play->game->name;
}

char *play_stage_words(const struct play_stage *play, char *text, size_t size)
{
    const struct play *now = play->game->play;
    int preemptions = play_preemptions(now);
    size_t used;

    snprintf(text, size, "%s %zu", M("move", "jugada"), play_count(now));
    used = strlen(text);
    if (preemptions)
        snprintf(text + used, size - used,
                 preemptions == 1
                     ? M(", %d preemption", ", %d expropiación")
                     : M(", %d preemptions", ", %d expropiaciones"),
                 preemptions);
    used = strlen(text);
    if (now->grain != GRAIN_SHARED)
        snprintf(
            text + used, size - used, "%s",
            now->grain == GRAIN_EVERY
                ? M("  (each access)", "  (cada acceso)")
                : M("  (each synchronisation)", "  (cada sincronización)"));
    return text;
}

// ---- Beginning and end ------------------------------------------------------

// Of the game's own files; headers are found when somebody stands there
// (play_scene.c).
static void find_sources(const struct game *game)
{
    const struct build_request *build = &game->hinter->request->build;

    for (size_t i = 0; i < build->source_count; i++)
        source_look_beside(build->sources[i]);
}

bool play_stage_open(struct play_stage *play, struct stage *stage,
                     struct game *game, char *error, size_t error_size)
{
    *play = (struct play_stage){.game = game, .stage = stage, .is_stale = true};
    find_sources(game);
    scratch_sweep("play");
    if (!open_trace(play, error, error_size)) {
        free(play->path);
        return false;
    }
    stage->play = play;
    stage->view = view_named("play");
    game->has_screen = true;
    game_begin(game);
    stage_go_event(stage, stage->reader.count);
    select_mover(play);
    play_stage_look(play);
    return true;
}

void play_stage_close(struct play_stage *play)
{
    if (!*play->error)
        stage_close(play->stage);
    play->stage->play = NULL;
    game_end(play->game);
    play_scene_free(&play->scene);
    replay_free(&play->past);
    free(play->path);
    *play = (struct play_stage){0};
}
