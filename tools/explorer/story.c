// story.c - an exploration on a terminal, so that a person understands it
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "runtime/message.h"
#include "runtime/must.h"
#include "tools/course/keep.h"
#include "tools/course/terminal.h"
#include "tools/course/units.h"
#include "tools/course/wrap.h"
#include "tools/explorer/story.h"
#include "tools/explorer/tell.h"

enum {
    COLUMN_LEAST = 15,  // narrower columns than that are no help
    COLUMNS_KEPT = 4,   // for those who have done nothing yet
    STRETCH_LIMIT = 14, // rows of one thread in a stretch that are all shown
    STRETCH_KEPT = 4,   // at its beginning and at its end, when it is longer
    ROW_LIMIT = 150,    // the last ones are shown
    WIDTH_MOST = 160
};

struct page {
    FILE *out;
    const struct exploration *result;
    struct rows rows;
    int width, place_width;
    int column_of[128];        // by task; -1: it has none
    int task_of[128];          // by column
    int columns, column_width; // column_width 0: no columns, a list
    int tasks; // if so few that each gets a column: how many; else 0
};

// ---- Text in columns --------------------------------------------------------

static int width_of(const char *text)
{
    return wrap_columns(text, strlen(text));
}

static void pad(FILE *out, int width)
{
    fprintf(out, "%*s", width > 0 ? width : 0, "");
}

// Text in lines of width characters, all but the first after indent spaces.
static void print_wrapped(FILE *out, const char *text, int width, int indent)
{
    wrap_rooms(out, text, width, indent, width);
}

static void print_paragraph(const struct page *page, const char *text,
                            int indent)
{
    pad(page->out, indent);
    print_wrapped(page->out, text, page->width - indent, indent);
}

// ---- The head ---------------------------------------------------------------

static const char *verdict_words(const struct exploration *result)
{
    switch (result->verdict) {
    case PROVED:
        return M("PROVED: it fails in no schedule",
                 "PROBADO: no falla en ningún plan");
    case SAMPLED:
        return result->replay.position
                   ? M("nothing fails in this schedule",
                       "nada falla en este plan")
                   : M("SAMPLED: no schedule that was tried fails; not all "
                       "were",
                       "MUESTREADO: no falla ningún plan de los probados; no "
                       "se probaron todos");
    case FAILED:
        break;
    }
    return NULL;
}

void story_verdict(const struct exploration *result, char *text, size_t size)
{
    const char *words = verdict_words(result);

    if (words)
        snprintf(text, size, "%s", words);
    else
        tell_message(result->names, &result->replay, text, size);
}

static enum meaning meaning_of(enum verdict verdict)
{
    return verdict == PROVED ? GOOD : verdict == SAMPLED ? WARNING : BAD;
}

static void print_head(const struct page *page, const char *name)
{
    const struct exploration *result = page->result;
    char text[1000], line[1300];

    story_verdict(result, text, sizeof text);
    snprintf(line, sizeof line, "%s: %s%s", name,
             result->verdict == FAILED ? M("FAILED: ", "FALLA: ") : "", text);
    fputs(style(meaning_of(result->verdict)), page->out);
    print_wrapped(page->out, line, page->width, 2);
    fputs(style(PLAIN_TEXT), page->out);
}

// ---- Source -----------------------------------------------------------------

static void print_line(const struct page *page, const char *path, int line)
{
    char *text = keep_read(path, 16 << 20, NULL), *at = text;

    for (int n = 1; at && n < line; n++)
        at = (at = strchr(at, '\n')) ? at + 1 : NULL;
    if (at) {
        at += strspn(at, " \t");
        fputs("      ", page->out);
        fputs(style(STRONG), page->out);
        print_printable(page->out, at, strcspn(at, "\r\n"));
        fputs(style(PLAIN_TEXT), page->out);
        fputc('\n', page->out);
    }
    free(text);
}

static void print_source(const struct page *page, uint64_t pc, int task)
{
    struct place place;
    char who[40];

    if (!names_place(page->result->names, pc, &place))
        return;
    tell_task(task, who, sizeof who);
    fprintf(page->out, "  %s:%d", place.file, place.line);
    if (place.function)
        fprintf(page->out, M(", in %s", ", en %s"), place.function);
    fprintf(page->out, " (%s)\n", who);
    print_line(page, place.path, place.line);
}

static void print_waiting_sources(const struct page *page)
{
    const struct replay *replay = &page->result->replay;

    for (size_t i = 0; i < replay->task_count; i++)
        if (tell_waits(&replay->tasks[i]))
            print_source(page, replay->tasks[i].pc, (int)i);
}

static void print_sources(const struct page *page)
{
    const struct told_failure *failure = &page->result->replay.failure;

    fputc('\n', page->out);
    if (tell_all_wait(&page->result->replay)) {
        print_waiting_sources(page);
        return;
    }
    if (failure->other_pc)
        print_source(page, failure->other_pc,
                     failure->other < 0 ? failure->task : failure->other);
    print_source(page, failure->pc, failure->task);
}

// ---- Rows -------------------------------------------------------------------

// All in one file: the number of the line says enough.
static void shorten_places(struct page *page)
{
    const char *first = NULL;
    size_t length = 0;

    for (size_t i = 0; i < page->rows.count; i++) {
        const char *place = page->rows.rows[i].place;

        if (*place && !first) {
            first = place;
            length = (size_t)(strrchr(place, ':') - place) + 1;
        }
        if (*place && strncmp(place, first, length) != 0)
            return;
    }
    for (size_t i = 0; i < page->rows.count; i++) {
        char *place = page->rows.rows[i].place;

        if (*place)
            memmove(place, place + length, strlen(place + length) + 1);
    }
}

static void find_columns(struct page *page)
{
    int room;

    for (int t = 0; t < 128; t++)
        page->column_of[t] = -1;
    shorten_places(page);
    page->place_width = width_of(M("line", "línea"));
    for (size_t i = 0; i < page->rows.count; i++) {
        int task = page->rows.rows[i].task & 127;
        int place = width_of(page->rows.rows[i].place);

        page->column_of[task] = 0;
        page->place_width =
            place > page->place_width ? place : page->place_width;
    }
    for (int t = 0; t < page->tasks && page->tasks <= COLUMNS_KEPT; t++)
        page->column_of[t] = 0;
    for (int t = 0; t < 128; t++)
        if (page->column_of[t] == 0) {
            page->task_of[page->columns] = t;
            page->column_of[t] = page->columns++;
        }
    room = page->width - 8 - page->place_width - 2;
    page->column_width = page->columns ? room / page->columns : 0;
    if (page->column_width < COLUMN_LEAST)
        page->column_width = 0;
}

static void print_column_heads(const struct page *page)
{
    char text[120];

    fprintf(page->out, "\n%s  %4s  %s", style(TITLE), M("step", "paso"),
            M("line", "línea"));
    pad(page->out, page->place_width + 2 - width_of(M("line", "línea")));
    for (int c = 0; page->column_width && c < page->columns; c++) {
        size_t bytes;

        tell_thread(page->result->names, &page->result->replay,
                    page->task_of[c], text, sizeof text);
        bytes = wrap_fit_words(text, page->column_width - 1);
        fwrite(text, 1, bytes, page->out);
        if (c + 1 < page->columns)
            pad(page->out, page->column_width - wrap_columns(text, bytes));
    }
    fprintf(page->out, "%s\n", style(PLAIN_TEXT));
}

static const char *mark_of(const struct row *row)
{
    if (row->is_fatal)
        return terminal.ascii ? ">" : "►";
    return row->is_party ? terminal.ascii ? "*" : "●" : " ";
}

static void print_row(const struct page *page, const struct row *row)
{
    int column = page->column_of[row->task & 127];
    int indent = 8 + page->place_width + 2;
    int shift = page->column_width * column;
    char who[40];

    fputs(row->is_fatal || row->is_party ? style(BAD) : "", page->out);
    fprintf(page->out, "%s ", mark_of(row));
    if (row->number)
        fprintf(page->out, "%4llu  ", (unsigned long long)row->number);
    else
        fputs("      ", page->out);
    fputs(row->place, page->out);
    pad(page->out, page->place_width + 2 - width_of(row->place));
    if (page->column_width) {
        pad(page->out, shift);
        print_wrapped(page->out, row->text, page->column_width - 1,
                      indent + shift);
    } else {
        tell_task(row->task, who, sizeof who);
        fprintf(page->out, "%s: ", who);
        print_wrapped(page->out, row->text,
                      page->width - indent - width_of(who) - 2, indent + 4);
    }
    fputs(row->is_fatal || row->is_party ? style(PLAIN_TEXT) : "", page->out);
}

static void print_folded(const struct page *page, const struct row *first,
                         size_t count)
{
    char who[40];

    tell_of_task(first->task, who, sizeof who);
    fprintf(page->out, "%s", style(QUIET));
    pad(page->out, 8);
    fprintf(page->out,
            M("... %zu more steps %s, without interruption\n",
              "... %zu pasos más %s, sin interrupción\n"),
            count, who);
    fprintf(page->out, "%s", style(PLAIN_TEXT));
}

static bool is_marked(const struct row *row)
{
    return row->is_fatal || row->is_party;
}

// How many rows from i on are of one task, and unmarked.
static size_t stretch(const struct rows *rows, size_t i)
{
    size_t end = i;

    while (end < rows->count && rows->rows[end].task == rows->rows[i].task &&
           !is_marked(&rows->rows[end]))
        end++;
    return end - i;
}

static size_t print_stretch(const struct page *page, size_t i)
{
    const struct row *rows = page->rows.rows;
    size_t length = stretch(&page->rows, i);

    if (length == 0) {
        print_row(page, &rows[i]);
        return 1;
    }
    for (size_t k = 0; k < length; k++) {
        if (length > STRETCH_LIMIT && k == STRETCH_KEPT) {
            print_folded(page, &rows[i + k], length - 2 * STRETCH_KEPT);
            k = length - STRETCH_KEPT;
        }
        print_row(page, &rows[i + k]);
    }
    return length;
}

// How many stretches are shown is limited: what comes last matters most.
static size_t first_shown(const struct rows *rows)
{
    size_t shown = 0, begin = rows->count;

    while (begin > 0 && shown < ROW_LIMIT) {
        size_t length = 1;

        begin--;
        while (begin > 0 &&
               rows->rows[begin - 1].task == rows->rows[begin].task)
            begin--, length++;
        shown += length > STRETCH_LIMIT ? 2 * STRETCH_KEPT + 1 : length;
    }
    return begin;
}

static void print_rows(const struct page *page)
{
    size_t i = first_shown(&page->rows);

    print_column_heads(page);
    if (i > 0)
        fprintf(page->out,
                M("        ... %zu earlier steps (--trace FILE keeps all)\n",
                  "        ... %zu pasos anteriores (--trace ARCHIVO los "
                  "guarda)\n"),
                i);
    while (i < page->rows.count)
        i += print_stretch(page, i);
}

void story_columns(FILE *out, const struct exploration *result,
                   const struct rows *rows, size_t first)
{
    struct page page = {.out = out, .result = result, .rows = *rows};

    page.width = terminal_width() > WIDTH_MOST ? WIDTH_MOST : terminal_width();
    page.tasks = (int)result->replay.task_count;
    find_columns(&page);
    print_column_heads(&page);
    for (size_t i = first; i < rows->count; i++)
        print_row(&page, &rows->rows[i]);
}

// ---- What is left at the end ------------------------------------------------

static void print_objects(const struct page *page)
{
    const struct replay *replay = &page->result->replay;
    bool first = true;
    char text[600];

    for (size_t i = 0; i < replay->object_count; i++) {
        if (!tell_object(page->result->names, &replay->objects[i], text,
                         sizeof text))
            continue;
        if (first)
            fprintf(page->out, "\n%s\n", M("At the end:", "Al final:"));
        first = false;
        print_paragraph(page, text, 2);
    }
}

static void print_consequence(const struct page *page)
{
    const struct exploration *result = page->result;

    if (result->kind != DATA_RACE || result->consequence == NO_FAILURE)
        return;
    fprintf(page->out,
            M("\nWhat can come of it: %s. To see it:\n"
              "  --replay '%s'\n",
              "\nLo que puede causar: %s. Para verlo:\n"
              "  --replay '%s'\n"),
            kind_name(result->consequence), result->consequence_schedule);
}

static void print_next(const struct page *page,
                       const struct story_command *command)
{
    const struct exploration *result = page->result;

    fprintf(page->out,
            M("\nAgain:   ./telar explore %s --replay '%s'%s\n"
              "See it:  ./telar explore %s --view --replay '%s'%s\n"
              "By hand: ./telar play %s --schedule '%s'%s\n",
              "\nOtra vez: ./telar explore %s --replay '%s'%s\n"
              "Verlo:    ./telar explore %s --view --replay '%s'%s\n"
              "A mano:   ./telar play %s --schedule '%s'%s\n"),
            command->before, result->schedule, command->arguments,
            command->before, result->schedule, command->arguments,
            command->before, result->schedule, command->arguments);
}

static void print_preemptions(const struct page *page)
{
    const struct exploration *result = page->result;

    if (!result->schedule || strcmp(result->strategy, "replay") == 0)
        return;
    fprintf(page->out,
            result->fewest
                ? M("  preemptions: %d (no schedule with fewer fails so)\n",
                    "  expropiaciones: %d (con menos no falla así)\n")
                : M("  preemptions: %d\n", "  expropiaciones: %d\n"),
            result->preemptions);
}

// ---- What was looked at -----------------------------------------------------

static void print_efforts(const struct page *page)
{
    const struct exploration *result = page->result;

    for (size_t i = 0; i < result->effort_count; i++) {
        const struct effort *effort = &result->efforts[i];
        char delays[60] = "";

        if (effort->delays >= 0)
            snprintf(delays, sizeof delays, M(", delays %d", ", retrasos %d"),
                     effort->delays);
        fprintf(page->out, "  %s%s: %llu%s\n", effort->strategy, delays,
                (unsigned long long)effort->executions,
                effort->exhausted ? M(" (all)", " (todas)") : "");
    }
}

// Nobody asks as long as it is 0 always.
static void print_statuses(const struct page *page)
{
    const struct exploration *result = page->result;
    const char *between = M("  exit status:", "  estado de salida:");

    if (result->status_count == 0 ||
        (result->status_count == 1 && result->statuses[0].status == 0))
        return;
    for (size_t i = 0; i < result->status_count; i++) {
        fprintf(page->out, "%s %d (x %llu)", between,
                result->statuses[i].status,
                (unsigned long long)result->statuses[i].count);
        between = ",";
    }
    fputc('\n', page->out);
}

static void print_list(const struct page *page, const char *head,
                       const struct wordlist *list)
{
    if (list->count)
        fprintf(page->out, "%s\n", head);
    for (size_t i = 0; i < list->count; i++) {
        fputs("  - ", page->out);
        print_wrapped(page->out, list->words[i], page->width - 4, 4);
    }
}

static void print_search(const struct page *page)
{
    const struct exploration *result = page->result;
    char seconds[32];

    if (strcmp(result->strategy, "replay") == 0)
        return;
    fprintf(page->out, "\n%llu %s, ", (unsigned long long)result->executions,
            result->executions == 1 ? M("execution", "ejecución")
                                    : M("executions", "ejecuciones"));
    fprintf(page->out,
            M("%llu failing, in %s s; points: %s\n",
              "%llu con falla, en %s s; puntos: %s\n"),
            (unsigned long long)result->failing,
            units_decimal(result->seconds, 2, seconds),
            points_word(result->points));
    if (result->verdict == PROVED)
        print_paragraph(page,
                        M("every order that could make a difference was tried",
                          "se probó todo orden que podría hacer diferencia"),
                        2);
    if (result->first_failure)
        fprintf(page->out,
                M("  the first that failed: number %llu\n",
                  "  la primera que falló: la número %llu\n"),
                (unsigned long long)result->first_failure);
    print_preemptions(page);
    print_efforts(page);
    print_statuses(page);
    if (result->interrupted)
        fputs(M("  interrupted\n", "  interrumpido\n"), page->out);
    print_list(page, M("It is not proved because:", "No está probado porque:"),
               &result->doubts);
    print_list(page, M("Within these bounds:", "Dentro de estos límites:"),
               &result->bounds);
}

static bool has_story(const struct exploration *result)
{
    return result->replay.position != NULL;
}

static void print_story(struct page *page, const struct story_command *command)
{
    const struct exploration *result = page->result;

    tell_prepare(result->names, &result->replay);
    page->rows = story_rows(result->names, &result->replay);
    find_columns(page);
    print_head(page, command->name);
    if (result->verdict == FAILED)
        print_sources(page);
    print_rows(page);
    if (result->verdict == FAILED) {
        print_objects(page);
        print_consequence(page);
    }
    print_search(page);
    if (result->verdict == FAILED)
        print_next(page, command);
    story_rows_free(&page->rows);
}

void story_print(FILE *out, const struct exploration *result,
                 const struct story_command *command)
{
    struct page page = {.out = out, .result = result};

    page.width = terminal_width() > WIDTH_MOST ? WIDTH_MOST : terminal_width();
    if (has_story(result)) {
        print_story(&page, command);
    } else {
        print_head(&page, command->name);
        print_search(&page);
    }
}
