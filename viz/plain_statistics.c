// plain_statistics.c - what is wrong, and who did what how long, in words
#include <inttypes.h>
#include <string.h>

#include "runtime/message.h"
#include "tools/course/terminal.h"
#include "tools/trace/together.h"
#include "tools/trace/words.h"
#include "viz/plain.h"

enum { NAME = 300, LINE = 1024 };

static void put(FILE *out, const char *line)
{
    fputs("  ", out);
    print_printable(out, line, strlen(line));
    fputc('\n', out);
}

// ---- What is wrong ----------------------------------------------------------

void plain_findings(FILE *out, const struct model *model,
                    const struct findings *findings)
{
    bool is_step = model->reader->header.clock == TRACE_STEPS, is_first = true;
    char words[LINE], when[NAME], line[LINE + NAME];

    for (size_t i = 0; i < findings->count; i++) {
        const struct finding *finding = &findings->all[i];

        if (finding->event >= model->position)
            continue;
        if (is_first)
            fputs(M("What is wrong:\n", "Lo que está mal:\n"), out);
        is_first = false;
        words_time(model, finding->begin - model->reader->header.start, when,
                   sizeof when);
        findings_words(model, finding, words, sizeof words);
        snprintf(line, sizeof line, M("from %s%s on: %s", "desde %s%s: %s"),
                 lang_is_spanish && is_step ? "el " : "", when, words);
        put(out, line);
    }
    if (is_first)
        fputs(M("Nothing wrong was found.\n", "No se encontró nada malo.\n"),
              out);
}

// ---- Who did what how long --------------------------------------------------

static size_t add_share(char *line, size_t used, const char *words,
                        uint64_t share, uint64_t lived)
{
    uint64_t tenths = (share * 1000 + lived / 2) / lived;

    if (share == 0)
        return used;
    return used +
           (size_t)snprintf(line + used, LINE - used,
                            M("%s %" PRIu64 ".%u %%", "%s %" PRIu64 ",%u %%"),
                            words, tenths / 10, (unsigned)(tenths % 10));
}

static size_t add_shares(char *line, size_t used,
                         const uint64_t shares[MODEL_DOINGS], bool cpu_is_known)
{
    const struct {
        enum model_doing doing;
        const char *words;
    } parts[] = {
        {MODEL_RUNNING, cpu_is_known ? M(" running", " en ejecución")
                                     : M(" not waiting", " sin esperar")},
        {MODEL_READY, M(" ready without a CPU", " lista sin CPU")},
        {MODEL_BLOCKED, M(" blocked", " bloqueada")},
        {MODEL_SLEEPING, M(" sleeping", " durmiendo")},
        {MODEL_UNKNOWN, M(" not known", " no se sabe")},
    };
    enum { PARTS = sizeof parts / sizeof *parts };
    uint64_t lived = 0;
    size_t begin = used;

    for (int i = 0; i < PARTS; i++)
        lived += shares[parts[i].doing];
    for (int i = 0; i < PARTS && lived > 0; i++) {
        if (shares[parts[i].doing] && used > begin)
            line[used++] = ',';
        used = add_share(line, used, parts[i].words, shares[parts[i].doing],
                         lived);
    }
    line[used] = '\0';
    return used;
}

static char *say_duration(const struct model *model, uint64_t time, char *text,
                          size_t size)
{
    if (model->reader->header.clock != TRACE_STEPS)
        return words_time(model, time, text, size);
    snprintf(text, size,
             time == 1 ? M("%" PRIu64 " step", "%" PRIu64 " paso")
                       : M("%" PRIu64 " steps", "%" PRIu64 " pasos"),
             time);
    return text;
}

static void add_longest(char *line, size_t used, const struct model *model,
                        const struct lanes *lanes, const struct lane *lane)
{
    const struct span *span = &lane->spans[lane->longest];
    char time[64], what[NAME] = "";

    if (lane->longest == 0)
        return;
    say_duration(model, lanes_end(lanes, lane, lane->longest) - span->begin,
                 time, sizeof time);
    if (span->object)
        model_label(model, &model->objects[span->object - 1], what,
                    sizeof what);
    snprintf(
        line + used, LINE - used,
        *what ? M("; longest wait %s, for %s", "; espera más larga: %s, por %s")
              : M("; longest wait %s", "; espera más larga: %s"),
        time, what);
}

// Where the trace says who had a CPU: for how long, and how long two at once.
static void put_together(FILE *out, const struct model *model,
                         const struct lanes *lanes)
{
    struct together together;
    char one[64], two[64], line[LINE];

    if (model->source == 0 || !together_of(lanes, &together) ||
        together.one == 0)
        return;
    say_duration(model, together.one, one, sizeof one);
    say_duration(model, together.two, two, sizeof two);
    snprintf(line, sizeof line,
             M("all: on a CPU for %s, two or more at once for %s",
               "todas: en CPU %s, dos o más a la vez %s"),
             one, two);
    put(out, line);
}

void plain_statistics(FILE *out, const struct model *model,
                      const struct lanes *lanes)
{
    uint64_t shares[MODEL_DOINGS];
    char line[LINE], name[NAME];

    fputs(M("Of the whole time:\n", "Del tiempo total:\n"), out);
    for (uint32_t i = 1; i < lanes->count; i++) {
        const struct lane *lane = &lanes->lanes[i];
        size_t used;

        if (!reader_entry(model->reader, i))
            continue;
        lanes_shares(lanes, lane, lanes->begin, lanes->end, shares);
        used = (size_t)snprintf(line, sizeof line, "%.200s:",
                                model_task_label(model, i, name, sizeof name));
        used = add_shares(line, used, shares, model->source != 0);
        add_longest(line, used, model, lanes, lane);
        put(out, line);
    }
    put_together(out, model, lanes);
}
