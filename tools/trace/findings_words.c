// findings_words.c - what is wrong in a trace, in sentences of both languages
#include <inttypes.h>
#include <stdio.h>

#include "runtime/message.h"
#include "tools/trace/findings.h"
#include "tools/trace/words.h"

static const char *object_words(const struct model *model,
                                const struct finding *finding, char *text,
                                size_t size)
{
    if (!finding->object)
        return "";
    return model_label(model, &model->objects[finding->object - 1], text, size);
}

// "A waits for m2, which B has; B waits for m1, which A has"
static void circle_words(const struct model *model,
                         const struct finding *finding, char *text, size_t size)
{
    uint64_t count =
        finding->count < FINDING_CIRCLE ? finding->count : FINDING_CIRCLE;
    size_t used =
        (size_t)snprintf(text, size, "%s", M("deadlock: ", "interbloqueo: "));

    for (uint64_t i = 0; i < count && used < size; i++) {
        const struct finding_wait *wait = &finding->circle[i];
        uint64_t next = (i + 1) % finding->count;
        char who[120], other[120] = "...", what[120];

        model_task_label(model, wait->task, who, sizeof who);
        if (next < FINDING_CIRCLE)
            model_task_label(model, finding->circle[next].task, other,
                             sizeof other);
        if (wait->object)
            used += (size_t)snprintf(
                text + used, size - used,
                M("%s%s waits for %s, which %s has",
                  "%s%s espera a %s, que tiene %s"),
                i ? "; " : "", who,
                model_label(model, &model->objects[wait->object - 1], what,
                            sizeof what),
                other);
        else
            used += (size_t)snprintf(
                text + used, size - used,
                M("%s%s waits for the end of %s", "%s%s espera el fin de %s"),
                i ? "; " : "", who, other);
    }
    if (finding->count > FINDING_CIRCLE && used < size)
        snprintf(text + used, size - used, "; ...");
}

static void hunger_words(const struct model *model,
                         const struct finding *finding, const char *who,
                         char *text, size_t size)
{
    char time[40];

    words_duration(model, finding->end - finding->begin, time, sizeof time);
    if (finding->count > 1)
        snprintf(text, size,
                 M("starvation: %" PRIu64 " tasks were ready for long and got "
                   "no CPU, most of all %s: %s",
                   "inanición: %" PRIu64 " tareas estuvieron listas mucho "
                   "tiempo sin recibir CPU; la que más, %s: %s"),
                 finding->count, who, time);
    else
        snprintf(
            text, size,
            M("starvation: %s was ready for %s and got no CPU",
              "inanición: %s pasó %s sin recibir CPU, aunque podía seguir"),
            who, time);
}

static void starvation_words(const struct model *model,
                             const struct finding *finding, const char *who,
                             const char *what, char *text, size_t size)
{
    if (finding->object)
        snprintf(text, size,
                 M("starvation: %s waited for %s while others took it again "
                   "and again",
                   "inanición: %s esperó a %s mientras otros lo tomaban una y "
                   "otra vez"),
                 who, what);
    else
        hunger_words(model, finding, who, text, size);
}

static void greed_words(const struct model *model,
                        const struct finding *finding, const char *who,
                        const char *name, char *text, size_t size)
{
    char time[40], what[320];
    bool has_name =
        finding->object &&
        *model_given_name(model, &model->objects[finding->object - 1]);

    snprintf(what, sizeof what, "%s%s", // without one it is "coroutine 1"
             has_name ? M("coroutine ", "corrutina ") : "", name);
    words_duration(model, finding->end - finding->begin, time, sizeof time);
    if (finding->count > 1)
        snprintf(text, size,
                 M("%s does not yield: it kept thread %s %" PRIu64 " times",
                   "la %s no cede: retuvo el hilo %s %" PRIu64 " veces"),
                 what, who, finding->count);
    else
        snprintf(text, size,
                 M("%s does not yield: it kept thread %s for %s",
                   "la %s no cede: retuvo el hilo %s durante %s"),
                 what, who, time);
}

static void failure_words(const struct model *model,
                          const struct finding *finding, char *text,
                          size_t size)
{
    words_object(model, finding->task,
                 reader_event(model->reader, finding->event), text, size);
    if (*text == '\0') // there was no room for the name
        snprintf(text, size, "%s",
                 M("the explorer found a failure",
                   "el explorador encontró un fallo"));
}

char *findings_words(const struct model *model, const struct finding *finding,
                     char *text, size_t size)
{
    char who[300], what[300];

    model_task_label(model, finding->task, who, sizeof who);
    object_words(model, finding, what, sizeof what);
    switch (finding->kind) {
    case FINDING_DEADLOCK:
        circle_words(model, finding, text, size);
        break;
    case FINDING_LOST_WAKEUP:
        snprintf(text, size,
                 finding->was_never_sent
                     ? M("lost wakeup: nobody is left to signal %s, for which "
                         "%s waits",
                         "despertar perdido: ya nadie puede señalar %s, que %s "
                         "espera")
                     : M("lost wakeup: %s was signalled before %s waited",
                         "despertar perdido: %s se señaló antes de que %s la "
                         "esperara"),
                 what, who);
        break;
    case FINDING_STARVATION:
        starvation_words(model, finding, who, what, text, size);
        break;
    case FINDING_CONVOY:
        snprintf(
            text, size,
            M("convoy: %" PRIu64 " takes of %s in a row, always with a queue",
              "convoy: %" PRIu64 " tomas seguidas de %s, siempre con cola"),
            finding->count, what);
        break;
    case FINDING_QUEUE_FULL:
        snprintf(text, size,
                 M("queue full: %s, %" PRIu64 " times in all",
                   "cola llena: %s, %" PRIu64 " veces en total"),
                 what, finding->count);
        break;
    case FINDING_GREEDY_COROUTINE:
        greed_words(model, finding, who, what, text, size);
        break;
    case FINDING_FAILURE:
        failure_words(model, finding, text, size);
        break;
    default:
        snprintf(text, size,
                 M("%" PRIu64 " events are not in the trace",
                   "%" PRIu64 " eventos no están en la traza"),
                 finding->count);
    }
    return text;
}
