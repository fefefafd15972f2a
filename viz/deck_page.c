// deck_page.c - a deck in one language: one HTML file that needs no other
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "runtime/message.h"
#include "runtime/must.h"
#include "tools/course/course.h"
#include "tools/course/error_words.h"
#include "tools/course/keep.h"
#include "tools/player/stop.h"
#include "viz/deck_page.h"
#include "viz/deck_text.h"

enum { TEMPLATE_LIMIT_BYTES = 1 << 20 };

static const char template_name[] = "slides/template.html";

// ---- One slide --------------------------------------------------------------

// A step of a topic becomes a slide, number so of all.
struct slide {
    struct deck_page *page;
    const struct step *step;
    int number, code_lines;
};

static bool ends_in_question(const char *title)
{
    size_t length = strlen(title);

    while (length > 0 && strchr(" \t\r\n", title[length - 1]))
        length--;
    return length > 0 && title[length - 1] == '?';
}

static const char *class_of(const struct step *step)
{
    if (!*step->id)
        return "slide topic";
    return ends_in_question(step->title) ? "slide question" : "slide";
}

// "04_heap" for the one that opens the topic, "04_heap-holes" for others.
static void put_id(const struct slide *slide)
{
    fputs(slide->page->topic->name, slide->page->out);
    if (*slide->step->id)
        fprintf(slide->page->out, "-%s", slide->step->id);
}

static bool put_heading(const struct slide *slide)
{
    FILE *out = slide->page->out;

    fprintf(out, "<section class=\"%s\" id=\"", class_of(slide->step));
    put_id(slide);
    if (slide->code_lines > 0)
        fprintf(out, "\" style=\"--lines: %d", slide->code_lines);
    fputs("\" tabindex=\"-1\" aria-labelledby=\"", out);
    put_id(slide);
    fputs("-title\">\n<h2 id=\"", out);
    put_id(slide);
    fputs("-title\">", out);
    if (!deck_text_line(slide->page, slide->step->title, slide->step->line))
        return false;
    fputs("</h2>\n<div class=\"body\">\n", out);
    return true;
}

static bool put_item(const struct slide *slide, const struct item *item)
{
    switch (item->verb) {
    case VERB_TEXT:
        return deck_text_block(slide->page, item->body, item->body_line);
    case VERB_SHOW:
        return deck_text_code(slide->page, item);
    case VERB_PLOT:
        return deck_text_chart(slide->page, item);
    default: // notes stand by themselves
        return true;
    }
}

static bool put_items(const struct slide *slide)
{
    for (size_t i = 0; i < slide->step->item_count; i++)
        if (!put_item(slide, &slide->step->items[i]))
            return false;
    return true;
}

static bool put_notes(const struct slide *slide)
{
    fputs("</div>\n<aside class=\"notes\">\n", slide->page->out);
    for (size_t i = 0; i < slide->step->item_count; i++) {
        const struct item *item = &slide->step->items[i];

        if (item->verb == VERB_NOTE &&
            !deck_text_block(slide->page, item->body, item->body_line))
            return false;
    }
    fputs("</aside>\n", slide->page->out);
    return true;
}

static bool put_foot(const struct slide *slide)
{
    const struct deck_page *page = slide->page;
    const struct step *first = &page->topic->text[page->language].steps[0];

    fputs("<footer><span>", page->out);
    if (!deck_text_line(page, first->title, first->line))
        return false;
    fprintf(page->out,
            "</span><span class=\"number\">%d</span></footer>\n"
            "</section>\n",
            slide->number);
    return true;
}

static bool put_slide(const struct slide *slide)
{
    return !stop_signal && put_heading(slide) && put_items(slide) &&
           put_notes(slide) && put_foot(slide);
}

// ---- All of them ------------------------------------------------------------

// What the template is filled with.
struct filling {
    const struct deck *deck;
    enum deck_language language;
    FILE *out;
    int slides; // so far; the cover is the first
    int line;   // of the template
};

static bool put_slides(struct filling *filling)
{
    for (size_t t = 0; t < filling->deck->topic_count; t++) {
        const struct deck_topic *topic = &filling->deck->topics[t];
        const struct lesson *text = &topic->text[filling->language];
        struct deck_page page = {filling->out, topic, filling->language};

        for (size_t s = 0; s < text->step_count; s++) {
            struct slide slide = {&page, &text->steps[s], ++filling->slides,
                                  topic->code_lines[s]};

            if (!put_slide(&slide))
                return false;
        }
    }
    return true;
}

static bool put_contents(struct filling *filling)
{
    for (size_t t = 0; t < filling->deck->topic_count; t++) {
        const struct deck_topic *topic = &filling->deck->topics[t];
        const struct step *first = &topic->text[filling->language].steps[0];
        struct deck_page page = {filling->out, topic, filling->language};

        fprintf(filling->out, "<li><a href=\"#%s\">", topic->name);
        if (!deck_text_line(&page, first->title, first->line))
            return false;
        fputs("</a></li>\n", filling->out);
    }
    return true;
}

// ---- The template -----------------------------------------------------------

static bool template_fail(const struct filling *filling, const char *what,
                          const char *name)
{
    could_not("%s:%d: %s {{%s}}", template_name, filling->line, what, name);
    return false;
}

static bool put_words(struct filling *filling, const char *name)
{
    const char *bar = strchr(name, '|');

    if (!bar)
        return template_fail(filling, M("unknown", "no existe"), name);
    if (filling->language == DECK_ENGLISH)
        fprintf(filling->out, "%.*s", (int)(bar - name), name);
    else
        fputs(bar + 1, filling->out);
    return true;
}

static bool put_named(struct filling *filling, const char *name)
{
    if (strcmp(name, "slides") == 0)
        return put_slides(filling);
    if (strcmp(name, "contents") == 0)
        return put_contents(filling);
    if (strcmp(name, "lang") == 0)
        return fputs(deck_languages[filling->language], filling->out) >= 0;
    return put_words(filling, name);
}

// at: behind "{{". Returns what stands behind "}}"; NULL when something is
// wrong, and said.
static const char *put_place(struct filling *filling, const char *at)
{
    size_t length = strcspn(at, "}\n");
    char *name = MUST(strndup(at, length));
    bool good =
        strncmp(at + length, "}}", 2) == 0
            ? put_named(filling, name)
            : template_fail(filling, M("no end of", "no termina"), name);

    free(name);
    return good ? at + length + 2 : NULL;
}

static bool put_template(struct filling *filling, const char *at)
{
    while (at && *at) {
        if (strncmp(at, "{{", 2) == 0) {
            at = put_place(filling, at + 2);
            continue;
        }
        filling->line += *at == '\n';
        fputc(*at++, filling->out);
    }
    if (at && filling->slides == 1)
        return template_fail(filling, M("there is no", "falta"), "slides");
    return at;
}

static char *read_template(void)
{
    char *path = course_path("%s", template_name);
    char *text = keep_read(path, TEMPLATE_LIMIT_BYTES, NULL);

    if (!text)
        could_not(M("could not read %s: %s", "no se pudo leer %s: %s"),
                  template_name, error_words(errno));
    free(path);
    return text;
}

char *deck_page(const struct deck *deck, enum deck_language language,
                int *slides)
{
    struct filling filling = {
        .deck = deck, .language = language, .slides = 1, .line = 1};
    char *template = read_template(), *page;
    size_t size;
    bool put;

    if (!template)
        return NULL;
    filling.out = MUST(open_memstream(&page, &size));
    put = put_template(&filling, template);
    fclose(filling.out);
    free(template);
    *slides = filling.slides;
    if (put)
        return page;
    free(page);
    return NULL;
}
