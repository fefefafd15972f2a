// lint.c - looks for mistakes in all the lessons
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "runtime/message.h"
#include "runtime/must.h"
#include "tools/course/chart.h"
#include "tools/course/course.h"
#include "tools/course/error_words.h"
#include "tools/course/keep.h"
#include "tools/player/ask.h"
#include "tools/player/claim.h"
#include "tools/player/claims_need.h"
#include "tools/player/lesson.h"
#include "tools/player/lint.h"
#include "tools/player/pair.h"
#include "tools/player/plot.h"
#include "tools/player/show.h"

enum { SOURCE_LIMIT_BYTES = 1 << 20 };

struct claim {
    char *id, *path;
    int line;
};

struct lint {
    const char *name; // "02_pipes"
    int mistakes;
    struct claim *claims; // of the lessons so far
    size_t claim_count;
};

__attribute__((format(printf, 4, 5))) static void
complain(struct lint *lint, const struct lesson *lesson, int line,
         const char *format, ...)
{
    va_list rest;

    printf("%s:%d: ", lesson->path, line);
    va_start(rest, format);
    vprintf(format, rest);
    va_end(rest);
    putchar('\n');
    lint->mistakes++;
}

// ---- One lesson by itself ---------------------------------------------------

static void check_program(struct lint *lint, const struct lesson *lesson,
                          const struct item *item)
{
    const char *program = item_value(item, "program");
    char *path = course_path("lessons/%s/%s.c", lint->name, program);

    if (access(path, R_OK) < 0)
        complain(lint, lesson, item->line,
                 M("there is no program %s.c", "no hay un programa %s.c"),
                 program);
    free(path);
}

static void check_show(struct lint *lint, const struct lesson *lesson,
                       const struct item *item)
{
    const char *file = item_value(item, "file");
    char *path = course_path("lessons/%s/%s", lint->name, file);
    char *source = keep_read(path, SOURCE_LIMIT_BYTES, NULL), reason[256];
    struct cut cut;

    if (!source)
        complain(lint, lesson, item->line, "%s: %s", file, error_words(errno));
    else if (!show_cut(source, item_value(item, "mark"), item_value(item, "to"),
                       (int)item_number(item, "lines", 0), &cut, reason,
                       sizeof reason))
        complain(lint, lesson, item->line, "%s: %s", file, reason);
    free(source);
    free(path);
}

// What is wrong in it is said once, with all the charts.
static void check_chart(struct lint *lint, const struct lesson *lesson,
                        const struct item *item)
{
    const char *chart = item_value(item, "chart");
    char *path = course_path("lessons/%s/%s.gp", lint->name, chart);

    if (access(path, R_OK) < 0)
        complain(lint, lesson, item->line,
                 M("there is no chart %s.gp", "no hay un gráfico %s.gp"),
                 chart);
    free(path);
}

static void check_charts(struct lint *lint)
{
    char **names, error[512];
    size_t count = chart_list(lint->name, &names);

    for (size_t i = 0; i < count; i++)
        if (!plot_check(lint->name, names[i], error, sizeof error)) {
            puts(error);
            lint->mistakes++;
        }
    course_free(names, count);
}

static void check_ask(struct lint *lint, const struct lesson *lesson,
                      const struct item *item)
{
    if (strcmp(item_value(item, "type"), "choice") == 0 &&
        !ask_lists_options(item))
        complain(lint, lesson, item->line,
                 M("the options \"- a) ...\" of \"%s\" are not those of its "
                   "directive",
                   "las opciones \"- a) ...\" de \"%s\" no son las de su "
                   "directiva"),
                 item_value(item, "id"));
}

static void check_claim(struct lint *lint, const struct lesson *lesson,
                        const struct item *item)
{
    const char *id = item_value(item, "id");
    struct claim *claim;

    for (size_t i = 0; i < lint->claim_count; i++)
        if (strcmp(lint->claims[i].id, id) == 0)
            complain(lint, lesson, item->line,
                     M("claim \"%s\" is in %s:%d already",
                       "la afirmación \"%s\" ya está en %s:%d"),
                     id, lint->claims[i].path, lint->claims[i].line);
    lint->claims = MUST(
        realloc(lint->claims, (lint->claim_count + 1) * sizeof *lint->claims));
    claim = &lint->claims[lint->claim_count++];
    *claim = (struct claim){MUST(strdup(id)), MUST(strdup(lesson->path)),
                            item->line};
}

static void check_item(struct lint *lint, const struct lesson *lesson,
                       const struct item *item)
{
    switch (item->verb) {
    case VERB_SHOW:
        check_show(lint, lesson, item);
        break;
    case VERB_ASK:
        check_ask(lint, lesson, item);
        break;
    case VERB_RUN:
    case VERB_EXPLORE:
    case VERB_PLAY:
        check_program(lint, lesson, item);
        break;
    case VERB_PLOT:
        check_chart(lint, lesson, item);
        break;
    default:
        break;
    }
}

static void check_lesson(struct lint *lint, const struct lesson *lesson)
{
    const char *title = lesson->steps[0].title;

    if (strncmp(title, lint->name, 2) != 0 || title[2] != ' ')
        complain(lint, lesson, 1,
                 M("the title begins with %.2s", "el título empieza con %.2s"),
                 lint->name);
    for (size_t s = 0; s < lesson->step_count; s++)
        for (size_t i = 0; i < lesson->steps[s].item_count; i++)
            check_item(lint, lesson, &lesson->steps[s].items[i]);
}

struct said {
    struct lint *lint;
    const struct lesson *lesson;
    const struct step *step;
    size_t claim; // the index of its item
};

static bool check_fact(const char *fact, void *context)
{
    const struct said *said = context;

    if (claims_can_say(said->step, said->claim, fact))
        return true;
    complain(said->lint, said->lesson, said->step->items[said->claim].line,
             M("no experiment before it in this step says %s",
               "ningún experimento anterior del paso dice %s"),
             fact);
    return false; // one is enough
}

// Once for a lesson, since both languages make the same claims.
static void check_claims(struct lint *lint, const struct lesson *lesson)
{
    for (size_t s = 0; s < lesson->step_count; s++)
        for (size_t i = 0; i < lesson->steps[s].item_count; i++) {
            const struct step *step = &lesson->steps[s];
            struct said said = {lint, lesson, step, i};

            if (step->items[i].verb != VERB_CLAIM)
                continue;
            check_claim(lint, lesson, &step->items[i]);
            claim_names(&step->items[i], check_fact, &said);
        }
}

// ---- Both languages ---------------------------------------------------------

static void complain_of_pair(const struct lesson *lesson, int line,
                             const char *what, void *lint)
{
    complain(lint, lesson, line, "%s", what);
}

// ---- All of them ------------------------------------------------------------

static bool read_language(struct lint *lint, const char *language,
                          struct lesson *lesson)
{
    char *path = course_path("lessons/%s/lesson.%s.md", lint->name, language);
    char error[512];
    bool read = lesson_read(path, lesson, error, sizeof error);

    if (read) {
        check_lesson(lint, lesson);
    } else {
        puts(error);
        lint->mistakes++;
    }
    free(path);
    return read;
}

static void check_folder(struct lint *lint, const char *name)
{
    struct lesson es, en;
    bool has_es, has_en;

    lint->name = name;
    check_charts(lint);
    has_es = read_language(lint, "es", &es);
    has_en = read_language(lint, "en", &en);
    if (has_es)
        check_claims(lint, &es);
    if (has_es && has_en)
        pair_check(&es, &en, complain_of_pair, lint);
    if (has_es)
        lesson_free(&es);
    if (has_en)
        lesson_free(&en);
}

static void free_claims(struct lint *lint)
{
    for (size_t i = 0; i < lint->claim_count; i++) {
        free(lint->claims[i].id);
        free(lint->claims[i].path);
    }
    free(lint->claims);
}

int lint_lessons(void)
{
    struct lint lint = {0};
    char **names;
    size_t count = course_list("lessons", &names);

    for (size_t i = 0; i < count; i++)
        check_folder(&lint, names[i]);
    course_free(names, count);
    free_claims(&lint);
    if (count == 0)
        return could_not(M("there are no lessons in %s/lessons",
                           "no hay lecciones en %s/lessons"),
                         course_root());
    printf(M("lessons: %zu, mistakes: %d\n", "lecciones: %zu, errores: %d\n"),
           count, lint.mistakes);
    return lint.mistakes ? 1 : 0;
}
