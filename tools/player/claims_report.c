// claims_report.c - the claims and their verdicts, for people and for programs
#include <ctype.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "runtime/message.h"
#include "runtime/must.h"
#include "tools/course/terminal.h"
#include "tools/course/units.h"
#include "tools/course/wrap.h"
#include "tools/player/claims_report.h"

// ---- Its parts --------------------------------------------------------------

// The words of a body on one line.
static char *sentence_of(const struct item *claim)
{
    char *text = MUST(strdup(claim->body)), *to = text;

    for (const char *from = text; *from; from++) {
        bool blank = isspace((unsigned char)*from);

        if (!blank)
            *to++ = *from;
        else if (to > text && to[-1] != ' ')
            *to++ = ' ';
    }
    while (to > text && to[-1] == ' ')
        to--;
    *to = '\0';
    return text;
}

// "NAME = 3, OTHER = ?"
static char *facts_of(const struct finding *finding)
{
    char *text;
    size_t size;
    FILE *out = MUST(open_memstream(&text, &size));

    for (size_t i = 0; i < finding->fact_count; i++) {
        const struct fact_value *fact = &finding->facts[i];

        fprintf(out, "%s%s = ", i ? ", " : "", fact->name);
        if (fact->run)
            fprintf(out, "%lld", fact->value);
        else
            fputc('?', out);
    }
    fclose(out);
    return text;
}

static char *repeat_of(const struct tested *tested)
{
    char *text;

    MUST(asprintf(&text, "./telar lesson %.2s --step %s", tested->home->name,
                  tested->step->id));
    return text;
}

// ---- Text -------------------------------------------------------------------

enum { LEFT = 19 }; // columns before the words of a claim

// Prints text behind LEFT columns, of which the first line is printed already.
static void put_words(const char *words)
{
    char *bound = units_bind(words), *lines;
    int room = terminal_width() - 1 - LEFT;
    size_t size;
    FILE *out = MUST(open_memstream(&lines, &size));

    wrap_rooms(out, bound, room, LEFT, room);
    fclose(out);
    units_print(stdout, lines, size);
    free(lines);
    free(bound);
}

static void put_line(enum meaning meaning, const char *text)
{
    printf("%*s%s", LEFT, "", style(meaning));
    put_words(text);
    fputs(style(PLAIN_TEXT), stdout);
}

static void put_verdict(enum verdict verdict)
{
    static const enum meaning meanings[] = {GOOD, WARNING, BAD, QUIET};
    const char *words = verdict_words(verdict);

    printf("  %s%s%s%*s", style(meanings[verdict]), words, style(PLAIN_TEXT),
           LEFT - 2 - wrap_columns(words, strlen(words)), "");
}

// "true: 8, undecided here: 2"
static void put_counts(const struct tested *tested)
{
    char *text;
    size_t size;
    const char *comma = "";
    FILE *out = MUST(open_memstream(&text, &size));

    if (claims_flipped(tested))
        fputs(M("IT FLIPPED. ", "CAMBIÓ DE VEREDICTO. "), out);
    for (int i = 0; i < VERDICTS; i++) {
        if (tested->counts[i] == 0)
            continue;
        fprintf(out, "%s%s: %d", comma, verdict_words((enum verdict)i),
                tested->counts[i]);
        comma = ", ";
    }
    fclose(out);
    put_line(claims_flipped(tested) ? BAD : QUIET, text);
    free(text);
}

static void put_finding(const struct tested *tested, enum verdict verdict)
{
    const struct finding *finding = &tested->found[verdict];
    char *facts = facts_of(finding);

    if (finding->figure)
        put_line(STRONG, finding->figure);
    if (finding->reason)
        put_line(WARNING, finding->reason);
    put_line(QUIET, facts);
    free(facts);
}

static void put_other_findings(const struct tested *tested)
{
    for (int i = 0; i < VERDICTS; i++) {
        if (tested->counts[i] == 0 || i == (int)claims_verdict(tested))
            continue;
        put_verdict((enum verdict)i);
        put_words(M("in other runs:", "en otras vueltas:"));
        put_finding(tested, (enum verdict)i);
    }
}

static void put_claim(const struct tested *tested, int rounds)
{
    char *sentence = sentence_of(tested->claim), *repeat = repeat_of(tested);
    char *text;

    MUST(asprintf(&text, "%s (%s)", sentence, claim_source(tested->claim)));
    put_verdict(claims_verdict(tested));
    put_words(text);
    put_finding(tested, claims_verdict(tested));
    if (rounds > 1) {
        put_counts(tested);
        put_other_findings(tested);
    }
    put_line(QUIET, repeat);
    putchar('\n');
    free(text);
    free(sentence);
    free(repeat);
}

static void put_totals(const struct claims *claims)
{
    size_t totals[VERDICTS] = {0}, flipped = 0;

    for (size_t i = 0; i < claims->count; i++) {
        totals[claims_verdict(&claims->list[i])]++;
        flipped += claims_flipped(&claims->list[i]);
    }
    printf(M("Here and now: true: %zu, partly: %zu, false: %zu, "
             "undecided: %zu (claims: %zu",
             "Aquí y ahora: ciertas: %zu, en parte: %zu, falsas: "
             "%zu, sin decidir: %zu (afirmaciones: %zu"),
           totals[CLAIM_TRUE], totals[CLAIM_PARTLY], totals[CLAIM_FALSE],
           totals[CLAIM_UNDECIDED], claims->count);
    if (claims->rounds > 1)
        printf(M("; runs: %d; flipped: %zu", "; vueltas: %d; cambiaron: %zu"),
               claims->rounds, flipped);
    puts(")");
}

void claims_print_text(const struct claims *claims)
{
    const struct claims_lesson *home = NULL;

    for (size_t i = 0; i < claims->count; i++) {
        const struct tested *tested = &claims->list[i];

        if (tested->home != home)
            printf("%s%s%s\n\n", style(TITLE),
                   tested->home->lesson.steps[0].title, style(PLAIN_TEXT));
        home = tested->home;
        put_claim(tested, claims->rounds);
    }
    put_totals(claims);
}

// ---- JSON -------------------------------------------------------------------

static json_t *json_facts(const struct finding *finding)
{
    json_t *facts = MUST(json_object());

    for (size_t i = 0; i < finding->fact_count; i++) {
        const struct fact_value *fact = &finding->facts[i];

        json_object_set_new(facts, fact->name,
                            fact->run ? json_integer(fact->value)
                                      : json_null());
    }
    return facts;
}

static json_t *json_counts(const struct tested *tested)
{
    json_t *counts = MUST(json_object());

    for (int i = 0; i < VERDICTS; i++)
        json_object_set_new(counts, verdict_key((enum verdict)i),
                            json_integer(tested->counts[i]));
    return counts;
}

static json_t *json_claim(const struct tested *tested)
{
    enum verdict verdict = claims_verdict(tested);
    const struct finding *finding = &tested->found[verdict];
    char *sentence = sentence_of(tested->claim), *repeat = repeat_of(tested);
    json_t *claim = MUST(json_pack(
        "{s:s, s:s, s:s, s:s, s:s, s:s, s:o, s:b, s:o, s:s?, s:s?, s:s}",
        "lesson", tested->home->name, "step", tested->step->id, "id",
        item_value(tested->claim, "id"), "source",
        item_value(tested->claim, "source"), "sentence", sentence, "verdict",
        verdict_key(verdict), "counts", json_counts(tested), "flipped",
        claims_flipped(tested), "facts", json_facts(finding), "figure",
        finding->figure, "reason", finding->reason, "repeat", repeat));

    free(sentence);
    free(repeat);
    return claim;
}

void claims_print_json(const struct claims *claims)
{
    json_t *list = MUST(json_array()), *report;

    for (size_t i = 0; i < claims->count; i++)
        json_array_append_new(list, json_claim(&claims->list[i]));
    report = MUST(json_pack("{s:i, s:i, s:o}", "version", 1, "runs",
                            claims->rounds, "claims", list));
    json_dumpf(report, stdout, JSON_INDENT(2));
    putchar('\n');
    json_decref(report);
}

// ---- CSV --------------------------------------------------------------------

static void put_field(const char *text, char after)
{
    putchar('"');
    for (; text && *text; text++) {
        if (*text == '"')
            putchar('"');
        putchar(*text);
    }
    printf("\"%c", after);
}

static void put_row(const struct tested *tested)
{
    enum verdict verdict = claims_verdict(tested);
    const struct finding *finding = &tested->found[verdict];
    char *sentence = sentence_of(tested->claim), *facts = facts_of(finding);
    char *repeat = repeat_of(tested);

    printf("%s,%s,%s,", tested->home->name, tested->step->id,
           item_value(tested->claim, "id"));
    put_field(item_value(tested->claim, "source"), ',');
    put_field(sentence, ',');
    printf("%s,", verdict_key(verdict));
    for (int i = 0; i < VERDICTS; i++)
        printf("%d,", tested->counts[i]);
    put_field(facts, ',');
    put_field(finding->figure, ',');
    put_field(finding->reason, ',');
    put_field(repeat, '\n');
    free(sentence);
    free(facts);
    free(repeat);
}

void claims_print_csv(const struct claims *claims)
{
    puts("lesson,step,id,source,sentence,verdict,true,partly,false,undecided,"
         "facts,figure,reason,repeat");
    for (size_t i = 0; i < claims->count; i++)
        put_row(&claims->list[i]);
}
