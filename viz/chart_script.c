// chart_script.c - the gnuplot script that draws a chart, complete in itself
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "runtime/message.h"
#include "runtime/must.h"
#include "viz/chart_script.h"

enum {
    TITLE_COLUMNS = 60,   // of a line of the title in a picture
    HEIGHT = 720,         // of a picture, in pixels
    UNTITLED_HEIGHT = 600 // the page says the title above it
};

// A script in the making.
struct script {
    FILE *out;
    char *text;
    size_t size;
};

// ---- Strings ----------------------------------------------------------------

// 'bytes as they are': in single quotes gnuplot expands nothing.
static void print_quoted(FILE *out, const char *bytes, size_t size)
{
    fputc('\'', out);
    for (size_t i = 0; i < size; i++)
        fprintf(out, bytes[i] == '\'' ? "''" : "%c", bytes[i]);
    fputc('\'', out);
}

// The same of a text to be shown, where these signs would mean something.
static void print_shown(FILE *out, const char *bytes, size_t size)
{
    fputc('\'', out);
    for (size_t i = 0; i < size; i++) {
        if (strchr("\\{}^_@&~", bytes[i]))
            fputc('\\', out);
        fprintf(out, bytes[i] == '\'' ? "''" : "%c", bytes[i]);
    }
    fputc('\'', out);
}

static size_t count_characters(const char *bytes, size_t size)
{
    size_t count = 0;

    for (size_t i = 0; i < size; i++)
        count += ((unsigned char)bytes[i] & 0xc0) != 0x80;
    return count;
}

// How many bytes of text make a line of at most so many characters, or one
// word.
static size_t line_length(const char *text, size_t columns)
{
    size_t length = strcspn(text, " "), more;

    while (text[length]) {
        more = length + 1 + strcspn(text + length + 1, " ");
        if (count_characters(text, more) > columns)
            break;
        length = more;
    }
    return length;
}

// In lines of about the same length, none much longer than TITLE_COLUMNS.
static void print_title(FILE *out, const char *title)
{
    size_t all = count_characters(title, strlen(title));
    size_t lines = (all + TITLE_COLUMNS - 1) / TITLE_COLUMNS;
    size_t columns = lines > 1 ? all / lines + 6 : all + 1;

    fputs("title = ", out);
    for (bool first = true; *title || first; first = false) {
        size_t length = line_length(title, columns);

        if (!first)
            fputs(".\"\\n\".", out);
        print_shown(out, title, length);
        title += length + (title[length] == ' ');
    }
    fprintf(out, "\nlines = %zu\n", lines);
}

// ---- The variables ----------------------------------------------------------

static void print_file(FILE *out, const char *variable, const char *name,
                       const char *end)
{
    fprintf(out, "%s = ", variable);
    print_quoted(out, name, strlen(name));
    fprintf(out, ".'%s'\n", end);
}

static void print_text(FILE *out, const char *kind, const char *name,
                       const char *text)
{
    fprintf(out, "%s_%s = ", kind, name);
    print_shown(out, text, strlen(text));
    fputc('\n', out);
}

static void print_series(FILE *out, const struct chart *chart)
{
    const char *key;
    char full[CHART_NAME_LIMIT + 16];

    for (size_t i = 0; (key = chart_series(chart, i)); i++) {
        snprintf(full, sizeof full, "series.%s", key);
        print_text(out, "series", key, chart_text(chart, full));
    }
    fputs("series = '", out);
    for (size_t i = 0; (key = chart_series(chart, i)); i++)
        fprintf(out, "%s%s", i > 0 ? " " : "", key);
    fputs("'\n", out);
}

static void print_measures(FILE *out, const struct chart_story *story)
{
    const struct chart_rows *rows = story->rows;

    for (size_t i = 0; i < rows->measure_count; i++) {
        print_text(out, "label", rows->measures[i],
                   chart_text(story->chart, rows->measures[i]));
        fprintf(out, "col_%s = %zu\n", rows->measures[i], i + 3);
    }
}

static void print_variables(FILE *out, const struct chart_story *story)
{
    print_file(out, "raw", story->chart->name, ".csv");
    print_file(out, "summary", story->chart->name, ".summary.csv");
    fprintf(out, "lang = '%s'\n", lang_name());
    if (story->untitled)
        fputs("title = ''\nlines = 0\n", out);
    else
        print_title(out, story->title);
    print_text(out, "label", "x", chart_text(story->chart, "x"));
    print_measures(out, story);
    print_series(out, story->chart);
    for (size_t i = 0; i < story->facts->count; i++)
        fprintf(out, "fact_%s = %lld\n", story->facts->list[i].name,
                story->facts->list[i].value);
}

static const char functions[] =
    "name(i) = value('series_'.word(series, i))\n"
    "row(i, m) = !exists('label_'.m) ? no_such_measure(m) : \\\n"
    "            strcol(1) eq word(series, i) && strcol(3) eq m ? \\\n"
    "            column(2) : NaN\n"
    "raw_row(i) = !preview && strcol(1) eq word(series, i) ? column(2) : NaN\n"
    "size(n) = n < 1024 ? sprintf('%d B', n) : \\\n"
    "          n < 1048576 ? sprintf('%d KiB', n / 1024) : \\\n"
    "          sprintf('%d MiB', n / 1048576)\n";

// Okabe and Ito (2008), those first that stand out best from white; a point of
// its own each, for who does not see the colours. In letters they are A, B, C.
static const char palette[] =
    "blue = '#0072B2'; vermillion = '#D55E00'; green = '#009E73'\n"
    "orange = '#E69F00'; sky = '#56B4E9'; purple = '#CC79A7'\n"
    "black = '#000000'; yellow = '#F0E442'\n"
    "colours = '0072B2 D55E00 009E73 E69F00 56B4E9 CC79A7 000000 F0E442'\n"
    "points = preview ? '1 2 3 4 5 6 7 8' : '7 5 9 11 13 6 4 8'\n"
    "faint(i) = '#A0'.word(colours, (i - 1) % 8 + 1)\n"
    "do for [i=1:8] {\n"
    "    set linetype i lw 3 ps dot pt int(word(points, i)) \\\n"
    "        lc rgb '#'.word(colours, i)\n"
    "}\n";

// ---- The look ---------------------------------------------------------------

static void print_ground(FILE *out)
{
    fprintf(out,
            "reset\n"
            "set encoding utf8\n"
            "set datafile separator comma\n"
            "set decimalsign '%s'\n"
            "set xlabel label_x\n",
            M(".", ","));
}

// The title stands in the middle of the picture, the legend between it and the
// plot: neither ever covers what is plotted.
static const char picture_look[] =
    "set label 99 title at screen 0.5, screen 0.955 center \\\n"
    "    font sprintf(',%d', title_size)\n"
    "set key center center horizontal Left reverse samplen 2 width 2\n"
    "set key at screen 0.5, screen (lines > 1 ? 0.83 : 0.89)\n"
    "key_font = sprintf(',%d', int(0.7 * title_size))\n"
    "if (!lines) set key center top vertical maxrows 2 at screen 0.5, 0.99 \\\n"
    "    font key_font\n"
    "set tmargin lines > 1 ? 5.9 : lines ? 4.3 : 2.6\n"
    "set rmargin 5\n"
    "set border 3 lw 1.5 lc rgb '#404040'\n"
    "set tics nomirror textcolor rgb '#202020'\n"
    "set grid lt 1 lw 1 lc rgb '#D8D8D8', lt 1 lw 1 lc rgb '#D8D8D8'\n"
    "set errorbars 1\n";

static const char preview_look[] =
    "set key outside top center vertical samplen 1\n"
    "set rmargin 4\n"
    "set border 3\n"
    "set tics nomirror\n"
    "set errorbars 0\n";

// ---- The script -------------------------------------------------------------

static void begin(struct script *script, const struct chart_story *story,
                  bool preview)
{
    script->out = MUST(open_memstream(&script->text, &script->size));
    fprintf(script->out, "# \"gnuplot ");
    fprintf(script->out, "%s.gp\" draws %s.svg and %s.png again.\n",
            story->chart->name, story->chart->name, story->chart->name);
    print_variables(script->out, story);
    fprintf(script->out, "preview = %d\n", preview);
    fputs(functions, script->out);
}

static int count_lines(struct script *script)
{
    int lines = 0;

    fflush(script->out);
    for (const char *at = script->text; (at = strchr(at, '\n')); at++)
        lines++;
    return lines;
}

// Returns the line at which the lesson's own begins.
static int draw(struct script *script, const struct chart_story *story,
                const char *look)
{
    const char *own = story->chart->script;
    size_t size = strlen(own);
    int first_line;

    print_ground(script->out);
    fputs(palette, script->out);
    fputs(look, script->out);
    first_line = count_lines(script) + 1;
    fputs(own, script->out);
    if (size == 0 || own[size - 1] != '\n')
        fputc('\n', script->out);
    fputs("unset multiplot\nset output\n", script->out);
    return first_line;
}

static char *finish(struct script *script)
{
    fclose(script->out);
    return script->text;
}

// A font that every system has under this name; SVG leaves the choice to who
// shows it. There a letter is measured in pixels, in PNG in points of 4/3, and
// a dot grows with the letters: so that both look alike.
#define PAPER "size 1280,%d background rgb 'white' font 'sans-serif,%d'\n"
#define SVG "set terminal svg enhanced dynamic " PAPER
#define PNG "set terminal pngcairo enhanced " PAPER
#define SIZES "title_size = %d; dot = %g\n"

static void print_output(FILE *out, const char *name, const char *end)
{
    fputs("set output ", out);
    print_quoted(out, name, strlen(name));
    fprintf(out, ".'%s'\n", end);
}

char *chart_script_pictures(const struct chart_story *story, int *first_line)
{
    struct script script;
    int height = story->untitled ? UNTITLED_HEIGHT : HEIGHT;

    begin(&script, story, false);
    fprintf(script.out, SVG SIZES, height, 28, 34, 0.6);
    print_output(script.out, story->chart->name, ".svg");
    *first_line = draw(&script, story, picture_look);
    fprintf(script.out, PNG SIZES, height, 22, 26, 1.3);
    print_output(script.out, story->chart->name, ".png");
    draw(&script, story, picture_look);
    return finish(&script);
}

char *chart_script_preview(const struct chart_story *story, int columns,
                           int rows, int *first_line)
{
    struct script script;

    begin(&script, story, true);
    fprintf(script.out, "dot = 1\nset terminal dumb mono enhanced size %d,%d\n",
            columns, rows);
    *first_line = draw(&script, story, preview_look);
    return finish(&script);
}
