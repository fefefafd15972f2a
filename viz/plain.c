// plain.c - header and state of a trace in words
#include <inttypes.h>
#include <string.h>

#include "runtime/message.h"
#include "tools/course/terminal.h"
#include "tools/course/wrap.h"
#include "tools/trace/words.h"
#include "viz/heap_words.h"
#include "viz/phrase.h"
#include "viz/plain.h"

enum { NAME = 300, LINE = 4096 };

static void put(FILE *out, const char *indent, const char *line)
{
    fputs(indent, out);
    print_printable(out, line, strlen(line));
    fputc('\n', out);
}

// A time since the beginning of the trace.
static char *say_time(const struct model *model, uint64_t time, char *text,
                      size_t size)
{
    uint64_t start = model->reader->header.start;

    return words_time(model, time > start ? time - start : 0, text, size);
}

// ---- Header -----------------------------------------------------------------

static uint32_t count_tasks(const struct model *model)
{
    uint32_t count = 0;

    for (uint32_t i = 1; i < model->task_count; i++)
        count += reader_entry(model->reader, i) != NULL;
    return count;
}

static void put_size(FILE *out, const struct model *model)
{
    const struct reader *reader = model->reader;
    uint32_t tasks = count_tasks(model);
    char line[LINE], end[NAME];

    snprintf(end, sizeof end, "%s", M("no time", "ningún tiempo"));
    if (reader->count > 0)
        say_time(model, reader_event(reader, reader->count - 1)->time, end,
                 sizeof end);
    snprintf(line, sizeof line,
             M("Trace %s: %zu %s, %s, %u %s.", "Traza %s: %zu %s, %s, %u %s."),
             reader->path, reader->count,
             reader->count == 1 ? M("event", "evento") : M("events", "eventos"),
             end, tasks,
             tasks == 1 ? M("task", "tarea") : M("tasks", "tareas"));
    put(out, "", line);
}

static void put_losses(FILE *out, const struct model *model)
{
    const struct reader *reader = model->reader;
    uint64_t lost = reader_lost(reader);
    uint64_t over = reader->header.overwritten;

    if (lost + over + reader->header.names_lost == 0)
        fputs(M("Nothing was lost.\n", "No se perdió nada.\n"), out);
    if (lost)
        fprintf(out,
                M("%" PRIu64 " events found no room and are not here.\n",
                  "%" PRIu64 " eventos no encontraron lugar y no están "
                  "aquí.\n"),
                lost);
    if (over)
        fprintf(out,
                M("%" PRIu64 " older events were overwritten by newer "
                  "ones.\n",
                  "%" PRIu64 " eventos anteriores fueron sobrescritos por "
                  "otros más nuevos.\n"),
                over);
    if (reader->header.names_lost)
        fprintf(out,
                M("%" PRIu64 " names found no room.\n",
                  "%" PRIu64 " nombres no encontraron lugar.\n"),
                (uint64_t)reader->header.names_lost);
}

static void put_losses_of_tasks(FILE *out, const struct model *model)
{
    for (uint32_t i = 1; i < model->task_count; i++) {
        const struct trace_entry *entry = reader_entry(model->reader, i);
        char line[LINE], name[NAME];

        if (!entry || entry->lost == 0)
            continue;
        snprintf(line, sizeof line, M("%s lost %" PRIu64, "%s perdió %" PRIu64),
                 model_task_label(model, i, name, sizeof name),
                 (uint64_t)entry->lost);
        put(out, "  ", line);
    }
}

static const char *source_of(const struct model *model)
{
    switch (model->source) {
    case TRACE_SOURCE_PERF:
        return M("Scheduling: every context switch (perf).",
                 "Planificación: cada cambio de contexto (perf).");
    case TRACE_SOURCE_FALLBACK:
        return M("Scheduling: from samples; short turns on a CPU may be "
                 "missing, and short processes that nobody sees inside.",
                 "Planificación: a partir de muestras; pueden faltar turnos "
                 "cortos en la CPU y procesos cortos en los que no se ve.");
    case TRACE_SOURCE_EXPLORER:
        return M("Scheduling: chosen by the explorer.",
                 "Planificación: elegida por el explorador.");
    default:
        return M("Scheduling: not recorded; a task counts as running unless "
                 "it waits for something.",
                 "Planificación: no registrada; una tarea cuenta como en "
                 "ejecución salvo que espere algo.");
    }
}

void plain_header(FILE *out, const struct model *model)
{
    const struct reader *reader = model->reader;

    put_size(out, model);
    put_losses(out, model);
    put_losses_of_tasks(out, model);
    fprintf(out, "%s\n", source_of(model));
    if (reader->unknown)
        fprintf(out,
                M("%" PRIu64 " events are of kinds this version does not "
                  "know; it passes over them.\n",
                  "%" PRIu64 " eventos son de tipos que esta versión no "
                  "conoce; los pasa por alto.\n"),
                reader->unknown);
    if (model->anomalies)
        fprintf(out,
                model->anomalies == 1
                    ? M("%" PRIu64 " event does not fit what came before "
                        "it.\n",
                        "%" PRIu64 " evento no concuerda con lo que lo "
                        "precede.\n")
                    : M("%" PRIu64 " events do not fit what came before "
                        "them.\n",
                        "%" PRIu64 " eventos no concuerdan con lo que los "
                        "precede.\n"),
                model->anomalies);
}

// ---- State ------------------------------------------------------------------

static void put_task(FILE *out, const struct model *model, uint32_t task,
                     uint64_t now)
{
    char line[LINE];

    put(out, "  ", phrase_task(model, task, now, line, sizeof line));
}

static void put_object(FILE *out, const struct model *model,
                       const struct model_object *o, uint64_t now)
{
    char line[LINE];

    if (*phrase_object(model, o, now, 0, line, sizeof line))
        put(out, "  ", line);
}

static void put_objects(FILE *out, const struct model *model,
                        enum trace_meaning meaning, uint64_t now,
                        const char *title)
{
    bool is_first = true;

    for (size_t i = 0; i < model->object_count; i++) {
        if (model->objects[i].meaning != meaning ||
            !model_exists(model, &model->objects[i]))
            continue;
        if (is_first)
            fprintf(out, "%s\n", title);
        is_first = false;
        put_object(out, model, &model->objects[i], now);
    }
}

static void put_batons(FILE *out, const struct model *model,
                       const struct batons *batons)
{
    char line[LINE];

    for (size_t i = 0; i < batons->count; i++)
        put(out, "", phrase_baton(model, &batons->all[i], line, sizeof line));
}

// What each process has now: what came and went in all says little.
static void put_heaps(FILE *out, const struct model *model,
                      const struct blocks *blocks)
{
    char line[LINE];
    bool is_first = true;

    for (size_t i = 0; i < model->object_count; i++) {
        const struct model_object *o = &model->objects[i];

        if (o->meaning != TRACE_MEMORY)
            continue;
        if (is_first)
            fprintf(out, "%s\n", M("Memory:", "Memoria:"));
        is_first = false;
        put(out, "  ",
            heap_words(blocks, o->pid, model->position, line, sizeof line));
    }
}

void plain_state(FILE *out, const struct model *model,
                 const struct batons *batons, const struct blocks *blocks,
                 uint64_t now)
{
    char when[NAME], line[LINE];

    snprintf(line, sizeof line,
             M("At %s (event %zu of %zu):", "Momento: %s (evento %zu de %zu):"),
             say_time(model, now, when, sizeof when), model->position,
             model->reader->count);
    put(out, "", line);
    for (uint32_t i = 1; i < model->task_count; i++)
        if (reader_entry(model->reader, i))
            put_task(out, model, i, now);
    put_batons(out, model, batons);
    put_objects(out, model, TRACE_LOCK, now, M("Locks:", "Cerrojos:"));
    put_objects(out, model, TRACE_SEMAPHORE, now,
                M("Semaphores:", "Semáforos:"));
    put_objects(out, model, TRACE_PIPE, now, M("Pipes:", "Tuberías:"));
    put_objects(out, model, TRACE_QUEUE, now, M("Queues:", "Colas:"));
    put_objects(out, model, TRACE_STREAM, now, M("Output:", "Salida:"));
    put_objects(out, model, TRACE_NAME, now, M("Counters:", "Contadores:"));
    put_heaps(out, model, blocks);
}

// ---- For a terminal ---------------------------------------------------------

// What follows a break stands two columns further in than the line.
static void put_broken(FILE *out, const char *line, size_t length, int columns)
{
    char hang[16 + 1];
    size_t indent = 0;

    while (indent < length && line[indent] == ' ' && indent < sizeof hang - 3)
        indent++;
    snprintf(hang, sizeof hang, "%*s", (int)indent + 2, "");
    wrap_line(out, line, length, columns, hang);
}

void plain_break(FILE *out, const char *lines, int columns)
{
    while (*lines) {
        size_t length = strcspn(lines, "\n");

        put_broken(out, lines, length, columns);
        lines += length + (lines[length] == '\n');
    }
}
