// export_tables.c - sums over a stretch: one row a task, or one an object
#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "tools/trace/escape.h"
#include "tools/trace/export.h"
#include "tools/trace/export_batons.h"
#include "tools/trace/export_parts.h"
#include "tools/trace/walk.h"
#include "tools/trace/words.h"

export_writer export_statistics, export_objects;

struct longest { // of some stretches
    uint64_t begin, length;
    uint32_t task;
    char *what; // waited for
};

static const char *source_of(uint32_t source)
{
    static const char *const words[] = {"", "perf", "fallback", "explorer"};

    return source < sizeof words / sizeof *words ? words[source] : "";
}

// ---- Tasks ------------------------------------------------------------------

struct account {         // of one task
    uint64_t begin, end; // of its life, as far as it lies in the stretch
    uint64_t times[MODEL_DOINGS], counts[MODEL_DOINGS];
    uint64_t events;
    struct longest wait;
    bool lives, waits_on;
};

struct statistics {
    FILE *out;
    struct account *accounts; // by task
};

static void remember_wait(struct longest *longest, const struct walk *walk,
                          uint32_t task, uint64_t length)
{
    char what[300];

    if (length <= longest->length)
        return;
    free(longest->what);
    longest->what = strdup(walk_awaited(walk, task, what, sizeof what));
    longest->begin = walk->states[task].span.begin;
    longest->length = length;
    longest->task = task;
}

static void add_stretch(void *context, struct walk *walk, uint32_t task,
                        uint64_t end)
{
    const struct span *span = &walk->states[task].span;
    struct statistics *statistics = context;
    struct account *account = &statistics->accounts[task];
    uint64_t length = end - span->begin;

    if (!account->lives)
        account->begin = span->begin;
    account->lives = true;
    account->end = end;
    account->times[span->doing] += length;
    account->counts[span->doing] += length > 0;
    if (span->doing != MODEL_BLOCKED || length <= account->wait.length)
        return;
    remember_wait(&account->wait, walk, task, length);
    account->waits_on = walk->is_over;
}

static void count_event(void *context, struct walk *walk, size_t number)
{
    struct statistics *statistics = context;

    statistics->accounts[reader_task(walk->model->reader, number)].events++;
}

static void put_share(FILE *out, uint64_t part, uint64_t whole)
{
    double share = whole ? (double)part / (double)whole : 0;

    fprintf(out, ",%.4f", share);
}

static void put_times(FILE *out, const struct account *account)
{
    uint64_t all = 0;

    for (int i = MODEL_READY; i <= MODEL_SLEEPING; i++)
        all += account->times[i];
    fprintf(out, ",%" PRIu64 ",%" PRIu64 ",%" PRIu64 ",%" PRIu64,
            account->times[MODEL_RUNNING], account->times[MODEL_READY],
            account->times[MODEL_BLOCKED], account->times[MODEL_SLEEPING]);
    put_share(out, account->times[MODEL_RUNNING], all);
    put_share(out, account->times[MODEL_READY], all);
    put_share(out, account->times[MODEL_BLOCKED], all);
    put_share(out, account->times[MODEL_SLEEPING], all);
}

static void put_longest_wait(FILE *out, const struct model *model,
                             const struct account *account)
{
    const struct longest *wait = &account->wait;

    if (wait->length)
        fprintf(out, ",%" PRIu64 ",%" PRIu64 ",%s,", wait->length,
                export_since(model, wait->begin),
                account->waits_on ? "no" : "yes");
    else
        fputs(",0,,,", out);
    escape_csv(out, wait->what ? wait->what : "");
}

static void put_task(FILE *out, const struct model *model, uint32_t task,
                     const struct account *account)
{
    const struct trace_entry *entry = reader_entry(model->reader, task);

    fprintf(out, "%" PRIu32 ",%" PRIu32 ",%" PRIu32 ",", task, entry->pid,
            entry->tid);
    escape_csv(out, model_task_name(model, task));
    fprintf(out, ",%" PRIu64 ",%" PRIu64, export_since(model, account->begin),
            export_since(model, account->end));
    put_times(out, account);
    fprintf(out, ",%" PRIu64 ",%" PRIu64 ",%" PRIu64, account->events,
            account->counts[MODEL_RUNNING], account->counts[MODEL_BLOCKED]);
    put_longest_wait(out, model, account);
    fprintf(out, ",%s\n", source_of(model->source));
}

static void put_heading(FILE *out, const struct model *model)
{
    const char *unit = export_unit(model);

    fprintf(out,
            "task,pid,tid,name,begin_%s,end_%s,running_%s,ready_%s,blocked_%s,"
            "sleeping_%s,running_share,ready_share,blocked_share,"
            "sleeping_share,events,runs,waits,longest_wait_%s,"
            "longest_wait_begin_%s,longest_wait_ended,longest_wait_for,"
            "scheduling\n",
            unit, unit, unit, unit, unit, unit, unit, unit);
}

static bool statistics_broken(void *context)
{
    return ferror(((struct statistics *)context)->out);
}

int export_statistics(FILE *out, struct model *model,
                      const struct export_what *what)
{
    static const struct walk_visitor visitor = {
        .end = add_stretch, .event = count_event, .stop = statistics_broken};
    struct statistics all = {out,
                             calloc(model->task_count, sizeof *all.accounts)};
    bool walked = all.accounts &&
                  walk_through(model, what->from, what->until, &visitor, &all);

    if (walked)
        put_heading(out, model);
    for (uint32_t i = 1; all.accounts && i < model->task_count; i++) {
        if (walked && all.accounts[i].lives)
            put_task(out, model, i, &all.accounts[i]);
        free(all.accounts[i].wait.what);
    }
    free(all.accounts);
    return walked ? 0 : ENOMEM;
}

// ---- Objects ----------------------------------------------------------------

struct record_of { // one object
    uint64_t acquisitions, contended, waits, waited, held;
    uint64_t since, in, out; // before the stretch: in and out
    uint32_t holder;
    struct longest hold, wait;
    bool is_seen;
};

struct ledger {
    FILE *out;
    struct record_of *records; // by object
    uint64_t until;
};

static bool is_counted(uint16_t kind)
{
    return kind == TRACE_LOCK_ACQUIRE || kind == TRACE_SHARE_ACQUIRE ||
           kind == TRACE_SEM_ACQUIRE || kind == TRACE_COND_WAKE ||
           kind == TRACE_BARRIER_LEAVE || kind == TRACE_GET ||
           kind == TRACE_PIPE_READ || kind == TRACE_CO_RUN;
}

// Whether who asks for it now finds it taken, empty or full.
static bool is_contended(const struct model_object *o, uint32_t task,
                         uint16_t kind)
{
    switch (kind) {
    case TRACE_LOCK_REQUEST:
        return (o->owner && o->owner != task) || o->sharers > 0;
    case TRACE_SHARE_REQUEST:
        return o->owner && o->owner != task;
    case TRACE_SEM_REQUEST:
    case TRACE_GET_REQUEST:
    case TRACE_PIPE_READ_REQUEST:
        return o->value <= 0;
    case TRACE_PUT_REQUEST:
    case TRACE_PIPE_WRITE_REQUEST:
        return o->capacity && o->value >= (int64_t)o->capacity;
    default:
        return false;
    }
}

// Somebody else has it since then, or nobody.
static void end_hold(struct record_of *record, uint64_t time)
{
    uint64_t length = time - record->since;

    if (!record->holder)
        return;
    record->held += length;
    if (record->hold.task && length <= record->hold.length)
        return;
    record->hold = (struct longest){record->since, length, record->holder, 0};
}

static void follow_owner(struct record_of *record, const struct model_object *o,
                         uint64_t time)
{
    if (record->holder == o->owner)
        return;
    end_hold(record, time);
    record->holder = o->owner;
    record->since = time;
}

static void see_object(struct ledger *ledger, const struct walk *walk,
                       uint32_t task, enum trace_meaning meaning, uint64_t id)
{
    const struct model *model = walk->model;
    const struct model_object *o = model_object(model, task, meaning, id);
    struct record_of *record;

    if (!o)
        return;
    record = &ledger->records[o - model->objects];
    record->is_seen = true;
    if (meaning == TRACE_LOCK)
        follow_owner(record, o, model->time);
}

static void see_event(void *context, struct walk *walk, size_t number)
{
    struct ledger *ledger = context;
    const struct model *model = walk->model;
    const struct trace_record *r = reader_event(model->reader, number);
    uint32_t task = reader_task(model->reader, number);
    uint16_t kind = TRACE_KIND(r->last);
    const struct trace_kind *row = trace_kind_of(kind);
    enum trace_meaning meaning = row->object;
    uint64_t id = meaning == TRACE_MEMORY ? 0 : r->object;
    const struct model_object *o = model_object(model, task, meaning, id);

    see_object(ledger, walk, task, meaning, id);
    if (row->value == TRACE_LOCK) // of a condition
        see_object(ledger, walk, task, TRACE_LOCK, r->value);
    if (!o)
        return;
    ledger->records[o - model->objects].acquisitions += is_counted(kind);
    ledger->records[o - model->objects].contended +=
        is_contended(o, task, kind);
}

static void see_wait(void *context, struct walk *walk, uint32_t task,
                     uint64_t end)
{
    const struct span *span = &walk->states[task].span;
    struct ledger *ledger = context;
    uint64_t length = end - span->begin;
    struct record_of *record;

    if (!span->object || span->doing != MODEL_BLOCKED || length == 0)
        return;
    record = &ledger->records[span->object - 1];
    record->is_seen = true;
    record->waits++;
    record->waited += length;
    if (length > record->wait.length)
        record->wait = (struct longest){span->begin, length, task, 0};
}

static void note_before(void *context, struct walk *walk)
{
    struct ledger *ledger = context;

    ledger->until = walk->until;
    for (size_t i = 0; i < walk->model->object_count; i++) {
        const struct model_object *o = &walk->model->objects[i];

        ledger->records[i].in = o->in;
        ledger->records[i].out = o->out;
        ledger->records[i].since = walk->from;
        if (o->meaning == TRACE_LOCK)
            ledger->records[i].holder = o->owner;
    }
}

static const char *sort_of(const struct model_object *o)
{
    return o->meaning == TRACE_MEMORY ? "heap"
           : o->meaning == TRACE_NAME ? "counter"
                                      : words_meaning(o->meaning);
}

static void put_who(FILE *out, const struct model *model,
                    const struct longest *longest)
{
    char label[300] = "";

    if (longest->task)
        model_task_label(model, longest->task, label, sizeof label);
    fprintf(out, ",%" PRIu64 ",", longest->length);
    escape_csv(out, label);
}

static void put_identity(FILE *out, const struct model *model,
                         const struct model_object *o)
{
    bool is_number = o->meaning == TRACE_PIPE || o->meaning == TRACE_STREAM ||
                     o->meaning == TRACE_NAME;

    fprintf(out, "%zu,%s,", (size_t)(o - model->objects) + 1, sort_of(o));
    escape_csv(out, model_given_name(model, o));
    fprintf(out,
            is_number ? ",%" PRIu32 ",%" PRIu64 : ",%" PRIu32 ",0x%" PRIx64,
            o->pid, o->id);
}

static void put_object(FILE *out, const struct model *model, size_t at,
                       const struct record_of *record)
{
    const struct model_object *o = &model->objects[at];

    put_identity(out, model, o);
    fprintf(out, ",%" PRIu64 ",%" PRIu64, record->acquisitions,
            record->contended);
    if (o->meaning == TRACE_LOCK) {
        fprintf(out, ",%" PRIu64, record->held);
        put_who(out, model, &record->hold);
    } else {
        fputs(",,,", out);
    }
    fprintf(out, ",%" PRIu64 ",%" PRIu64, record->waits, record->waited);
    put_who(out, model, &record->wait);
    fprintf(out, ",%" PRIu64 ",%" PRIu64 ",%" PRId64 ",", o->in - record->in,
            o->out - record->out, o->value);
    if (o->capacity)
        fprintf(out, "%" PRIu64, o->capacity);
    putc('\n', out);
}

static void put_objects(const struct ledger *ledger, const struct model *model)
{
    const char *unit = export_unit(model);

    fprintf(ledger->out,
            "object,is,name,pid,id,acquisitions,contended,held_%s,"
            "longest_hold_%s,longest_hold_by,waits,waited_%s,longest_wait_%s,"
            "longest_wait_by,in,out,value,capacity\n",
            unit, unit, unit, unit);
    for (size_t i = 0; i < model->object_count; i++) {
        struct record_of *record = &ledger->records[i];
        uint32_t meaning = model->objects[i].meaning;

        if (record->is_seen && meaning != TRACE_TID && meaning != TRACE_ANY) {
            end_hold(record, ledger->until);
            put_object(ledger->out, model, i, record);
        }
    }
}

// What nobody recorded but can be inferred, said so by its name: a row behind
// those of the objects. Contended: it came from another task.
static void put_baton(FILE *out, const struct model *model,
                      const struct baton *baton, size_t number,
                      const struct export_what *what)
{
    uint64_t turns = 0, passed = 0, held = 0;
    struct longest longest = {.task = 0};
    uint32_t last = 0;

    for (size_t i = 0; i < baton->track.count; i++) {
        struct turn turn = baton->track.turns[i];

        if (!export_turn(&turn, what))
            continue;
        turns++;
        passed += last && last != turn.task;
        last = turn.task;
        held += turn.end - turn.begin;
        if (!longest.task || turn.end - turn.begin > longest.length)
            longest = (struct longest){turn.begin, turn.end - turn.begin,
                                       turn.task, 0};
    }
    fprintf(out, "%zu,baton,", number);
    escape_csv(out, baton_name(baton));
    fprintf(out, ",%" PRIu32 ",0x%" PRIx64 ",%" PRIu64 ",%" PRIu64 ",%" PRIu64,
            baton->pid, baton->drop, turns, passed, held);
    put_who(out, model, &longest);
    fputs(",0,0,0,,0,0,0,\n", out);
}

static int put_batons(FILE *out, const struct model *model,
                      const struct export_what *what)
{
    struct batons batons;
    int error = export_batons(&batons, model, what);

    for (size_t i = 0; !error && i < batons.count; i++)
        put_baton(out, model, &batons.all[i], model->object_count + 1 + i,
                  what);
    if (!error)
        batons_free(&batons);
    return error;
}

static bool ledger_broken(void *context)
{
    return ferror(((struct ledger *)context)->out);
}

int export_objects(FILE *out, struct model *model,
                   const struct export_what *what)
{
    static const struct walk_visitor visitor = {.start = note_before,
                                                .end = see_wait,
                                                .event = see_event,
                                                .stop = ledger_broken};
    struct ledger ledger = {
        out, calloc(model->object_count + 1, sizeof *ledger.records), 0};
    bool walked = ledger.records && walk_through(model, what->from, what->until,
                                                 &visitor, &ledger);

    if (walked)
        put_objects(&ledger, model);
    free(ledger.records);
    return walked ? put_batons(out, model, what) : ENOMEM;
}
