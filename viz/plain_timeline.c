// plain_timeline.c - the main events of a trace, one sentence each
#include <inttypes.h>
#include <string.h>

#include "runtime/message.h"
#include "tools/course/terminal.h"
#include "tools/trace/words.h"
#include "viz/plain.h"

struct verb {
    uint16_t kind;
    const char *english, *spanish;
};

// The kinds that tell the story; requests, calls and turns on the CPU are in
// the state and in the export.
static const struct verb verbs[] = {
    {TRACE_TASK_BEGIN, "begins", "empieza"},
    {TRACE_TASK_EXIT, "ends:", "termina:"},
    {TRACE_FORK, "forks, child:", "crea con fork el hijo"},
    {TRACE_EXEC, "becomes the program", "pasa a ser el programa"},
    {TRACE_WAIT_DONE, "has waited for", "terminó de esperar a"},
    {TRACE_JOIN_DONE, "has joined", "terminó de esperar a"},
    {TRACE_THREAD_CREATE, "creates the thread", "crea el hilo"},
    {TRACE_LOCK_ACQUIRE, "takes", "toma"},
    {TRACE_LOCK_RELEASE, "releases", "suelta"},
    {TRACE_LOCK_FAIL, "does not get", "no consigue"},
    {TRACE_SHARE_ACQUIRE, "takes, to read,", "toma, para leer,"},
    {TRACE_SHARE_RELEASE, "releases, after reading,",
     "suelta, después de leer,"},
    {TRACE_COND_WAIT, "waits for", "espera"},
    {TRACE_COND_WAKE, "was woken by", "fue despertada por"},
    {TRACE_COND_TIMEOUT, "waited too long for", "esperó demasiado"},
    {TRACE_COND_SIGNAL, "signals", "señala"},
    {TRACE_COND_BROADCAST, "signals to all", "señala a todas"},
    {TRACE_SEM_ACQUIRE, "lowers", "baja"},
    {TRACE_SEM_POST, "raises", "sube"},
    {TRACE_BARRIER_LEAVE, "passes", "pasa"},
    {TRACE_PIPE_CREATE, "makes", "crea"},
    {TRACE_PIPE_WRITE, "writes into", "escribe en"},
    {TRACE_PIPE_READ, "reads from", "lee de"},
    {TRACE_PIPE_CLOSE, "closes an end of", "cierra un extremo de"},
    {TRACE_OUTPUT, "writes on", "escribe en"},
    {TRACE_SLEEP_BEGIN, "goes to sleep for", "se duerme por"},
    {TRACE_CO_RUN, "goes on with", "sigue con"},
    {TRACE_PUT, "puts into", "pone en"},
    {TRACE_GET, "takes from", "saca de"},
    {TRACE_QUEUE_CLOSE, "closes", "cierra"},
    {TRACE_MARK, "mark", "marca"},
    {TRACE_NOTE, "note:", "nota:"},
};

static const struct verb *verb_of(uint16_t kind)
{
    for (size_t i = 0; i < sizeof verbs / sizeof *verbs; i++)
        if (verbs[i].kind == kind)
            return &verbs[i];
    return NULL;
}

// Events of one task, of one kind, on one object, with none of the others
// between them.
struct run {
    const struct verb *verb;
    const struct trace_record *first;
    uint32_t task;
    uint64_t count, bytes;
    char object[300], value[300];
};

static void put_amount(FILE *out, const struct run *run)
{
    const struct trace_kind *kind = trace_kind_of(run->verb->kind);
    const char *gap = *run->object ? ", " : "";

    if (run->count == 1 && *run->value)
        fprintf(out, "%s%s", gap, run->value);
    if (run->count > 1)
        fprintf(out, M(", %" PRIu64 " times", ", %" PRIu64 " veces"),
                run->count);
    if (run->count > 1 &&
        (kind->value == TRACE_BYTES || kind->value == TRACE_FLOW))
        fprintf(out,
                M(", %" PRIu64 " bytes in all", ", %" PRIu64 " bytes en total"),
                run->bytes);
}

static const char *words_of(const struct run *run)
{
    if (run->verb->kind == TRACE_TASK_BEGIN && *run->object)
        return M("is begun by", "empieza, por obra de");
    return M(run->verb->english, run->verb->spanish);
}

static void put_run(FILE *out, const struct model *model, const struct run *run)
{
    uint64_t time = run->first->time - model->reader->header.start;
    char when[64], who[300], line[1024];
    int length;

    words_time(model, time, when, sizeof when);
    length = snprintf(line, sizeof line, "%s %s%s%s",
                      model_task_label(model, run->task, who, sizeof who),
                      words_of(run), *run->object || *run->value ? " " : "",
                      run->object);
    // One byte more where the unit begins with a letter of two bytes.
    fprintf(out, "  %*s  ", strstr(when, "µ") ? 13 : 12, when);
    print_printable(out, line, (size_t)length);
    put_amount(out, run);
    fputc('\n', out);
}

static void begin_run(struct run *run, const struct model *model, size_t number,
                      const struct verb *verb)
{
    run->verb = verb;
    run->first = reader_event(model->reader, number);
    run->task = reader_task(model->reader, number);
    run->count = run->bytes = 0;
    words_object(model, run->task, run->first, run->object, sizeof run->object);
    words_value(model, run->task, run->first, run->value, sizeof run->value);
}

static bool goes_on(const struct run *run, const struct model *model,
                    size_t number)
{
    const struct trace_record *r = reader_event(model->reader, number);

    return run->verb && run->verb->kind == TRACE_KIND(r->last) &&
           run->task == reader_task(model->reader, number) &&
           run->first->object == r->object && run->verb->kind != TRACE_MARK;
}

// Returns how many events told of stand in the lines.
static uint64_t put_runs(FILE *out, struct model *model, int lines)
{
    struct run run = {.verb = NULL};
    uint64_t told = 0;

    model_seek(model, 0);
    for (size_t i = 0; i < model->reader->count; i++) {
        const struct trace_record *r = reader_event(model->reader, i);
        const struct verb *verb = verb_of(TRACE_KIND(r->last));

        model_step(model, 1);
        if (!verb)
            continue;
        if (!goes_on(&run, model, i)) {
            if (run.verb)
                put_run(out, model, &run);
            told += run.verb ? run.count : 0;
            run.verb = NULL;
            if (lines-- == 0)
                return told;
            begin_run(&run, model, i, verb);
        }
        run.count++;
        run.bytes += (uint32_t)r->value;
    }
    if (run.verb)
        put_run(out, model, &run);
    return told + (run.verb ? run.count : 0);
}

static uint64_t count_told(const struct reader *reader)
{
    uint64_t count = 0;

    for (size_t i = 0; i < reader->count; i++)
        count += verb_of(TRACE_KIND(reader_event(reader, i)->last)) != NULL;
    return count;
}

void plain_timeline(FILE *out, struct model *model, int lines)
{
    uint64_t all = count_told(model->reader), told;

    if (all == 0)
        return;
    fputs(M("Main events:\n", "Eventos principales:\n"), out);
    told = put_runs(out, model, lines);
    if (told < all)
        fprintf(out,
                M("  ... and %" PRIu64 " more (./telar export TRACE --to "
                  "text shows all)\n",
                  "  ... y %" PRIu64 " más (./telar export TRAZA --to "
                  "text los muestra todos)\n"),
                all - told);
    model_seek(model, model->reader->count);
}
