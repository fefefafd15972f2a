// plain.c - header and state of a trace in words
#include <inttypes.h>
#include <stdarg.h>
#include <string.h>
#include <sys/wait.h>

#include "runtime/message.h"
#include "tools/course/terminal.h"
#include "tools/trace/state.h"
#include "tools/trace/words.h"
#include "viz/plain.h"

enum { NAME = 300, LINE = 4096 };

// One line that grows; what does not fit is left out.
struct line {
    char text[LINE];
    size_t used;
};

static void add(struct line *line, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

static void add(struct line *line, const char *format, ...)
{
    va_list arguments;
    int length;

    va_start(arguments, format);
    length = vsnprintf(line->text + line->used, LINE - line->used, format,
                       arguments);
    va_end(arguments);
    if (length > 0)
        line->used += (size_t)length;
    if (line->used >= LINE)
        line->used = LINE - 1;
}

static void put(FILE *out, struct line *line)
{
    print_printable(out, line->text, line->used);
    fputc('\n', out);
    line->used = 0;
}

static void add_task(struct line *line, const struct model *model,
                     uint32_t task)
{
    char name[NAME];

    add(line, "%s", model_task_label(model, task, name, sizeof name));
}

// since the beginning of the trace
static void add_time(struct line *line, const struct model *model,
                     uint64_t time)
{
    uint64_t start = model->reader->header.start;
    char text[64];

    add(line, "%s",
        words_time(model, time > start ? time - start : 0, text, sizeof text));
}

static void add_since(struct line *line, const struct model *model,
                      const char *word, uint64_t time)
{
    add(line, "%s", word);
    add_time(line, model, time);
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
    struct line line = {.used = 0};

    add(&line, M("Trace %s: %zu %s, ", "Traza %s: %zu %s, "), reader->path,
        reader->count,
        reader->count == 1 ? M("event", "evento") : M("events", "eventos"));
    if (reader->count == 0)
        add(&line, "%s", M("no time", "ningún tiempo"));
    else
        add_time(&line, model, reader_event(reader, reader->count - 1)->time);
    add(&line, ", %u %s.", tasks,
        tasks == 1 ? M("task", "tarea") : M("tasks", "tareas"));
    put(out, &line);
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
        struct line line = {.used = 0};

        if (!entry || entry->lost == 0)
            continue;
        add(&line, "  ");
        add_task(&line, model, i);
        add(&line, M(" lost %" PRIu64, " perdió %" PRIu64),
            (uint64_t)entry->lost);
        put(out, &line);
    }
}

static const char *source_of(const struct model *model)
{
    switch (model->source) {
    case TRACE_SOURCE_PERF:
        return M("Scheduling: as the kernel saw it (perf).",
                 "Planificación: como la vio el núcleo (perf).");
    case TRACE_SOURCE_FALLBACK:
        return M("Scheduling: deduced from what surrounds blocking calls; a "
                 "task that runs may be waiting for a CPU.",
                 "Planificación: deducida de lo que rodea a las llamadas que "
                 "bloquean; una tarea en ejecución puede estar esperando una "
                 "CPU.");
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
                M("%" PRIu64 " events do not fit what came before them.\n",
                  "%" PRIu64 " eventos no concuerdan con lo que los "
                  "precede.\n"),
                model->anomalies);
}

// ---- Tasks ------------------------------------------------------------------

static const char *waiting_word(uint32_t kind)
{
    switch (kind) {
    case TRACE_WAIT_REQUEST:
    case TRACE_JOIN_REQUEST:
        return M("waits for the end of", "espera el fin de");
    case TRACE_PIPE_WRITE_REQUEST:
        return M("waits to write into", "espera para escribir en");
    case TRACE_PIPE_READ_REQUEST:
        return M("waits to read from", "espera para leer de");
    case TRACE_IO_REQUEST:
        return M("waits for input or output on", "espera entrada o salida en");
    case TRACE_PUT_REQUEST:
        return M("waits to put into", "espera para poner en");
    case TRACE_GET_REQUEST:
        return M("waits to take from", "espera para sacar de");
    case TRACE_BLOCK_BEGIN:
        return M("is blocked in", "está bloqueada en");
    default:
        return M("waits for", "espera");
    }
}

static void add_awaited(struct line *line, const struct model *model,
                        uint32_t task)
{
    const struct trace_state *state = &model->tasks[task];
    const struct trace_record request = {.object = state->object,
                                         .last = (uint64_t)state->waits << 32};
    char name[NAME];

    words_object(model, task, &request, name, sizeof name);
    if (!*name && state->waits == TRACE_WAIT_REQUEST)
        snprintf(name, sizeof name, "%s", M("a child", "un hijo"));
    if (!*name)
        snprintf(name, sizeof name, "%s", M("something", "algo"));
    add(line, "%s %s", waiting_word(state->waits), name);
}

static void add_exit(struct line *line, int status)
{
    if (WIFSIGNALED(status))
        add(line, M("was killed by signal %d", "murió por la señal %d"),
            WTERMSIG(status));
    else
        add(line, M("ended with status %d", "terminó con estado %d"),
            WEXITSTATUS(status));
}

static void add_doing(struct line *line, const struct model *model,
                      uint32_t task)
{
    const struct trace_state *state = &model->tasks[task];

    switch (model_doing(model, task)) {
    case MODEL_UNKNOWN:
        add(line, "%s",
            M("is not known here (lost or overwritten)",
              "no se conoce aquí (perdida o sobrescrita)"));
        return;
    case MODEL_NOT_BORN:
        add(line, "%s", M("has not begun", "no ha empezado"));
        return;
    case MODEL_READY:
        add(line, "%s", M("is ready, without a CPU", "está lista, sin CPU"));
        return;
    case MODEL_RUNNING:
        add(line, "%s", M("runs", "está en ejecución"));
        if (state->cpu == TRACE_CPU_ON)
            add(line, M(" on CPU %u", " en la CPU %u"), state->cpu_number);
        return;
    case MODEL_SLEEPING:
        add(line, "%s", M("sleeps", "duerme"));
        return;
    case MODEL_EXITED:
        add_exit(line, state->status);
        return;
    case MODEL_BLOCKED:
        break;
    }
    if (state->waits)
        add_awaited(line, model, task);
    else
        add(line, "%s",
            M("is blocked, nobody says on what",
              "está bloqueada, nadie dice en qué"));
}

static void add_next_in_blame(struct line *line, const struct model *model,
                              uint32_t task, uint32_t blocker, bool closes)
{
    bool is_lock = model_awaited(model, task) == TRACE_LOCK;

    add(line, "; ");
    if (lang_is_spanish && is_lock)
        add(line, "lo tiene ");
    add_task(line, model, blocker);
    if (!is_lock)
        add(line, "%s", M(" has not ended", " no ha terminado"));
    else if (!lang_is_spanish)
        add(line, " owns it");
    if (closes)
        return;
    add(line, "%s", is_lock ? M(", which ", ", que ") : M(" and ", " y "));
    add_doing(line, model, blocker);
}

// "waits for m1 since 3.2 ms; A owns it, which waits for m2; B owns it:
// deadlock"
static void add_blame(struct line *line, const struct model *model,
                      uint32_t task)
{
    struct model_blame blame;

    model_blame(model, task, &blame);
    for (int i = 1; i < blame.count; i++)
        add_next_in_blame(line, model, blame.tasks[i - 1], blame.tasks[i],
                          false);
    if (blame.is_deadlock) {
        add_next_in_blame(line, model, blame.tasks[blame.count - 1],
                          blame.tasks[blame.cycle], true);
        add(line, "%s", M(": deadlock", ": interbloqueo"));
    }
    if (blame.is_longer)
        add(line, "; ...");
}

static void put_task(FILE *out, const struct model *model, uint32_t task)
{
    enum model_doing doing = model_doing(model, task);
    uint32_t place = model->tasks[task].place;
    struct line line = {.used = 0};

    add(&line, "  ");
    add_task(&line, model, task);
    add(&line, " ");
    add_doing(&line, model, task);
    if (doing != MODEL_UNKNOWN && doing != MODEL_NOT_BORN)
        add_since(&line, model,
                  doing == MODEL_EXITED ? M(" at ", " en ")
                                        : M(" since ", " desde "),
                  model_since(model, task));
    if (doing == MODEL_BLOCKED)
        add_blame(&line, model, task);
    if (place && doing != MODEL_EXITED)
        add(&line, "  @ %s", reader_name(model->reader, place));
    put(out, &line);
}

// ---- Objects ----------------------------------------------------------------

static bool waits_for(const struct model *model, uint32_t task,
                      const struct model_object *o)
{
    const struct trace_state *state = &model->tasks[task];

    return model_awaited(model, task) == o->meaning && state->object == o->id &&
           model_object(model, task, o->meaning, o->id) == o;
}

static void add_waiters(struct line *line, const struct model *model,
                        const struct model_object *o)
{
    int count = 0;

    for (uint32_t i = 1; i < model->task_count; i++)
        if (waits_for(model, i, o)) {
            add(line, "%s", count++ ? ", " : M("; waiting: ", "; en espera: "));
            add_task(line, model, i);
        }
}

static void add_lock(struct line *line, const struct model *model,
                     const struct model_object *o)
{
    if (o->owner) {
        if (lang_is_spanish)
            add(line, "lo tiene ");
        add_task(line, model, o->owner);
        if (!lang_is_spanish)
            add(line, " owns it");
        add_since(line, model, M(" since ", " desde "), o->since);
    } else if (o->sharers) {
        add(line, M("%u read under it", "%u leen con él"), o->sharers);
    } else {
        add(line, "%s", M("free", "libre"));
    }
}

static void add_fill(struct line *line, const struct model_object *o,
                     const char *unit)
{
    if (o->capacity)
        add(line,
            M("%" PRId64 " of %" PRIu64 " %s in it",
              "contiene %" PRId64 " de %" PRIu64 " %s"),
            o->value, o->capacity, unit);
    else
        add(line, M("%" PRId64 " %s in it", "contiene %" PRId64 " %s"),
            o->value, unit);
    add(line,
        M("; %" PRIu64 " went in, %" PRIu64 " came out",
          "; entraron %" PRIu64 ", salieron %" PRIu64),
        o->in, o->out);
    if (o->closed)
        add(line, "%s",
            o->closed == 1
                ? M("; reading end closed", "; extremo de lectura cerrado")
            : o->closed == 2
                ? M("; writing end closed", "; extremo de escritura cerrado")
                : M("; both ends closed", "; ambos extremos cerrados"));
}

static bool add_object(struct line *line, const struct model *model,
                       const struct model_object *o)
{
    switch (o->meaning) {
    case TRACE_LOCK:
        add_lock(line, model, o);
        return true;
    case TRACE_PIPE:
        add_fill(line, o, "bytes");
        return true;
    case TRACE_QUEUE:
        add_fill(line, o, M("items", "elementos"));
        return true;
    case TRACE_SEMAPHORE:
    case TRACE_NAME:
        add(line, "%" PRId64, o->value);
        return true;
    case TRACE_STREAM:
        add(line,
            M("%" PRIu64 " bytes in %" PRId64 " writes",
              "%" PRIu64 " bytes en %" PRId64 " escrituras"),
            o->in, o->value);
        return true;
    case TRACE_MEMORY:
        add(line,
            M("%" PRId64 " bytes allocated; %" PRIu64 " blocks came, "
              "%" PRIu64 " went",
              "%" PRId64 " bytes reservados; llegaron %" PRIu64
              " bloques, se fueron %" PRIu64),
            o->value, o->in, o->out);
        return true;
    default:
        return false;
    }
}

static void add_object_name(struct line *line, const struct model *model,
                            const struct model_object *o)
{
    char name[NAME];

    if (o->meaning == TRACE_MEMORY)
        add(line, M("heap of process %u", "montón del proceso %u"), o->pid);
    else if (o->meaning == TRACE_STREAM && o->id == 1)
        add(line, "stdout");
    else if (o->meaning == TRACE_STREAM && o->id == 2)
        add(line, "stderr");
    else
        add(line, "%s", model_label(model, o, name, sizeof name));
}

static void put_object(FILE *out, const struct model *model,
                       const struct model_object *o)
{
    struct line line = {.used = 0};

    add(&line, "  ");
    add_object_name(&line, model, o);
    add(&line, ": ");
    if (!add_object(&line, model, o))
        return;
    add_waiters(&line, model, o);
    put(out, &line);
}

static void put_objects(FILE *out, const struct model *model,
                        enum trace_meaning meaning, const char *title)
{
    bool is_first = true;

    for (size_t i = 0; i < model->object_count; i++) {
        if (model->objects[i].meaning != meaning)
            continue;
        if (is_first)
            fprintf(out, "%s\n", title);
        is_first = false;
        put_object(out, model, &model->objects[i]);
    }
}

void plain_state(FILE *out, const struct model *model)
{
    struct line line = {.used = 0};

    add(&line, "%s", M("At ", "Momento: "));
    add_time(&line, model, model->time);
    add(&line, M(" (event %zu of %zu):", " (evento %zu de %zu):"),
        model->position, model->reader->count);
    put(out, &line);
    for (uint32_t i = 1; i < model->task_count; i++)
        if (reader_entry(model->reader, i))
            put_task(out, model, i);
    put_objects(out, model, TRACE_LOCK, M("Locks:", "Cerrojos:"));
    put_objects(out, model, TRACE_SEMAPHORE, M("Semaphores:", "Semáforos:"));
    put_objects(out, model, TRACE_PIPE, M("Pipes:", "Tuberías:"));
    put_objects(out, model, TRACE_QUEUE, M("Queues:", "Colas:"));
    put_objects(out, model, TRACE_STREAM, M("Output:", "Salida:"));
    put_objects(out, model, TRACE_NAME, M("Counters:", "Contadores:"));
    put_objects(out, model, TRACE_MEMORY, M("Memory:", "Memoria:"));
}
