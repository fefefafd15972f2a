// chart_waits.c - how long waits took, for each thing that was waited for
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "runtime/message.h"
#include "runtime/must.h"
#include "viz/chart_draft.h"
#include "viz/waits.h"

// Of more waits, so many at equal distances in their order are drawn; in
// letters nobody sees more of them.
enum { SERIES_MOST = 6, SAMPLE_MOST = 800, SAMPLE_IN_LETTERS = 100 };

struct sample { // the lengths of the waits for one target that ended
    uint32_t target;
    uint64_t total; // of all waits for it
    uint64_t *lengths;
    size_t count, room;
};

struct samples {
    struct sample all[SERIES_MOST]; // the largest total first
    int count;
    uint64_t to;
};

// ---- Which ones -------------------------------------------------------------

static void consider(struct samples *samples, uint32_t target, uint64_t total)
{
    int at = samples->count;

    while (at > 0 && samples->all[at - 1].total < total) {
        if (at < SERIES_MOST)
            samples->all[at] = samples->all[at - 1];
        at--;
    }
    if (at == SERIES_MOST)
        return;
    samples->all[at] = (struct sample){.target = target, .total = total};
    samples->count += samples->count < SERIES_MOST;
}

// Returns how many targets there are in all; *open gets the waits that go on.
static size_t choose(struct samples *samples, const struct waited *sums,
                     uint32_t targets, uint64_t *open)
{
    size_t count = 0;

    *open = 0;
    for (uint32_t i = 0; i < targets; i++) {
        *open += sums[i].open;
        if (sums[i].count == sums[i].open)
            continue;
        consider(samples, i, sums[i].total);
        count++;
    }
    return count;
}

// ---- How long ---------------------------------------------------------------

static void add(void *context, const struct wait *wait)
{
    struct samples *samples = context;
    struct sample *sample = samples->all;
    int i = 0;

    while (i < samples->count && sample->target != wait->target)
        sample = &samples->all[++i];
    if (i == samples->count || !wait->ended || wait->end > samples->to)
        return;
    if (sample->count == sample->room) {
        sample->room = 2 * sample->room + 64;
        sample->lengths = MUST(
            realloc(sample->lengths, sample->room * sizeof *sample->lengths));
    }
    sample->lengths[sample->count++] = wait->end - wait->begin;
}

static int compare(const void *a, const void *b)
{
    uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;

    return (x > y) - (x < y);
}

static void print_sample(const struct drafting *draft,
                         const struct sample *sample, int number, double unit)
{
    size_t most = draft->asked->slices > 0 ? SAMPLE_IN_LETTERS : SAMPLE_MOST;
    size_t shown = sample->count < most ? sample->count : most;

    for (size_t i = 0; i < shown; i++) {
        size_t at = shown > 1 ? i * (sample->count - 1) / (shown - 1) : 0;

        fprintf(draft->rows, "w%d,%d,%.12g,%.9g\n", number, number,
                (double)sample->lengths[at] / unit,
                100.0 * (double)(at + 1) / (double)sample->count);
    }
}

// ---- The header -------------------------------------------------------------

static const char script[] =
    "\n"
    "set logscale x\n"
    "set format x '%g'\n"
    "x_words = label_wait\n"
    "set yrange [0:100]\n"
    "set ytics 25\n"
    "y_words = label_share\n" DRAFT_KEY
    "wait(i) = strcol(1) eq word(series, i) ? column(col_wait) : NaN\n"
    "last = ''\n"
    "is_first(key) = (was = last, last = key, was ne key)\n"
    "\n"
    "plot for [i=1:words(series)] raw using (wait(i)):(column(col_share)) \\\n"
    "        with steps lt i title key_name(name(i)), \\\n"
    "    for [i=1:words(series)] raw \\\n"
    "        using (is_first(strcol(1)) ? wait(i) : NaN) \\\n"
    "            :(column(col_share)) with impulses lt i notitle, \\\n"
    "    for [i=1:words(series)] raw \\\n"
    "        using (wait(i) + 0 * raw_row(i)):(column(col_share)) \\\n"
    "        with points lt i ps 0.7 lc rgb faint(i) notitle, \\\n"
    "    for [i=1:words(series)] summary \\\n"
    "        using (column(4) + 0 * row(i, 'wait')):(50):5:6 \\\n"
    "        with xerrorbars lt i notitle\n";

struct tale { // of the one that was waited for longest in all
    const struct sample *first;
    struct draft_unit unit, longest;
    size_t targets; // how many were waited for
    uint64_t open;  // waits that go on
};

// What the title says behind its figures, in both languages.
static void say_more(const struct tale *tale, char english[120],
                     char spanish[120])
{
    int used[2] = {0, 0};

    *english = *spanish = '\0';
    if (tale->open) {
        used[0] = snprintf(english, 120, "; %" PRIu64 " %s", tale->open,
                           tale->open == 1 ? "goes on" : "go on");
        used[1] = snprintf(spanish, 120, "; %s %" PRIu64,
                           tale->open == 1 ? "sigue" : "siguen", tale->open);
    }
    if (tale->targets <= SERIES_MOST)
        return;
    snprintf(english + used[0], 120 - (size_t)used[0],
             " (of %zu, {drawn} are drawn)", tale->targets);
    snprintf(spanish + used[1], 120 - (size_t)used[1],
             " (de %zu se dibujan {drawn})", tale->targets);
}

static void write_title(struct drafting *draft, const struct tale *tale)
{
    char label[300], name[DRAFT_NAME_SIZE], english[512], spanish[512];
    char more[120], mas[120];
    bool is_one = tale->first->count == 1;

    waits_label(draft->stage, tale->first->target, label, sizeof label);
    draft_name(name, label);
    say_more(tale, more, mas);
    snprintf(english, sizeof english,
             is_one ? "%s: 1 wait, of {median:wait:w1:1} %s%s"
                    : "%s: {waits} waits, median {median:wait:w1:1} %s, "
                      "longest {longest/longest_unit} %s%s",
             name, tale->unit.english, is_one ? more : tale->longest.english,
             more);
    snprintf(spanish, sizeof spanish,
             is_one ? "%s: 1 espera, de {median:wait:w1:1} %s%s"
                    : "%s: {waits} esperas, mediana {median:wait:w1:1} %s, la "
                      "mayor {longest/longest_unit} %s%s",
             name, tale->unit.spanish, is_one ? mas : tale->longest.spanish,
             mas);
    draft_text(draft, "title", english, spanish);
}

static void write_facts(struct drafting *draft, const struct tale *tale,
                        int drawn)
{
    const struct sample *first = tale->first;

    draft_fact(draft, "waits", first->count);
    draft_fact(draft, "longest", first->lengths[first->count - 1]);
    draft_fact(draft, "longest_unit", (uint64_t)tale->longest.size);
    draft_fact(draft, "drawn", (uint64_t)drawn);
}

static void write_measures(struct drafting *draft, struct draft_unit unit)
{
    char english[80], spanish[80];

    draft_text(draft, "x", "what was waited for", "lo que se esperó");
    snprintf(english, sizeof english, "length of a wait (%s)", unit.english);
    snprintf(spanish, sizeof spanish, "duración de una espera (%s)",
             unit.spanish);
    draft_text(draft, "wait", english, spanish);
    draft_text(draft, "share", "% of its waits that took at most this",
               "% de sus esperas, hasta esa duración");
}

static void write_all(struct drafting *draft, const struct samples *samples,
                      struct tale *tale)
{
    const struct sample *first = tale->first;
    char key[16], label[300];

    tale->unit = draft_unit(draft->stage, first->lengths[first->count / 2]);
    tale->longest = draft_unit(draft->stage, first->lengths[first->count - 1]);
    write_title(draft, tale);
    write_measures(draft, tale->unit);
    fputs("series,x,wait,share\n", draft->rows);
    for (int i = 0; i < samples->count; i++) {
        snprintf(key, sizeof key, "w%d", i + 1);
        waits_label(draft->stage, samples->all[i].target, label, sizeof label);
        draft_series(draft, key, label);
        print_sample(draft, &samples->all[i], i + 1, tale->unit.size);
    }
    write_facts(draft, tale, samples->count);
    fputs(script, draft->script);
}

// ---- The chart --------------------------------------------------------------

static bool say_none(struct drafting *draft, uint64_t open)
{
    char text[200];

    if (open == 0)
        return draft_nothing(draft, M("nobody waited in this stretch",
                                      "en este tramo nadie esperó"));
    snprintf(
        text, sizeof text,
        open == 1
            ? M("no wait ended in this stretch; %" PRIu64 " goes on",
                "en este tramo no terminó ninguna espera; sigue %" PRIu64)
            : M("no wait ended in this stretch; %" PRIu64 " go on",
                "en este tramo no terminó ninguna espera; siguen %" PRIu64),
        open);
    return draft_nothing(draft, text);
}

bool draft_waits(struct drafting *draft)
{
    const struct chart_asked *asked = draft->asked;
    struct waited *sums =
        MUST(waits_sums(draft->stage, asked->from, asked->to));
    struct samples samples = {.to = asked->to};
    struct tale tale = {.first = &samples.all[0]};

    tale.targets =
        choose(&samples, sums, waits_targets(draft->stage), &tale.open);
    free(sums);
    if (samples.count == 0)
        return say_none(draft, tale.open);
    waits_walk(draft->stage, asked->from, asked->to, add, &samples);
    for (int i = 0; i < samples.count; i++)
        qsort(samples.all[i].lengths, samples.all[i].count, sizeof(uint64_t),
              compare);
    write_all(draft, &samples, &tale);
    for (int i = 0; i < samples.count; i++)
        free(samples.all[i].lengths);
    return true;
}
