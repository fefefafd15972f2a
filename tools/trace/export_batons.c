// export_batons.c - which batons there are in a stretch, and who had them
#include <errno.h>
#include <inttypes.h>
#include <string.h>

#include "runtime/message.h"
#include "tools/trace/export_batons.h"
#include "tools/trace/words.h"

enum { HOLDERS_MOST = 8 };

struct holder {
    uint32_t task;
    uint64_t turns, length;
};

struct holders {
    struct holder all[HOLDERS_MOST];
    size_t count;  // those beyond are in others
    uint64_t last; // task that had it before
    uint64_t passed, others;
};

bool export_turn(struct turn *turn, const struct export_what *what)
{
    if (turn->end < what->from || turn->begin > what->until)
        return false;
    if (turn->begin < what->from)
        turn->begin = what->from;
    if (turn->end > what->until)
        turn->end = what->until;
    return true;
}

static bool is_in(const struct baton *baton, const struct export_what *what)
{
    for (size_t i = 0; i < baton->track.count; i++) {
        struct turn turn = baton->track.turns[i];

        if (export_turn(&turn, what))
            return true;
    }
    return false;
}

int export_batons(struct batons *batons, const struct model *model,
                  const struct export_what *what)
{
    size_t kept = 0;

    if (!batons_build(batons, model->reader))
        return ENOMEM;
    for (size_t i = 0; i < batons->count; i++) {
        if (is_in(&batons->all[i], what))
            batons->all[kept++] = batons->all[i];
        else
            track_free(&batons->all[i].track);
    }
    batons->count = kept;
    return 0;
}

// ---- In words ---------------------------------------------------------------

static void add_turn(struct holders *holders, const struct turn *turn)
{
    struct holder *at = holders->all;
    size_t i = 0;

    holders->passed += holders->last && holders->last != turn->task;
    holders->last = turn->task;
    while (i < holders->count && at[i].task != turn->task)
        i++;
    if (i == HOLDERS_MOST) {
        holders->others++;
        return;
    }
    if (i == holders->count)
        at[holders->count++] = (struct holder){.task = turn->task};
    at[i].turns++;
    at[i].length += turn->end - turn->begin;
}

static void count_turns(struct holders *holders, const struct baton *baton,
                        const struct export_what *what)
{
    for (size_t i = 0; i < baton->track.count; i++) {
        struct turn turn = baton->track.turns[i];

        if (export_turn(&turn, what))
            add_turn(holders, &turn);
    }
}

static void add_holder(const struct model *model, const struct holder *holder,
                       char *text, size_t size)
{
    size_t used = strlen(text);
    char who[300], time[64];

    model_task_label(model, holder->task, who, sizeof who);
    words_duration(model, holder->length, time, sizeof time);
    snprintf(text + used, size - used,
             holder->turns == 1
                 ? M("; %s had it %" PRIu64 " time, %s",
                     "; %s lo tuvo %" PRIu64 " vez, %s")
                 : M("; %s had it %" PRIu64 " times, %s in all",
                     "; %s lo tuvo %" PRIu64 " veces, %s en total"),
             who, holder->turns, time);
}

char *export_baton_words(const struct model *model, const struct baton *baton,
                         const struct export_what *what, char *text,
                         size_t size)
{
    struct holders holders = {.count = 0};
    size_t used;

    count_turns(&holders, baton, what);
    snprintf(text, size,
             M("%s, process %" PRIu32 ": passed on %" PRIu64 " %s",
               "%s, proceso %" PRIu32 ": pasó de mano %" PRIu64 " %s"),
             baton_name(baton), baton->pid, holders.passed,
             holders.passed == 1 ? M("time", "vez") : M("times", "veces"));
    for (size_t i = 0; i < holders.count; i++)
        add_holder(model, &holders.all[i], text, size);
    used = strlen(text);
    if (holders.others)
        snprintf(text + used, size - used,
                 M("; others %" PRIu64, "; otras %" PRIu64), holders.others);
    return text;
}
