// claims_test.c - the claims of the lessons, put to the test once more
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "runtime/message.h"
#include "runtime/must.h"
#include "tools/course/terminal.h"
#include "tools/player/claims.h"
#include "tools/player/claims_need.h"
#include "tools/player/condition.h"
#include "tools/player/experiment.h"
#include "tools/player/explore.h"
#include "tools/player/plot.h"
#include "tools/player/session.h"
#include "tools/player/stop.h"

// A step being tested.
struct trial {
    struct claims *claims;
    struct session session;
    bool needed[ITEM_LIMIT];
    char *trouble[ITEM_LIMIT]; // why experiment i showed nothing, or NULL
    char *words[ITEM_LIMIT];   // the last line that it wrote, or NULL
};

// ---- What a test found ------------------------------------------------------

struct gathering {
    const struct facts *facts;
    struct finding *finding;
};

static bool gather(const char *name, void *context)
{
    struct gathering *gathering = context;
    struct finding *finding = gathering->finding;
    const struct fact_value *fact = facts_find(gathering->facts, name);
    struct fact_value *kept;

    for (size_t i = 0; i < finding->fact_count; i++)
        if (strcmp(finding->facts[i].name, name) == 0)
            return true;
    finding->facts =
        MUST(realloc(finding->facts, (finding->fact_count + 1) * sizeof *kept));
    kept = &finding->facts[finding->fact_count++];
    *kept = fact ? *fact : (struct fact_value){.run = 0};
    snprintf(kept->name, sizeof kept->name, "%s", name);
    return true;
}

// Those of the condition that held and of the figure; of all the conditions
// when none did.
static void gather_facts(const struct item *claim, enum verdict verdict,
                         struct gathering *gathering)
{
    const char *condition = claim_condition(claim, verdict);

    if (condition)
        condition_names(condition, gather, gathering);
    if (!condition || gathering->finding->fact_count == 0)
        claim_names(claim, gather, gathering);
}

static const char *missing_fact(const struct finding *finding)
{
    for (size_t i = 0; i < finding->fact_count; i++)
        if (finding->facts[i].run == 0)
            return finding->facts[i].name;
    return NULL;
}

static const char *first_of(char *const *texts, const bool *needed, size_t end)
{
    for (size_t i = 0; i < end; i++)
        if (needed[i] && texts[i])
            return texts[i];
    return NULL;
}

// In words, why nothing is decided; needed: of this claim, which is item at.
static char *reason_of(const struct trial *trial, size_t at, const bool *needed,
                       const struct finding *finding)
{
    const char *trouble = first_of(trial->trouble, needed, at);
    const char *words = first_of(trial->words, needed, at);
    const char *missing = missing_fact(finding);
    char *reason;

    if (trouble)
        return MUST(strdup(trouble));
    if (!missing)
        return MUST(strdup(M("what was measured decides nothing",
                             "lo medido no decide nada")));
    MUST(asprintf(&reason,
                  M("nobody said %s; the last words: %s",
                    "nadie dijo %s; últimas palabras: %s"),
                  missing, words ? words : M("none", "ninguna")));
    return reason;
}

static void judge(const struct trial *trial, struct tested *tested)
{
    const struct facts *facts = &trial->session.facts;
    size_t at = (size_t)(tested->claim - tested->step->items);
    bool needed[ITEM_LIMIT] = {false};
    enum verdict verdict = claim_verdict(tested->claim, facts);
    struct finding *finding;

    claims_need(tested->home->name, tested->step, at, needed);
    if (first_of(trial->trouble, needed, at))
        verdict = CLAIM_UNDECIDED;
    finding = &tested->found[verdict];
    claims_forget(finding);
    gather_facts(tested->claim, verdict, &(struct gathering){facts, finding});
    finding->figure = claim_figure(tested->claim, facts);
    if (verdict == CLAIM_UNDECIDED)
        finding->reason = reason_of(trial, at, needed, finding);
    tested->counts[verdict]++;
}

// ---- Testing them -----------------------------------------------------------

// The last line on one of its streams, harmless on a terminal; or NULL.
static char *last_line(const struct output *output, int stream)
{
    char *words;
    size_t size;
    FILE *out;

    for (size_t i = output->count; i-- > 0;) {
        const struct output_line *line = &output->lines[i];

        if (line->stream != stream || line->size_bytes == 0)
            continue;
        out = MUST(open_memstream(&words, &size));
        print_printable(out, line->text, line->size_bytes);
        fclose(out);
        return words;
    }
    return NULL;
}

static char *last_words(const struct output *output)
{
    char *complaint = last_line(output, 2);

    return complaint ? complaint : last_line(output, 1);
}

static void note_instrument(struct trial *trial, size_t i,
                            const struct item *item)
{
    trial->session.no_instrument = false;
    MUST(asprintf(&trial->trouble[i],
                  M("this build has no \"telar %s\" yet",
                    "esta versión todavía no tiene \"telar %s\""),
                  verb_name(item->verb)));
}

static void play(struct session *session, const struct item *item)
{
    if (item->verb == VERB_RUN)
        experiment_run(session, item);
    else if (item->verb == VERB_EXPLORE)
        explore_program(session, item);
    else
        plot_draw(session, item);
}

static void experiment(struct trial *trial, size_t i)
{
    struct session *session = &trial->session;
    const struct item *item = &session->step->items[i];
    int faults = session->faults;

    play(session, item);
    if (session->faults > faults)
        trial->trouble[i] = MUST(strdup(session->reason));
    else if (session->no_instrument)
        note_instrument(trial, i, item);
    trial->words[i] = last_words(&session->output);
}

static void begin_step(struct trial *trial, const struct tested *tested)
{
    const struct claims_lesson *home = tested->home;

    session_begin_step(&trial->session,
                       (size_t)(tested->step - home->lesson.steps));
    for (size_t i = 0; i < ITEM_LIMIT; i++) {
        free(trial->trouble[i]);
        free(trial->words[i]);
        trial->trouble[i] = trial->words[i] = NULL;
        trial->needed[i] = false;
    }
}

// The number of claims from first on that are in its step.
static size_t claims_of_step(const struct claims *claims, size_t first)
{
    size_t count = 1;

    while (first + count < claims->count &&
           claims->list[first + count].step == claims->list[first].step)
        count++;
    return count;
}

// Those of one step, from first on. Returns false when a signal came.
static bool test_step(struct trial *trial, size_t first, size_t count)
{
    struct claims *claims = trial->claims;
    struct tested *list = &claims->list[first];
    const struct step *step = list->step;
    size_t next = 0;

    begin_step(trial, list);
    for (size_t i = 0; i < count; i++)
        claims_need(list->home->name, step,
                    (size_t)(list[i].claim - step->items), trial->needed);
    for (size_t i = 0; i < step->item_count && next < count; i++) {
        if (&step->items[i] == list[next].claim)
            judge(trial, &list[next++]);
        if (!trial->needed[i])
            continue;
        if (claims->progress)
            claims->progress(claims, first + next, &step->items[i]);
        experiment(trial, i);
        if (stop_signal)
            return false;
    }
    return true;
}

static bool test_steps(struct trial *trial, size_t first, size_t end)
{
    bool going_on = true;

    while (first < end && going_on) {
        size_t count = claims_of_step(trial->claims, first);

        going_on = test_step(trial, first, count);
        first += count;
    }
    return going_on;
}

// Those of one lesson; end is the first claim of the next.
static bool test_lesson(struct claims *claims, size_t first, size_t end)
{
    const struct claims_lesson *home = claims->list[first].home;
    struct trial trial = {
        .claims = claims,
        .session = {.name = home->name, .lesson = home->lesson}};
    bool good = session_scratch(&trial.session);

    if (!good)
        return false;
    good = test_steps(&trial, first, end);
    begin_step(&trial, &claims->list[first]); // forgets the last one
    session_end(&trial.session);
    claims->faults += trial.session.faults;
    return good;
}

bool claims_test(struct claims *claims)
{
    bool good = true;

    for (size_t first = 0, end; first < claims->count && good; first = end) {
        for (end = first; end < claims->count; end++)
            if (claims->list[end].home != claims->list[first].home)
                break;
        good = test_lesson(claims, first, end);
    }
    claims->rounds += good;
    return good;
}
