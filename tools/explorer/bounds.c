// bounds.c - within which limits a verdict holds, in sentences
#include <stdio.h>
#include <string.h>

#include "runtime/message.h"
#include "tools/explorer/bounds.h"

static void add_once(struct wordlist *list, const char *sentence)
{
    for (size_t i = 0; i < list->count; i++)
        if (strcmp(list->words[i], sentence) == 0)
            return;
    wordlist_add(list, sentence);
}

// " (f.c:12)", or nothing.
static const char *at(struct exploration *result, uint64_t pc)
{
    static char text[300];
    struct place place;

    if (!names_place(result->names, pc, &place))
        return "";
    snprintf(text, sizeof text, " (%s:%d)", place.file, place.line);
    return text;
}

// ---- What the engine met ----------------------------------------------------

struct sentence {
    char text[500];
    bool is_doubt;
};

static void say_budget(struct sentence *sentence, const struct plan *plan,
                       const char *name)
{
    if (strcmp(name, "spurious") == 0)
        snprintf(sentence->text, sizeof sentence->text,
                 plan->spurious == 1
                     ? M("at most %d wakeup without a signal in an execution "
                         "(--spurious)",
                         "a lo sumo %d despertar sin señal por ejecución "
                         "(--spurious)")
                     : M("at most %d wakeups without a signal in an execution "
                         "(--spurious)",
                         "a lo sumo %d despertares sin señal por ejecución "
                         "(--spurious)"),
                 plan->spurious);
    else
        snprintf(sentence->text, sizeof sentence->text,
                 plan->expiries == 1
                     ? M("at most %d time limit that expires early in an "
                         "execution (--expiries)",
                         "a lo sumo %d plazo que vence antes por ejecución "
                         "(--expiries)")
                     : M("at most %d time limits that expire early in an "
                         "execution (--expiries)",
                         "a lo sumo %d plazos que vencen antes por ejecución "
                         "(--expiries)"),
                 plan->expiries);
}

// Why it is not proved.
static const char *doubt_sentence(const char *name)
{
    if (strcmp(name, "unknown") == 0)
        return M("a value that may be any was one of 0, 1 and 2",
                 "un valor que puede ser cualquiera fue uno de 0, 1 y 2");
    if (strcmp(name, "threads") == 0)
        return M("who created one thread more than the explorer has room for "
                 "went no further",
                 "quien creó un hilo más de los que caben en el explorador no "
                 "siguió");
    if (strcmp(name, "signals") == 0)
        return M("signals come at any moment: what their handlers do then was "
                 "not explored",
                 "las señales llegan en cualquier momento: no se exploró lo "
                 "que sus manejadores hacen entonces");
    if (strcmp(name, "alone") == 0)
        return M("it ended with a status that is not 0 before it created a "
                 "thread: it may want arguments (-- ARG...)",
                 "terminó con un estado que no es 0 antes de crear un hilo: "
                 "tal vez pida argumentos (-- ARG...)");
    if (strcmp(name, "sections") == 0)
        return M("locks were used within what nobody interrupts: not every "
                 "order of these was tried",
                 "se usaron cerrojos dentro de lo que nadie interrumpe: no se "
                 "probaron todos sus órdenes");
    return NULL;
}

static const char *simple_sentence(const char *name)
{
    if (strcmp(name, "random") == 0)
        return M("rand() gave one sequence of numbers (--seed)",
                 "rand() dio una sola secuencia de números (--seed)");
    if (strcmp(name, "clock") == 0)
        return M("time is virtual: sleeping and clocks order nothing",
                 "el tiempo es virtual: dormir y los relojes no ordenan nada");
    if (strcmp(name, "input") == 0)
        return M("the program asked for input; there was none",
                 "el programa pidió entrada; no hubo");
    if (strcmp(name, "heap") == 0)
        return M("an allocation failed at a limit of the explorer",
                 "una reserva de memoria falló por un límite del explorador");
    if (strcmp(name, "output") == 0)
        return M("a part of the output was not kept",
                 "no se guardó toda la salida");
    return NULL;
}

static void say(struct sentence *sentence, struct exploration *result,
                const struct plan *plan, const struct bound *bound)
{
    const char *doubt = doubt_sentence(bound->name);
    const char *simple = doubt ? doubt : simple_sentence(bound->name);

    sentence->is_doubt = doubt != NULL;
    if (strcmp(bound->name, "steps") == 0) {
        sentence->is_doubt = true;
        snprintf(sentence->text, sizeof sentence->text,
                 M("executions were cut off after %d steps%s (--steps)",
                   "hubo ejecuciones cortadas a los %d pasos%s (--steps)"),
                 plan->steps, at(result, bound->pc));
    } else if (strcmp(bound->name, "spurious") == 0 ||
               strcmp(bound->name, "expiries") == 0) {
        say_budget(sentence, plan, bound->name);
    } else {
        snprintf(sentence->text, sizeof sentence->text, "%s%s",
                 simple ? simple : bound->name, at(result, bound->pc));
    }
}

static void take_weak(struct exploration *result, uint64_t pc)
{
    char text[500];

    snprintf(text, sizeof text,
             M("an atomic operation weaker than memory_order_seq_cst%s was run "
               "as seq_cst: orders that only weak memory has were not seen",
               "una operación atómica más débil que memory_order_seq_cst%s se "
               "ejecutó como seq_cst: no se vieron los órdenes que solo la "
               "memoria débil permite"),
             at(result, pc));
    add_once(&result->doubts, text);
}

static void take_options(struct exploration *result, const struct plan *plan)
{
    char text[300];

    if (plan->preemptions >= 0) {
        snprintf(text, sizeof text,
                 plan->preemptions == 1
                     ? M("at most %d preemption in an execution "
                         "(--preemptions)",
                         "a lo sumo %d expropiación por ejecución "
                         "(--preemptions)")
                     : M("at most %d preemptions in an execution "
                         "(--preemptions)",
                         "a lo sumo %d expropiaciones por ejecución "
                         "(--preemptions)"),
                 plan->preemptions);
        add_once(&result->bounds, text);
    }
    if (plan->check) {
        snprintf(text, sizeof text,
                 M("only these were looked for: %s (--check)",
                   "solo se buscó esto: %s (--check)"),
                 plan->check);
        add_once(&result->bounds, text);
    }
}

void bounds_take(struct exploration *result, const struct plan *plan,
                 const struct search_report *report)
{
    struct sentence sentence;

    take_options(result, plan);
    for (size_t i = 0; i < report->bound_count; i++) {
        say(&sentence, result, plan, &report->bounds[i]);
        add_once(sentence.is_doubt ? &result->doubts : &result->bounds,
                 sentence.text);
    }
    for (size_t i = 0; i < report->weak_count; i++)
        take_weak(result, report->weak[i]);
}

void bounds_unfinished(struct exploration *result)
{
    add_once(&result->doubts,
             M("the engine did not end in time and was stopped",
               "el motor no terminó a tiempo y fue detenido"));
}
