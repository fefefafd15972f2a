// ladder.c - a result as a student reads it
#include <stdlib.h>
#include <string.h>

#include "runtime/message.h"
#include "runtime/must.h"
#include "tools/course/terminal.h"
#include "tools/course/wrap.h"
#include "tools/grader/ladder.h"

enum { EXPLAINED = 2, TITLE_COLUMNS = 62 };

// ---- Text -------------------------------------------------------------------

static void print_words(FILE *out, const char *text, size_t size, int indent)
{
    char hang[16], *shown;
    size_t shown_size;
    FILE *line = MUST(open_memstream(&shown, &shown_size));

    snprintf(hang, sizeof hang, "%*s", indent, "");
    fputs(hang, line);
    print_printable(line, text, size);
    fclose(line);
    wrap_line(out, shown, shown_size, terminal.width_columns, hang);
    free(shown);
}

void ladder_text(FILE *out, const char *text, int indent)
{
    while (*text) {
        size_t size = strcspn(text, "\n");

        if (*text == ' ') {
            fprintf(out, "%*s", indent, "");
            print_printable(out, text, size);
            fputc('\n', out);
        } else {
            print_words(out, text, size, indent);
        }
        text += size;
        text += *text == '\n';
    }
}

// What a tool said, line by line as it said it.
static void print_lines(FILE *out, const char *text, int most)
{
    for (int i = 0; i < most && *text; i++) {
        size_t size = strcspn(text, "\n");

        fputs("    ", out);
        print_printable(out, text, size);
        fputc('\n', out);
        text += size;
        text += *text == '\n';
    }
    if (*text)
        fputs("    ...\n", out);
}

// ---- The ladder -------------------------------------------------------------

static const char *level_name(int level)
{
    switch (level) {
    case 0:
        return M("basic", "básico");
    case 1:
        return M("intermediate", "intermedio");
    default:
        return M("advanced", "avanzado");
    }
}

static const char *mark_of(enum verdict verdict)
{
    static const char *const plain[] = {"[--]", "[ok]", "[no]", "[??]"};
    static const char *const signs[] = {"·", "✔", "✘", "?"};

    return terminal.plain || terminal.ascii ? plain[verdict] : signs[verdict];
}

static enum meaning meaning_of(enum verdict verdict)
{
    static const enum meaning meanings[] = {QUIET, GOOD, BAD, WARNING};

    return meanings[verdict];
}

static void print_rung(FILE *out, const struct result *result, int promise)
{
    const struct brief_promise *row = &result->brief->promises[promise];
    enum verdict verdict = result->findings[promise].verdict;
    const char *title = M(row->english, row->spanish);
    int room = TITLE_COLUMNS - wrap_columns(title, strlen(title));

    fprintf(out, "    %s%s%s %s%*s", style(meaning_of(verdict)),
            mark_of(verdict), style(PLAIN_TEXT), title, room > 1 ? room : 1,
            "");
    if (verdict == KEPT)
        fprintf(out, "%3d\n", row->points);
    else
        fprintf(out, "%s%3d/%d%s\n", style(QUIET), 0, row->points,
                style(PLAIN_TEXT));
}

static void print_level(FILE *out, const struct result *result, int level)
{
    if (result->level_points[level] == 0)
        return;
    fprintf(out, "  %s%s%s %s%d/%d%s\n", style(STRONG), level_name(level),
            style(PLAIN_TEXT), style(QUIET), result->level_earned[level],
            result->level_points[level], style(PLAIN_TEXT));
    for (int i = 0; i < result->brief->promise_count; i++)
        if (result->brief->promises[i].level == level &&
            result_wants(result, i))
            print_rung(out, result, i);
}

// ---- What is broken ---------------------------------------------------------

static void print_reading(FILE *out, const struct result *result, int promise)
{
    const struct brief_promise *row = &result->brief->promises[promise];
    bool both = row->man && row->step;

    if (!row->man && !row->step)
        return;
    fputs(M("    read:   ", "    lee:       "), out);
    if (row->man)
        fprintf(out, "man %s", row->man);
    if (row->step)
        fprintf(out, "%s./telar lesson %.2s --step %s", both ? ", " : "",
                result->brief->lab, row->step);
    fputc('\n', out);
}

static void explain(FILE *out, const struct result *result, int promise)
{
    const struct brief_promise *row = &result->brief->promises[promise];
    char *replay = result_replay(result, promise);

    fprintf(out, "\n  %s%s%s %s %s(%s)%s\n", style(BAD), mark_of(BROKEN),
            style(PLAIN_TEXT), M(row->english, row->spanish), style(QUIET),
            row->name, style(PLAIN_TEXT));
    if (result->findings[promise].message)
        ladder_text(out, result->findings[promise].message, 4);
    fprintf(out, M("    replay: %s\n", "    repítelo:  %s\n"), replay);
    print_reading(out, result, promise);
    free(replay);
}

static void explain_first(FILE *out, const struct result *result)
{
    int explained = 0, broken = 0;

    for (int i = 0; i < result->brief->promise_count; i++) {
        if (result->findings[i].verdict != BROKEN)
            continue;
        broken++;
        if (explained < EXPLAINED) {
            explain(out, result, i);
            explained++;
        }
    }
    if (broken == explained)
        return;
    fprintf(out, "\n  %s", style(QUIET));
    fprintf(out,
            M("and %d more; begin with the first", "y %d más; empieza por la "
                                                   "primera"),
            broken - explained);
    fprintf(out, "%s\n", style(PLAIN_TEXT));
}

// ---- All of it --------------------------------------------------------------

static void print_trouble(FILE *out, const struct result *result)
{
    switch (result->status) {
    case NO_COMPILE:
        fprintf(out, "  %s%s%s\n", style(BAD),
                M("It does not compile. The compiler says:",
                  "No compila. El compilador dice:"),
                style(PLAIN_TEXT));
        print_lines(out, result->text, 24);
        break;
    case NO_FILE:
        fprintf(out, "  %s%s%s\n", style(BAD),
                M("There is nothing to try:", "No hay qué probar:"),
                style(PLAIN_TEXT));
        ladder_text(out, result->text, 4);
        break;
    default:
        fprintf(out, "  %s%s%s\n", style(WARNING),
                M("The grader could not judge this lab (it is not your fault):",
                  "El calificador no pudo juzgar este laboratorio (no es culpa "
                  "tuya):"),
                style(PLAIN_TEXT));
        print_lines(out, result->text ? result->text : "", 24);
    }
}

static void print_warnings(FILE *out, const struct result *result)
{
    if (!result->warnings || !*result->warnings)
        return;
    fprintf(out, "\n  %s%s%s\n", style(WARNING),
            M("The compiler warns:", "El compilador advierte:"),
            style(PLAIN_TEXT));
    print_lines(out, result->warnings, 12);
}

static void print_next(FILE *out, const struct result *result)
{
    bool all = result->status == GRADED && result->earned == result->points;

    fprintf(out, "\n  %s", style(all ? GOOD : STRONG));
    fprintf(out, M("%d of %d points", "%d de %d puntos"), result->earned,
            result->points);
    fputs(style(PLAIN_TEXT), out);
    if (all)
        fputs(M(". Well done.\n", ". Bien hecho.\n"), out);
    else if (result->status == GRADER_ERROR)
        fputs(M("; ./telar doctor may know why\n",
                "; ./telar doctor quizá sepa por qué\n"),
              out);
    else
        fprintf(out,
                M("; if you are stuck: ./telar hint %.2s\n",
                  "; si te atascas: ./telar hint %.2s\n"),
                result->brief->lab);
    if (result->isolation)
        fprintf(out, "  %s%s: %s%s\n", style(QUIET),
                M("isolation", "aislamiento"), result->isolation,
                style(PLAIN_TEXT));
}

void ladder_print(FILE *out, const struct result *result)
{
    fprintf(out, "%s%s %s%s", style(TITLE), M("Lab", "Laboratorio"),
            result->brief->lab, style(PLAIN_TEXT));
    if (strcmp(result->from, "labs") != 0) {
        fputs(" (", out);
        print_printable(out, result->from, strlen(result->from));
        fputc(')', out);
    }
    fputc('\n', out);
    if (result->status != GRADED)
        print_trouble(out, result);
    if (result->status == GRADED || result->status == GRADER_ERROR)
        for (int i = 0; i < LEVELS; i++)
            print_level(out, result, i);
    if (result->status == GRADED)
        explain_first(out, result);
    print_warnings(out, result);
    print_next(out, result);
}
