// lesson.c - a lesson read into memory
//
// One pass over the lines of one copy of the text; strings are cut out in
// place. What a directive may say stands in the two tables, rules and verbs.
#include <ctype.h>
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "runtime/message.h"
#include "runtime/must.h"
#include "tools/course/course.h"
#include "tools/course/error_words.h"
#include "tools/course/keep.h"
#include "tools/player/directive.h"

struct parser {
    struct lesson *lesson;
    struct step *step;
    struct item *open; // ask, claim or note whose end has not come
    struct item *text; // text that the next directive ends
    char *next;        // the line after this one
    int line;
    int fence_line;     // where the open code fence began, 0: none is open
    char fence_sign;    // ` or ~
    size_t fence_width; // how many of them
    bool in_comment;    // of several lines, no directive
    int comment_line;
    char *error;
    size_t error_size;
};

// Says what is wrong in the line. Returns false, for "return complain(...)".
static bool complain_at(struct parser *p, int line, const char *format,
                        va_list rest)
{
    int used =
        snprintf(p->error, p->error_size, "%s:%d: ", p->lesson->path, line);

    if (used >= 0 && (size_t)used < p->error_size)
        vsnprintf(p->error + used, p->error_size - (size_t)used, format, rest);
    return false;
}

__attribute__((format(printf, 2, 3))) static bool
complain(struct parser *p, const char *format, ...)
{
    va_list rest;

    va_start(rest, format);
    complain_at(p, p->line, format, rest);
    va_end(rest);
    return false;
}

__attribute__((format(printf, 3, 4))) static bool
complain_there(struct parser *p, int line, const char *format, ...)
{
    va_list rest;

    va_start(rest, format);
    complain_at(p, line, format, rest);
    va_end(rest);
    return false;
}

// ---- Names that may stand once ----------------------------------------------

// Does it answer questions?
static bool is_experiment(const struct item *item)
{
    return item->verb == VERB_RUN || item->verb == VERB_EXPLORE ||
           item->verb == VERB_PLOT;
}

static const struct item *run_named(const struct step *step, const char *name)
{
    for (size_t i = 0; i < step->item_count; i++) {
        const char *as = item_value(&step->items[i], "as");

        if (is_experiment(&step->items[i]) && as && strcmp(as, name) == 0)
            return &step->items[i];
    }
    return NULL;
}

// What a run with order=no wrote is in no trace, unless it is recorded; a plot
// has none.
static bool run_viewable(const struct step *step, const char *name)
{
    const struct item *run = run_named(step, name);

    return run && run->verb != VERB_PLOT &&
           (item_records_order(run) || item_is_recorded(run));
}

static bool has_id(const struct step *step, enum verb verb, const char *id)
{
    for (size_t i = 0; i < step->item_count; i++) {
        const char *other = item_value(&step->items[i], "id");

        if (step->items[i].verb == verb && other && strcmp(other, id) == 0)
            return true;
    }
    return false;
}

// An ask has its name for itself in its step, a claim in the lesson.
static bool id_is_taken(const struct parser *p, const struct item *item)
{
    const char *id = item_value(item, "id");

    if (!id)
        return false;
    if (item->verb == VERB_ASK)
        return has_id(p->step, VERB_ASK, id);
    for (size_t s = 0; s < p->lesson->step_count; s++)
        if (has_id(&p->lesson->steps[s], item->verb, id))
            return true;
    return false;
}

// item is not in the step yet.
static bool check_names(struct parser *p, const struct item *item)
{
    const char *as = item_value(item, "as"), *run = item_value(item, "run");

    if (item->verb != VERB_STEP && id_is_taken(p, item))
        return complain(p, M("a second %s with id=%s", "otro %s con id=%s"),
                        verb_name(item->verb), item_value(item, "id"));
    if (is_experiment(item) && as && run_named(p->step, as))
        return complain(p,
                        M("a run of this step is already called \"%s\"",
                          "otra ejecución del paso ya se llama \"%s\""),
                        as);
    if (item->verb == VERB_VIEW && !run_viewable(p->step, run))
        return complain(p,
                        M("no run before it in this step has as=%s (without "
                          "order=no, or with record=yes)",
                          "ninguna ejecución anterior del paso tiene as=%s "
                          "(sin order=no, o con record=yes)"),
                        run);
    return true;
}

// ---- Obeying it -------------------------------------------------------------

static struct item *add_item(struct parser *p, const struct item *item)
{
    struct step *step = p->step;

    if (step->item_count == ITEM_LIMIT) {
        complain(p, M("too many pieces in one step",
                      "demasiadas partes en un paso"));
        return NULL;
    }
    if (!step->items)
        step->items = MUST(calloc(ITEM_LIMIT, sizeof *step->items));
    step->items[step->item_count] = *item;
    return &step->items[step->item_count++];
}

static char *skip_blanks(char *at)
{
    return at + strspn(at, " \t");
}

static bool is_blank(const char *text)
{
    return !text[strspn(text, " \t\r\n")];
}

// Text is a piece of its own unless nothing stands in it.
static void close_text(struct parser *p)
{
    if (p->text && is_blank(p->text->body))
        p->step->item_count--;
    p->text = NULL;
}

static bool asks_for_order(const struct item *item)
{
    return item->verb == VERB_ASK &&
           strcmp(item_value(item, "type"), "order") == 0;
}

// Does something behind item number ask answer it? Only a run has an order of
// lines.
static bool is_answered(const struct step *step, size_t ask)
{
    bool order = asks_for_order(&step->items[ask]);

    for (size_t i = ask + 1; i < step->item_count; i++)
        if (step->items[i].verb == VERB_RUN ||
            (is_experiment(&step->items[i]) && !order))
            return true;
    return false;
}

static const struct item *unanswered(const struct step *step)
{
    for (size_t i = 0; i < step->item_count; i++)
        if (step->items[i].verb == VERB_ASK && !is_answered(step, i))
            return &step->items[i];
    return NULL;
}

// The ask for an order that the run behind it does not record, or NULL.
static const struct item *asks_in_vain(const struct step *step)
{
    const struct item *ask = NULL;

    for (size_t i = 0; i < step->item_count; i++) {
        const struct item *item = &step->items[i];

        if (item->verb == VERB_RUN && ask && !item_records_order(item))
            return ask;
        if (item->verb == VERB_RUN)
            ask = NULL;
        else if (asks_for_order(item))
            ask = item;
    }
    return NULL;
}

static bool close_step(struct parser *p)
{
    const struct item *ask;

    if (!p->step->title)
        return complain_there(p, p->step->line,
                              M("step \"%s\" has no title \"## ...\"",
                                "el paso \"%s\" no tiene título \"## ...\""),
                              p->step->id);
    ask = unanswered(p->step);
    if (ask)
        return complain_there(p, ask->line,
                              M("no run of this step answers \"%s\"",
                                "ninguna ejecución del paso responde a \"%s\""),
                              item_value(ask, "id"));
    ask = asks_in_vain(p->step);
    if (ask)
        return complain_there(p, ask->line,
                              M("\"%s\" asks for an order, and the run behind "
                                "it has order=no",
                                "\"%s\" pregunta por un orden, y la ejecución "
                                "que le sigue lleva order=no"),
                              item_value(ask, "id"));
    return true;
}

static bool begin_step(struct parser *p, const struct item *item)
{
    char *id = item->attributes[0].value;

    if (!close_step(p))
        return false;
    if (lesson_step_named(p->lesson, id))
        return complain(p, M("a second step with id=%s", "otro paso con id=%s"),
                        id);
    if (strspn(id, "0123456789") == strlen(id))
        return complain(p, M("the id of a step is no number",
                             "el id de un paso no es un número"));
    if (p->lesson->step_count == STEP_LIMIT)
        return complain(p, M("too many steps", "demasiados pasos"));
    p->step = &p->lesson->steps[p->lesson->step_count++];
    *p->step = (struct step){.id = id, .line = p->line};
    return true;
}

static bool end_body(struct parser *p)
{
    if (!p->open)
        return complain(p, M("\"end\" without ask, claim or note",
                             "\"end\" sin ask, claim ni note"));
    if (is_blank(p->open->body))
        return complain_there(p, p->open->line,
                              M("\"%s\" says nothing", "\"%s\" no dice nada"),
                              verb_name(p->open->verb));
    p->open = NULL;
    return true;
}

static bool add_directive(struct parser *p, const struct item *item)
{
    struct item *added;

    if (!directive_in_introduction(item->verb) && p->lesson->step_count == 1)
        return complain(
            p,
            M("\"%s\" before the first step", "\"%s\" antes del primer paso"),
            verb_name(item->verb));
    if (item->verb == VERB_TIME) {
        p->step->minutes = (int)item_number(item, "minutes", 0);
        return true;
    }
    if (!p->step->title)
        return complain(p, M("the title \"## ...\" of the step comes first",
                             "antes va el título \"## ...\" del paso"));
    added = add_item(p, item);
    if (!added || !directive_has_body(item->verb))
        return added != NULL;
    added->body = p->next;
    added->body_line = p->line + 1;
    p->open = added;
    return true;
}

static bool obey(struct parser *p, const struct item *item)
{
    if (item->verb == VERB_END)
        return end_body(p);
    if (p->open)
        return complain_there(p, p->open->line,
                              M("\"%s\" has no end before line %d",
                                "a \"%s\" le falta end antes de la línea %d"),
                              verb_name(p->open->verb), p->line);
    if (!check_names(p, item))
        return false;
    if (item->verb == VERB_STEP)
        return begin_step(p, item);
    return add_directive(p, item);
}

// ---- Lines ------------------------------------------------------------------

// The end of the line becomes the end of the string.
static void cut_line(struct parser *p, char *line)
{
    char *end = p->next;

    while (end > line && strchr("\n\r", end[-1]) && end[-1])
        *--end = '\0';
}

static bool starts(const char *text, const char *word)
{
    return strncmp(text, word, strlen(word)) == 0;
}

// Is the comment at `at` meant for us, however badly it is written?
static char *directive_content(char *at)
{
    at = skip_blanks(at + strlen("<!--"));
    if (strncasecmp(at, "telar", 5) != 0 || isalnum((unsigned char)at[5]))
        return NULL;
    return at;
}

// The last arrow of the line, since a value may hold one; NULL when something
// follows it.
static char *end_of_comment(char *content)
{
    char *end = NULL;

    for (char *at = content; (at = strstr(at, "-->")); at++)
        end = at;
    return end && is_blank(end + strlen("-->")) ? end : NULL;
}

static bool read_directive(struct parser *p, char *line, char *content)
{
    char *end, reason[256];
    struct item item;

    *line = '\0'; // the body or text before it ends here
    close_text(p);
    cut_line(p, content);
    end = end_of_comment(content);
    if (!starts(content, "telar:") || !end)
        return complain(p, M("a directive is one line <!-- telar: VERB ... -->",
                             "una directiva es una línea "
                             "<!-- telar: VERBO ... -->"));
    while (strchr(" \t", end[-1]))
        end--;
    *end = '\0';
    if (directive_take(content + strlen("telar:"), p->line, &item, reason,
                       sizeof reason))
        return obey(p, &item);
    return complain(p, "%s", reason);
}

// Blanks out the line, its end of line excepted.
static void erase(struct parser *p, char *line)
{
    for (; line < p->next; line++)
        if (*line != '\n')
            *line = ' ';
}

static bool within(const struct parser *p, const char *line, const char *word)
{
    return memmem(line, (size_t)(p->next - line), word, strlen(word));
}

static bool read_comment(struct parser *p, char *line)
{
    p->comment_line = p->in_comment ? p->comment_line : p->line;
    p->in_comment = !within(p, line, "-->");
    erase(p, line);
    return true;
}

// Opens or closes a code fence; returns whether the line is one.
static bool is_fence(struct parser *p, const char *line)
{
    size_t indent = strspn(line, " ");
    char sign = line[indent];
    size_t width = 0;

    while (sign && line[indent + width] == sign)
        width++;
    if (indent > 3 || width < 3 || (sign != '`' && sign != '~'))
        return false;
    if (!p->fence_line) {
        p->fence_line = p->line;
        p->fence_sign = sign;
        p->fence_width = width;
    } else if (sign == p->fence_sign && width >= p->fence_width &&
               strspn(line + indent + width, " \t\r") ==
                   strcspn(line + indent + width, "\n")) {
        p->fence_line = 0;
    }
    return true;
}

static bool take_title(struct parser *p, char *line)
{
    if (p->step->title)
        return complain(p, M("a step has one title \"## ...\"; below it use "
                             "\"###\"",
                             "un paso tiene un solo título \"## ...\"; debajo "
                             "usa \"###\""));
    cut_line(p, line);
    p->step->title = skip_blanks(line + 3);
    if (is_blank(p->step->title))
        return complain(p, M("the title is empty", "el título está vacío"));
    return true;
}

static bool add_text(struct parser *p, char *line)
{
    struct item text = {
        .verb = VERB_TEXT, .line = p->line, .body = line, .body_line = p->line};

    if (p->open || p->text)
        return true;
    if (!p->step->title) {
        if (strspn(line, " \t\r") == strcspn(line, "\n"))
            return true;
        return complain(p,
                        M("expected the title \"## ...\" of step \"%s\"",
                          "se espera el título \"## ...\" del paso \"%s\""),
                        p->step->id);
    }
    p->text = add_item(p, &text);
    return p->text != NULL;
}

static bool read_text(struct parser *p, char *line)
{
    bool fenced = p->fence_line != 0;

    if (is_fence(p, line) || fenced)
        return add_text(p, line);
    if (within(p, line, "<!-- telar:"))
        return complain(p, M("a directive stands on a line of its own",
                             "una directiva va sola en su línea"));
    if (starts(line, "## ") && p->lesson->step_count > 1 && !p->open)
        return take_title(p, line);
    return add_text(p, line);
}

static bool read_line(struct parser *p, char *line)
{
    char *at = skip_blanks(line), *content;

    if (p->in_comment)
        return read_comment(p, line);
    if (p->fence_line || !starts(at, "<!--"))
        return read_text(p, line);
    content = directive_content(at);
    return content ? read_directive(p, line, content) : read_comment(p, line);
}

// ---- The whole --------------------------------------------------------------

static bool read_first_line(struct parser *p, char *line)
{
    if (!starts(line, "# ") || p->next - line < 4)
        return complain(p, M("the first line is \"# NN · Title\"",
                             "la primera línea es \"# NN · Título\""));
    cut_line(p, line);
    p->step->title = line + 2;
    return true;
}

static char *end_of_line(char *line)
{
    char *end = strchr(line, '\n');

    return end ? end + 1 : line + strlen(line);
}

static bool finish(struct parser *p)
{
    if (p->open)
        return complain_there(p, p->open->line,
                              M("\"%s\" has no end", "a \"%s\" le falta end"),
                              verb_name(p->open->verb));
    if (p->fence_line)
        return complain_there(p, p->fence_line,
                              M("the code fence is not closed",
                                "el bloque de código no se cierra"));
    if (p->in_comment)
        return complain_there(
            p, p->comment_line,
            M("the comment is not closed", "el comentario no se cierra"));
    close_text(p);
    if (p->lesson->step_count == 1)
        return complain(
            p, M("the lesson has no step", "la lección no tiene ningún paso"));
    return close_step(p);
}

static bool read_lines(struct parser *p)
{
    char *line = p->lesson->text;

    for (p->line = 1; *line || p->line == 1; line = p->next, p->line++) {
        p->next = end_of_line(line);
        if (!(p->line == 1 ? read_first_line : read_line)(p, line))
            return false;
    }
    p->line--;
    return finish(p);
}

// Escape sequences and binary rubbish are no lesson.
static bool check_bytes(struct parser *p, size_t size)
{
    const char *text = p->lesson->text;

    p->line = 1;
    for (size_t i = 0; i < size; i++) {
        if (text[i] == '\n')
            p->line++;
        else if (iscntrl((unsigned char)text[i]) && !strchr("\t\r", text[i]))
            return complain(p,
                            M("a control character (byte %d)",
                              "un carácter de control (byte %d)"),
                            (unsigned char)text[i]);
        else if (!text[i])
            return complain(p, M("a NUL byte", "un byte nulo"));
    }
    return true;
}

bool lesson_parse(const char *path, const char *text, size_t size,
                  struct lesson *lesson, char *error, size_t error_size)
{
    struct parser p = {
        .lesson = lesson, .error = error, .error_size = error_size};

    if (size >= 3 && memcmp(text, "\xef\xbb\xbf", 3) == 0)
        text += 3, size -= 3; // a byte order mark
    *lesson = (struct lesson){.path = MUST(strdup(path)), .step_count = 1};
    lesson->text = MUST(calloc(size + 1, 1));
    memcpy(lesson->text, text, size);
    lesson->steps = MUST(calloc(STEP_LIMIT, sizeof *lesson->steps));
    lesson->steps[0] = (struct step){.id = lesson->text + size, .line = 1};
    p.step = &lesson->steps[0];
    if (check_bytes(&p, size) && read_lines(&p))
        return true;
    lesson_free(lesson);
    return false;
}

bool lesson_read(const char *path, struct lesson *lesson, char *error,
                 size_t error_size)
{
    size_t size, above = strlen(course_root());
    char *text = keep_read(path, LESSON_LIMIT_BYTES, &size);
    bool parsed;

    if (strncmp(path, course_root(), above) == 0 && path[above] == '/')
        path += above + 1;
    if (!text) {
        snprintf(error, error_size, "%s: %s", path, error_words(errno));
        return false;
    }
    parsed = lesson_parse(path, text, size, lesson, error, error_size);
    free(text);
    return parsed;
}

void lesson_free(struct lesson *lesson)
{
    for (size_t i = 0; i < lesson->step_count; i++)
        free(lesson->steps[i].items);
    free(lesson->steps);
    free(lesson->text);
    free(lesson->path);
    *lesson = (struct lesson){0};
}

size_t lesson_step_named(const struct lesson *lesson, const char *name)
{
    char *end;
    unsigned long number = strtoul(name, &end, 10);

    if (isdigit((unsigned char)*name) && !*end)
        return number < lesson->step_count ? number : 0;
    for (size_t i = 1; i < lesson->step_count; i++)
        if (strcmp(lesson->steps[i].id, name) == 0)
            return i;
    return 0;
}
