// play_goal.c - what a player is after, and whether it was reached
#include <stdlib.h>
#include <string.h>

#include "runtime/message.h"
#include "tools/explorer/play_goal.h"
#include "tools/explorer/report_parts.h"

// ---- Words ------------------------------------------------------------------

static const struct {
    const char *word;
    struct goal goal;
} words[] = {
    {"lose_update", {GOAL_LOSE_UPDATE, NO_FAILURE}},
    {"lost_update", {GOAL_LOSE_UPDATE, NO_FAILURE}},
    {"perder_suma", {GOAL_LOSE_UPDATE, NO_FAILURE}},
    {"perder_actualizacion", {GOAL_LOSE_UPDATE, NO_FAILURE}},
    {"any", {GOAL_ANY, NO_FAILURE}},
    {"cualquiera", {GOAL_ANY, NO_FAILURE}},
    {"interbloqueo", {GOAL_KIND, DEADLOCK}},
    {"carrera", {GOAL_KIND, DATA_RACE}},
    {"race", {GOAL_KIND, DATA_RACE}},
    {"despertar_perdido", {GOAL_KIND, LOST_WAKEUP}},
    {"bloqueo_activo", {GOAL_KIND, LIVELOCK}},
    {"asercion", {GOAL_KIND, ASSERTION}},
    {"assert", {GOAL_KIND, ASSERTION}},
    {"caida", {GOAL_KIND, CRASH}},
    {"uso_despues_de_liberar", {GOAL_KIND, USE_AFTER_FREE}},
    {"doble_liberacion", {GOAL_KIND, DOUBLE_FREE}},
    {"fuera_de_limites", {GOAL_KIND, OUT_OF_BOUNDS}},
};

// "-" and "_" are the same.
static bool is_same(const char *word, const char *other)
{
    for (; *word && *other; word++, other++)
        if ((*word == '-' ? '_' : *word) != (*other == '-' ? '_' : *other))
            return false;
    return *word == *other;
}

bool goal_named(const char *word, struct goal *goal)
{
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (is_same(word, words[i].word)) {
            *goal = words[i].goal;
            return true;
        }
    for (int kind = 1; kind < LEAK; kind++)
        if (is_same(word, kind_word((enum failure_kind)kind))) {
            *goal = (struct goal){GOAL_KIND, (enum failure_kind)kind};
            return true;
        }
    return false;
}

static const char *kind_words(enum failure_kind kind)
{
    switch (kind) {
    case DATA_RACE:
        return M("a data race: two accesses that nothing orders",
                 "una carrera de datos: dos accesos que nada ordena");
    case DEADLOCK:
        return M("a deadlock: nobody can go on",
                 "un interbloqueo: que nadie pueda seguir");
    case LOST_WAKEUP:
        return M("a lost wakeup: somebody sleeps for ever",
                 "un despertar perdido: que alguien duerma para siempre");
    case LIVELOCK:
        return M("a livelock: all go round and round",
                 "un bloqueo activo: que todos den vueltas sin avanzar");
    case ASSERTION:
        return M("make an assertion of the program fail",
                 "que falle una aserción del programa");
    case CRASH:
        return M("make the program crash", "que el programa se caiga");
    default:
        return kind_name(kind);
    }
}

const char *goal_words(const struct goal *goal)
{
    switch (goal->sort) {
    case GOAL_ANY:
        return M("make it fail, in whatever way",
                 "que falle, de la manera que sea");
    case GOAL_LOSE_UPDATE:
        return M("lose an update: a write over what its writer has not seen",
                 "que se pierda una suma: escribir encima de lo que no se vio");
    case GOAL_PROOF:
        return M("make it fail. It cannot: prove it to yourself",
                 "que falle. No puede: compruébalo tú");
    case GOAL_KIND:
        break;
    }
    return kind_words(goal->kind);
}

// ---- Lost updates -----------------------------------------------------------

// What a task read and has not written since.
struct view {
    int task;
    uint64_t address, value;
    uint32_t size_bytes;
    bool has_value, is_stale;
    size_t read, other;
};

struct views {
    struct view *views;
    size_t count;
};

static bool overlap(const struct view *view, const struct step *step)
{
    return view->address < step->address + step->size_bytes &&
           step->address < view->address + view->size_bytes;
}

static void forget(struct views *views, const struct step *step, bool of_all)
{
    size_t kept = 0;

    for (size_t i = 0; i < views->count; i++)
        if (!overlap(&views->views[i], step) ||
            (!of_all && views->views[i].task != step->task))
            views->views[kept++] = views->views[i];
    views->count = kept;
}

static void see(struct views *views, const struct step *step, size_t index)
{
    forget(views, step, false);
    views->views = grow(views->views, views->count, sizeof *views->views);
    views->views[views->count++] = (struct view){.task = step->task,
                                                 .address = step->address,
                                                 .value = step->value,
                                                 .size_bytes = step->size_bytes,
                                                 .has_value = step->has_value,
                                                 .read = index};
}

// Who writes what was there already changes nothing that others have seen.
static void make_stale(struct views *views, const struct step *step,
                       size_t index)
{
    for (size_t i = 0; i < views->count; i++) {
        struct view *view = &views->views[i];

        if (view->task == step->task || !overlap(view, step) ||
            (view->has_value && step->has_value && view->value == step->value))
            continue;
        view->is_stale = true;
        view->other = index;
    }
}

static bool is_lost(const struct views *views, const struct step *step,
                    struct loss *loss)
{
    for (size_t i = 0; i < views->count; i++) {
        const struct view *view = &views->views[i];

        if (view->task != step->task || !view->is_stale || !overlap(view, step))
            continue;
        loss->read = view->read;
        loss->other = view->other;
        return true;
    }
    return false;
}

static bool take(struct views *views, const struct step *step, size_t index,
                 struct loss *loss)
{
    loss->write = index;
    if (step->op == OP_READ)
        see(views, step, index);
    if (step->op == OP_ALLOCATE || step->op == OP_FREE)
        forget(views, step, true);
    if (step->op != OP_WRITE && step->op != OP_UPDATE)
        return false;
    if (step->op == OP_WRITE && is_lost(views, step, loss))
        return true;
    forget(views, step, false);
    make_stale(views, step, index);
    return false;
}

bool loss_find(const struct replay *replay, struct loss *loss)
{
    struct views views = {0};
    bool found = false;

    for (size_t i = 0; i < replay->step_count && !found; i++)
        found = take(&views, &replay->steps[i], i, loss);
    free(views.views);
    return found;
}

// ---- Reached ----------------------------------------------------------------

bool goal_in(const struct goal *goal, const struct replay *replay)
{
    struct loss loss;

    switch (goal->sort) {
    case GOAL_LOSE_UPDATE:
        return loss_find(replay, &loss);
    case GOAL_KIND:
        return replay->failure.kind == goal->kind;
    default:
        return replay->failure.kind != NO_FAILURE;
    }
}

bool goal_reached(const struct goal *goal, const struct play *play)
{
    bool wants_race = goal->sort == GOAL_ANY || goal->sort == GOAL_PROOF ||
                      (goal->sort == GOAL_KIND && goal->kind == DATA_RACE);

    return (wants_race && play->race.failure.kind == DATA_RACE) ||
           goal_in(goal, &play->now);
}
