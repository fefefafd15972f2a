// survey.c - several look on while the model goes through a trace once
#include "tools/trace/survey.h"

struct walk_on {
    const struct survey *survey;
    struct model *model;
    bool batons, flows, blocks, coroutines; // there is memory for them
};

// Those that few kinds of events are about.
static void see_others(struct walk_on *w)
{
    const struct survey *s = w->survey;
    const struct reader *reader = w->model->reader;
    size_t event = w->model->position - 1;

    switch (
        trace_kind_of(TRACE_KIND(reader_event(reader, event)->last))->object) {
    case TRACE_CONDITION:
        w->batons = w->batons && batons_see(s->batons, reader, event);
        break;
    case TRACE_QUEUE:
    case TRACE_PIPE:
        w->flows = w->flows && flows_see(s->flows, w->model);
        break;
    case TRACE_MEMORY:
        w->blocks = w->blocks && blocks_see(s->blocks, reader, event);
        break;
    case TRACE_COROUTINE:
        w->coroutines = w->coroutines &&
                        tracks_see_coroutine(s->coroutines, w->model, event);
        break;
    default:
        break;
    }
}

static bool see(void *context)
{
    struct walk_on *w = context;
    const struct survey *s = w->survey;

    findings_see(s->findings, w->model);
    if (!lanes_see(s->lanes, w->model) || s->findings->no_memory)
        return false;
    see_others(w);
    return true;
}

static void forget_others(const struct survey *s, const struct walk_on *w)
{
    if (!w->batons)
        batons_free(s->batons);
    if (!w->flows)
        flows_free(s->flows);
    if (!w->blocks)
        blocks_free(s->blocks);
    if (!w->coroutines)
        tracks_free(s->coroutines);
}

static void stop_others(const struct survey *s, struct walk_on *w)
{
    w->batons = w->batons && batons_stop(s->batons);
    w->coroutines =
        w->coroutines && tracks_stop_coroutines(s->coroutines, w->model);
    if (w->flows)
        flows_stop(s->flows, w->model);
    w->blocks = w->blocks && blocks_stop(s->blocks);
    forget_others(s, w);
}

static bool give_up(const struct survey *s)
{
    const struct walk_on none = {.survey = s};

    forget_others(s, &none);
    lanes_free(s->lanes);
    findings_free(s->findings);
    return false;
}

bool survey_build(const struct survey *s, struct model *model)
{
    struct walk_on w = {s, model, true, true, true, true};

    *s->lanes = (struct lanes){0};
    *s->batons = (struct batons){0};
    *s->flows = (struct flows){0};
    *s->blocks = (struct blocks){0};
    *s->coroutines = (struct tracks){0};
    if (!findings_begin(s->findings, model) || !lanes_begin(s->lanes, model) ||
        !model_walk(model, see, &w) || !lanes_stop(s->lanes, model))
        return give_up(s);
    findings_end(s->findings, model);
    if (s->findings->no_memory)
        return give_up(s);
    stop_others(s, &w);
    return true;
}
