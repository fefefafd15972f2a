// chart_draw.c - gnuplot draws, away from where the charts are kept
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "runtime/message.h"
#include "runtime/must.h"
#include "tools/course/error_words.h"
#include "tools/course/keep.h"
#include "tools/course/program.h"
#include "tools/recorder/run.h"
#include "viz/chart_draw.h"

enum {
    PREVIEW_ROWS = 19,
    SAID_LIMIT_BYTES = 1 << 20,
    PICTURE_LIMIT_BYTES = 256 << 20
};

bool chart_draw_ready(void)
{
    return program_found("gnuplot");
}

// ---- What went wrong --------------------------------------------------------

struct drawer {
    const struct chart_drawing *drawing;
    char *error;
    size_t error_size;
};

// A run of gnuplot on a script.
struct pass {
    const char *script;
    int first_line; // of the lesson's own
};

static char *said_on(const struct run_result *run, int stream)
{
    char *text;
    size_t size;
    FILE *out = MUST(open_memstream(&text, &size));

    for (size_t i = 0; i < run->piece_count; i++)
        if (run->pieces[i].stream == stream)
            fwrite(run->bytes + run->pieces[i].offset, 1,
                   run->pieces[i].size_bytes, out);
    fclose(out);
    return text;
}

// "... line 40: undefined function: f" becomes "lessons/...gp:12: gnuplot:
// ...", where line 40 is line 12 of the lesson's script.
static bool place_complaint(const struct drawer *d, const struct pass *pass,
                            const char *said)
{
    const struct chart *chart = d->drawing->story->chart;
    const char *at = said, *last = NULL;
    char *end;
    long line;

    while ((at = strstr(at, " line ")))
        last = at += strlen(" line ");
    if (!last)
        return false;
    line = strtol(last, &end, 10) - pass->first_line + 1;
    if (strncmp(end, ": ", 2) != 0 || line < 1)
        return false;
    snprintf(d->error, d->error_size, "%s:%ld: gnuplot: %.*s", chart->path,
             line, (int)strcspn(end + 2, "\n"), end + 2);
    return true;
}

// The first line that is no blank one.
static const char *first_words(const char *said)
{
    return said + strspn(said, " \t\n");
}

static void explain(const struct drawer *d, const struct pass *pass,
                    const struct run_result *run)
{
    const char *name = d->drawing->story->chart->path;
    char *said = said_on(run, 2);
    const char *words = first_words(said);

    if (run->timed_out)
        snprintf(d->error, d->error_size,
                 M("%s: gnuplot did not end within %d s and was stopped",
                   "%s: gnuplot no terminó en %d s y fue detenido"),
                 name, d->drawing->timeout_s);
    else if (run->signal)
        snprintf(d->error, d->error_size,
                 M("%s: gnuplot ended by signal %d",
                   "%s: gnuplot terminó por la "
                   "señal %d"),
                 name, run->signal);
    else if (!place_complaint(d, pass, said))
        snprintf(d->error, d->error_size,
                 M("%s: gnuplot ended with status %d: %.*s",
                   "%s: gnuplot terminó con estado %d: %.*s"),
                 name, run->exit_status, (int)strcspn(words, "\n"), words);
    free(said);
}

// ---- Running it -------------------------------------------------------------

// Puts bytes into NAME and ending, in the folder for gnuplot.
static bool put(struct drawer *d, const char *ending, const char *text)
{
    char *path;
    bool kept;

    MUST(asprintf(&path, "%s/%s%s", d->drawing->folder,
                  d->drawing->story->chart->name, ending));
    kept = keep_write(path, text, strlen(text));
    if (!kept)
        snprintf(d->error, d->error_size, "%s: %s", path, error_words(errno));
    free(path);
    return kept;
}

// The settings of the person's own (~/.gnuplot) have no say.
static bool start(struct drawer *d, struct run_result *run)
{
    const struct chart_drawing *drawing = d->drawing;
    char *file, reason[512];
    bool started;

    MUST(asprintf(&file, "./%s.gp", drawing->story->chart->name));
    struct run_spec spec = {
        .argv = (char *[]){"gnuplot", "-d", file, NULL},
        .directory = drawing->folder,
        .unordered = true,
        .timeout_ms = 1000 * drawing->timeout_s,
        .limit_bytes = SAID_LIMIT_BYTES,
        .stop = drawing->stop,
    };
    started = run_program(&spec, run, reason, sizeof reason);
    if (!started)
        snprintf(d->error, d->error_size, "%s", reason);
    free(file);
    return started;
}

// What gnuplot wrote on its standard output; NULL when it failed.
static char *run_gnuplot(struct drawer *d, const struct pass *pass)
{
    struct run_result run;
    char *said = NULL;

    *d->error = '\0';
    if (!put(d, ".gp", pass->script) || !start(d, &run))
        return NULL;
    if (!run.stopped && !run.timed_out && run.exit_status == 0)
        said = said_on(&run, 1);
    else if (!run.stopped)
        explain(d, pass, &run);
    run_free(&run);
    return said;
}

// ---- The pictures -----------------------------------------------------------

enum { END_BYTES = 16 }; // what may follow the last mark of a picture, and it

static bool is_whole(const char *bytes, size_t size, const char *last)
{
    size_t end = size < END_BYTES ? size : END_BYTES;

    return memmem(bytes + size - end, end, last, strlen(last));
}

// gnuplot does not notice a full disk: a picture is whole when its end is
// there.
static char *take_picture(struct drawer *d, const char *ending,
                          const char *last, size_t *size)
{
    const char *name = d->drawing->story->chart->name;
    char *path, *bytes;

    MUST(asprintf(&path, "%s/%s%s", d->drawing->folder, name, ending));
    bytes = keep_read(path, PICTURE_LIMIT_BYTES, size);
    free(path);
    if (bytes && is_whole(bytes, *size, last))
        return bytes;
    snprintf(d->error, d->error_size,
             M("gnuplot made no whole %s%s in %s (is the disk full?)",
               "gnuplot no hizo un %s%s completo en %s (¿disco lleno?)"),
             name, ending, d->drawing->folder);
    free(bytes);
    return NULL;
}

static bool draw_pictures(struct drawer *d, struct chart_pictures *pictures)
{
    struct pass pass;
    char *said;

    pictures->script =
        chart_script_pictures(d->drawing->story, &pass.first_line);
    pass.script = pictures->script;
    said = run_gnuplot(d, &pass);
    if (!said)
        return false;
    free(said);
    pictures->svg = take_picture(d, ".svg", "</svg>", &pictures->svg_bytes);
    if (!pictures->svg)
        return false;
    pictures->png =
        take_picture(d, ".png", "IEND\xae\x42\x60\x82", &pictures->png_bytes);
    return pictures->png;
}

// Without spaces and form feeds at the ends of lines, and without the empty
// lines before and after the drawing.
static char *trim(const char *drawn)
{
    char *text;
    size_t size, skipped = 0;
    FILE *out = MUST(open_memstream(&text, &size));

    while (*drawn) {
        size_t length = strcspn(drawn, "\n"), kept = length;

        while (kept > 0 && strchr(" \f", drawn[kept - 1]))
            kept--;
        for (; kept > 0 && skipped > 0 && ftell(out) > 0; skipped--)
            fputc('\n', out);
        if (kept > 0)
            fprintf(out, "%.*s\n", (int)kept, drawn);
        skipped = kept > 0 ? 0 : skipped + 1;
        drawn += length + (drawn[length] == '\n');
    }
    fclose(out);
    return text;
}

static int preview_rows(const struct chart_drawing *drawing)
{
    int series = 0; // a line of the legend each

    while (chart_series(drawing->story->chart, (size_t)series))
        series++;
    return drawing->rows > 0 ? drawing->rows : PREVIEW_ROWS + series;
}

static bool draw_preview(struct drawer *d, struct chart_pictures *pictures)
{
    struct pass pass;
    char *script, *said;

    script = chart_script_preview(d->drawing->story, d->drawing->columns,
                                  preview_rows(d->drawing), &pass.first_line);
    pass.script = script;
    said = run_gnuplot(d, &pass);
    if (said)
        pictures->preview = trim(said);
    free(said);
    free(script);
    return pictures->preview;
}

bool chart_draw(const struct chart_drawing *drawing,
                struct chart_pictures *pictures, char *error, size_t error_size)
{
    struct drawer drawer = {drawing, error, error_size};

    *pictures = (struct chart_pictures){.script = NULL};
    return (drawing->preview_only || draw_pictures(&drawer, pictures)) &&
           (drawing->columns == 0 || draw_preview(&drawer, pictures));
}

void chart_pictures_free(struct chart_pictures *pictures)
{
    free(pictures->script);
    free(pictures->svg);
    free(pictures->png);
    free(pictures->preview);
    *pictures = (struct chart_pictures){.script = NULL};
}
