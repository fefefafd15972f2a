// deck_text.c - what an author wrote becomes HTML
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "runtime/message.h"
#include "runtime/must.h"
#include "tools/course/course.h"
#include "tools/course/error_words.h"
#include "tools/course/keep.h"
#include "tools/course/units.h"
#include "tools/player/capture.h"
#include "tools/player/show.h"
#include "tools/player/stop.h"
#include "tools/trace/escape.h"
#include "viz/chart_figure.h"
#include "viz/deck_text.h"
#include "viz/measured.h"

static const struct lesson *text_of(const struct deck_page *page)
{
    return &page->topic->text[page->language];
}

void deck_text_escape(FILE *out, const char *text, size_t size)
{
    char *copy = MUST(strndup(text, size)), *rest = copy, *part;

    while ((part = strsep(&rest, "\t"))) {
        escape_xml(out, part, (int)size);
        if (rest)
            fputc('\t', out);
    }
    free(copy);
}

// ---- Figures ----------------------------------------------------------------

static const struct deck_chart *chart_of(const struct deck_topic *topic,
                                         const char *name)
{
    for (size_t i = 0; i < topic->chart_count; i++)
        if (strcmp(topic->charts[i].name, name) == 0)
            return &topic->charts[i];
    return NULL; // deck_read has found them all
}

static void print_figure(const struct deck_page *page, FILE *out,
                         const struct chart_figure *found)
{
    bool before = lang_is_spanish;

    lang_is_spanish = page->language == DECK_SPANISH;
    chart_figure_print(out, found);
    lang_is_spanish = before;
}

static bool put_figure(const struct deck_page *page, FILE *out, const char **at,
                       int line)
{
    char name[FIGURE_NAME_SIZE], reason[512];
    struct figure figure;
    struct chart_figure found;
    const struct deck_chart *chart;

    deck_figure_take(at, name, &figure);
    chart = chart_of(page->topic, name);
    if (!chart_figure_find(&figure, &chart->work.facts, &chart->work.summary,
                           &found, reason, sizeof reason))
        return deck_fail(text_of(page), line,
                         M("the chart \"%s\": the slide %s",
                           "el gráfico \"%s\": la diapositiva %s"),
                         name, reason);
    print_figure(page, out, &found);
    return true;
}

// text with its figures in place; NULL, and said, when one cannot be had.
static char *fill(const struct deck_page *page, const char *text, int line)
{
    char *filled;
    size_t size;
    FILE *out = MUST(open_memstream(&filled, &size));
    bool good = true;

    while (good && *text) {
        const char *next = deck_figure_next(text);

        for (; text < next; text++) {
            line += *text == '\n';
            fputc(*text, out);
        }
        if (*text)
            good = put_figure(page, out, &text, line);
    }
    fclose(out);
    if (good)
        return filled;
    free(filled);
    return NULL;
}

// ---- Markdown ---------------------------------------------------------------

static void put_bound(FILE *out, const char *html, size_t size)
{
    char *part = MUST(strndup(html, size)), *bound = units_bind(part);

    fputs(bound, out);
    free(bound);
    free(part);
}

// Numbers and units stay together, except in code, which people copy.
static char *bind_html(const char *html)
{
    char *bound;
    size_t size;
    FILE *out = MUST(open_memstream(&bound, &size));
    const char *code, *end;

    while ((code = strstr(html, "<code")) && (end = strstr(code, "</code>"))) {
        put_bound(out, html, (size_t)(code - html));
        fwrite(code, 1, (size_t)(end - code), out);
        html = end;
    }
    put_bound(out, html, strlen(html));
    fclose(out);
    return bound;
}

static char *run_lowdown(const char *markdown)
{
    char *argv[] = {"lowdown",
                    "-Thtml",
                    "--out-no-smarty",
                    "--parse-no-metadata",
                    "--parse-no-super",
                    "--html-no-head-ids",
                    NULL};
    char *html = capture_run(argv, markdown);
    char *bound = html ? bind_html(html) : NULL;

    free(html);
    return bound;
}

static bool refers_outside(const char *html)
{
    return strstr(html, "<a ") || strstr(html, "<img ");
}

// The HTML of text; NULL, and said, when there is none.
static char *lay_out(const struct deck_page *page, const char *text, int line)
{
    char *filled = fill(page, text, line);
    char *html = filled ? run_lowdown(filled) : NULL;

    if (filled && !html && !stop_signal)
        deck_fail(text_of(page), line, "%s",
                  M("lowdown could not read it", "lowdown no pudo leerlo"));
    free(filled);
    if (!html || !refers_outside(html))
        return html;
    deck_fail(text_of(page), line, "%s",
              M("slides hold all they show: no links, no pictures",
                "las diapositivas contienen todo lo que muestran: sin enlaces "
                "ni imágenes"));
    free(html);
    return NULL;
}

bool deck_text_block(const struct deck_page *page, const char *text, int line)
{
    char *html = lay_out(page, text, line);

    if (html)
        fputs(html, page->out);
    free(html);
    return html;
}

static bool put_line(const struct deck_page *page, const char *html, int line)
{
    const char *end = strstr(html, "</p>");

    if (strncmp(html, "<p>", 3) != 0 || !end ||
        end[4 + strspn(end + 4, "\n")] != '\0')
        return deck_fail(
            text_of(page), line, "%s",
            M("a title is a line of text", "un título es una línea de texto"));
    fprintf(page->out, "%.*s", (int)(end - html - 3), html + 3);
    return true;
}

bool deck_text_line(const struct deck_page *page, const char *text, int line)
{
    char *html = lay_out(page, text, line);
    bool put = html && put_line(page, html, line);

    free(html);
    return put;
}

// ---- Code -------------------------------------------------------------------

// How large it may be printed: so that its longest line fits.
static size_t columns_of(const char *source, struct cut cut)
{
    size_t longest = 1, length, code;

    for (int n = cut.first_line; n <= cut.last_line; n++) {
        show_line(source, n, &length, &code);
        longest = length > longest ? length : longest;
    }
    return longest;
}

static void put_code(FILE *out, const char *source, struct cut cut)
{
    size_t length, code;

    for (int n = cut.first_line; n <= cut.last_line; n++) {
        const char *line = show_line(source, n, &length, &code);

        deck_text_escape(out, line, code);
        if (code < length) {
            fputs("<i>", out);
            deck_text_escape(out, line + code, length - code);
            fputs("</i>", out);
        }
        fputc('\n', out);
    }
}

bool deck_text_code(const struct deck_page *page, const struct item *item)
{
    const char *file = item_value(item, "file");
    char *path = course_path("lessons/%s/%s", page->topic->name, file);
    char *source = keep_read(path, SLIDE_SOURCE_BYTES, NULL), reason[256];
    struct cut cut;
    bool good = source && show_cut(source, item_value(item, "mark"),
                                   item_value(item, "to"),
                                   (int)item_number(item, "lines", 0), &cut,
                                   reason, sizeof reason);

    if (good) {
        fprintf(page->out,
                "<figure class=\"code\"><figcaption>%s:%d</figcaption>"
                "<pre style=\"--columns: %zu\"><code>",
                file, cut.first_line, columns_of(source, cut));
        put_code(page->out, source, cut);
        fputs("</code></pre></figure>\n", page->out);
    } else { // changed since deck_read looked at it
        deck_fail(text_of(page), item->line, "%s: %s", file,
                  source ? reason : error_words(errno));
    }
    free(source);
    free(path);
    return good;
}

// ---- Charts -----------------------------------------------------------------

static bool begins(const char *text, const char *word)
{
    return strncmp(text, word, strlen(word)) == 0;
}

// The length of an attribute's beginning, behind which stands a name that has
// to be one chart's own; 0 when there is none.
static size_t name_prefix(const char *at)
{
    static const char *const prefixes[] = {" id=\"", " id='", "href='#",
                                           "href=\"#", "url(#"};

    for (size_t i = 0; i < sizeof prefixes / sizeof *prefixes; i++)
        if (begins(at, prefixes[i]))
            return strlen(prefixes[i]);
    return 0;
}

// All charts of a deck stand in one document, and gnuplot names their parts
// alike.
static void put_renamed(FILE *out, const char *svg, const char *owner)
{
    bool in_tag = false;

    while (*svg) {
        size_t prefix = in_tag ? name_prefix(svg) : 0;

        if (prefix) {
            fprintf(out, "%.*s%s-", (int)prefix, svg, owner);
            svg += prefix;
            continue;
        }
        in_tag = (in_tag || *svg == '<') && *svg != '>';
        fputc(*svg++, out);
    }
}

static char *origin_of(const struct deck_chart *chart, const char *key)
{
    char *line = measured_line(chart->work.origin, key);

    return line ? line : MUST(strdup("?"));
}

// Who shows a figure should know when others were in its way.
static void put_busy(const struct deck_page *page,
                     const struct deck_chart *chart)
{
    char *busy = measured_line(chart->work.origin, "busy");

    if (busy) {
        fputs(page->language == DECK_SPANISH
                  ? " · ocupada: CPU de otros programas, "
                  : " · busy: CPU of other programs, ",
              page->out);
        deck_text_escape(page->out, busy, strlen(busy));
        fputs(" %", page->out);
    }
    free(busy);
}

static void put_origin(const struct deck_page *page,
                       const struct deck_chart *chart)
{
    char *date = origin_of(chart, "date");
    char *machine = origin_of(chart, "machine");

    fprintf(page->out, "<figcaption>%s ",
            page->language == DECK_SPANISH ? "Medido" : "Measured");
    deck_text_escape(page->out, date, strlen(date));
    fputs(" · ", page->out);
    deck_text_escape(page->out, machine, strlen(machine));
    put_busy(page, chart);
    fputs("</figcaption>", page->out);
    free(date);
    free(machine);
}

// From behind what gnuplot says of itself.
static void put_svg(const struct deck_page *page,
                    const struct deck_chart *chart, const char *svg, int line)
{
    const char *title = chart->title[page->language];
    const char *content = strstr(svg, "</desc>");
    char *owner;

    MUST(asprintf(&owner, "%s-%s-%d", page->topic->name, chart->name, line));
    fprintf(page->out,
            "<svg xmlns=\"http://www.w3.org/2000/svg\" "
            "xmlns:xlink=\"http://www.w3.org/1999/xlink\" "
            "role=\"img\" %.*s><title>",
            (int)strcspn(strstr(svg, "viewBox"), "\n"), strstr(svg, "viewBox"));
    deck_text_escape(page->out, title, strlen(title));
    fputs("</title>", page->out);
    put_renamed(page->out, content + strlen("</desc>"), owner);
    free(owner);
}

bool deck_text_chart(const struct deck_page *page, const struct item *item)
{
    const struct deck_chart *chart =
        chart_of(page->topic, item_value(item, "chart"));
    const char *svg = strstr(chart->svg[page->language], "<svg");

    if (!svg || !strstr(svg, "viewBox") || !strstr(svg, "</desc>"))
        return deck_fail(text_of(page), item->line,
                         M("%s.svg is not as gnuplot draws it",
                           "%s.svg no es como lo dibuja gnuplot"),
                         chart->name);
    fprintf(page->out, "<figure class=\"chart\" data-chart=\"%s\">",
            chart->name);
    put_svg(page, chart, svg, item->line);
    put_origin(page, chart);
    fputs("</figure>\n", page->out);
    return true;
}
