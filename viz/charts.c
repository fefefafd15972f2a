// charts.c - the charts of the trace that is looked at, drawn by a child
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "runtime/message.h"
#include "runtime/must.h"
#include "tools/course/error_words.h"
#include "tools/course/units.h"
#include "tools/player/stop.h"
#include "viz/charts.h"
#include "viz/errand.h"
#include "viz/plot_work.h"
#include "viz/view.h"

enum { DRAW_S = 30, GNUPLOT_S = 10, KEEP_S = 120, AGAIN_MS = 1000 };

struct wish { // what is to be drawn, and how
    struct chart_asked asked;
    size_t events; // of the trace, which may grow
    int rows, columns;
    bool spanish;
};

static struct {
    struct wish wish;  // of the latest frame
    struct wish drawn; // what is there
    char *title, *drawing, *trouble;
    long long begun_ns; // the latest drawing
} charts;

static struct {
    struct errand errand;
    struct wish wish;            // what it draws
    bool keeps;                  // files, rather than a drawing
    char folder[256], name[256]; // where
} child;

enum { SAVED = 8 };
static char saved[SAVED][256]; // the last paths that were written here
static int saved_count;

static bool is_wished; // by the latest frame

static long long clock_ns(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (long long)now.tv_sec * 1000000000 + now.tv_nsec;
}

static bool is_same_chart(const struct wish *a, const struct wish *b)
{
    return a->asked.kind == b->asked.kind && a->asked.flow == b->asked.flow &&
           a->asked.pid == b->asked.pid && a->spanish == b->spanish &&
           a->rows == b->rows && a->columns == b->columns;
}

static bool is_same(const struct wish *a, const struct wish *b)
{
    return is_same_chart(a, b) && a->asked.from == b->asked.from &&
           a->asked.to == b->asked.to && a->events == b->events;
}

// ---- Asking -----------------------------------------------------------------

void charts_stretch(const struct stage *stage, uint64_t *from, uint64_t *to)
{
    uint64_t a = stage->marks[0].time, b = stage->marks[1].time;

    *from = stage->lanes.begin;
    *to = stage->lanes.end;
    if (!stage->marks[1].is_set)
        return;
    *from = a < b ? a : b;
    *to = a < b ? b : a;
}

struct chart_asked charts_asked(const struct stage *stage)
{
    const struct trace_entry *entry =
        reader_entry(&stage->reader, stage->selected);
    struct chart_asked asked = {.kind = (enum trace_chart)stage->chart};

    charts_stretch(stage, &asked.from, &asked.to);
    if (asked.kind == CHART_FILL)
        asked.flow = stage->row < 0 ? 0 : (size_t)stage->row;
    if (asked.kind == CHART_HEAP && entry)
        asked.pid = entry->pid;
    return asked;
}

struct charts_seen charts_see(const struct chart_asked *asked, int rows,
                              int columns)
{
    struct charts_seen seen = {.is_old = true};

    charts.wish = (struct wish){.asked = *asked,
                                .rows = rows,
                                .columns = columns,
                                .spanish = lang_is_spanish};
    is_wished = true;
    if (charts.drawn.rows == 0 || !is_same_chart(&charts.wish, &charts.drawn))
        return seen;
    seen.title = charts.title;
    seen.drawing = charts.drawing;
    seen.trouble = charts.trouble;
    seen.is_old = asked->from != charts.drawn.asked.from ||
                  asked->to != charts.drawn.asked.to;
    return seen;
}

// ---- The child --------------------------------------------------------------

// What it says: "title", "drawing" or "trouble", the bytes, a NUL; any of them.
static void say(FILE *out, char what, const char *text)
{
    if (!text || !*text)
        return;
    fputc(what, out);
    fputs(text, out);
    fputc('\0', out);
}

static void plot_draft(FILE *out, const struct chart_draft *draft)
{
    const struct wish *wish = &child.wish;
    struct plot_given given = {
        .name = wish->asked.name ? wish->asked.name
                                 : trace_chart_names[wish->asked.kind].file,
        .script = draft->script,
        .rows = draft->rows,
        .rows_bytes = draft->rows_bytes,
        .facts = draft->facts,
        .output = child.keeps ? child.folder : NULL,
        .columns = wish->columns,
        .preview_rows = wish->rows,
        .timeout_s = child.keeps ? KEEP_S / 2 : GNUPLOT_S,
    };
    char *title, *drawing, error[2048];

    if (!plot_given(&given, &title, &drawing, error, sizeof error))
        say(out, '!', error);
    say(out, 't', title);
    say(out, 'd', *draft->letters ? draft->letters : drawing);
    free(title);
    free(drawing);
}

static void work(FILE *out, void *context)
{
    struct stage *stage = context;
    struct chart_draft draft;
    char why[512];

    setenv("LC_ALL", "C.UTF-8", 1); // gnuplot shows our letters
    if (!chart_draft_of(stage, &child.wish.asked, &draft, why, sizeof why)) {
        say(out, '!', why);
        return;
    }
    stop_setup();
    plot_draft(out, &draft);
    chart_draft_free(&draft);
}

// ---- What it brings ---------------------------------------------------------

static void forget_drawing(void)
{
    free(charts.title);
    free(charts.drawing);
    free(charts.trouble);
    charts.title = charts.drawing = charts.trouble = NULL;
    charts.drawn = (struct wish){.rows = 0};
}

static char *copy(const char *text)
{
    return MUST(strdup(text));
}

// The part that begins with what; "": there is none.
static const char *part(char what)
{
    const char *at = child.errand.said, *end = at + child.errand.size;

    for (; at < end; at += strlen(at) + 1)
        if (*at == what)
            return at + 1;
    return "";
}

static const char *failure(void)
{
    return M("the chart was not made: its maker took too long or ended",
             "el gráfico no se hizo: quien lo hacía tardó demasiado o terminó");
}

static void take_drawing(enum errand_state state)
{
    forget_drawing();
    charts.drawn = child.wish;
    if (state == ERRAND_FAILED) {
        charts.trouble = copy(failure());
        return;
    }
    if (*part('t'))
        charts.title = copy(part('t'));
    if (charts.title)
        units_unbind(charts.title); // a screen breaks lines by itself
    if (*part('d'))
        charts.drawing = copy(part('d'));
    else
        charts.trouble = copy(*part('!') ? part('!') : failure());
}

static void say_kept(struct stage *stage, enum errand_state state)
{
    if (state == ERRAND_FAILED)
        stage_say(stage, "%s", failure());
    else if (*part('!'))
        stage_say(stage, "%s", part('!'));
    else
        stage_say(stage,
                  M("written: %s/%s.svg, .png, .csv; \"gnuplot %s.gp\" draws "
                    "them again",
                    "escritos: %s/%s.svg, .png, .csv; \"gnuplot %s.gp\" los "
                    "dibuja otra vez"),
                  child.folder, child.name, child.name);
}

static void take_in(struct stage *stage, enum errand_state state)
{
    if (child.keeps)
        say_kept(stage, state);
    else
        take_drawing(state);
    child.keeps = false;
    errand_end(&child.errand);
    stage->is_dirty = true;
}

// ---- Looking after it -------------------------------------------------------

static void begin(struct stage *stage, int seconds)
{
    if (errand_begin(&child.errand, work, stage, seconds))
        return;
    stage_say(stage, M("no child to draw: %s", "no hay un hijo que dibuje: %s"),
              error_words(errno));
    if (!child.keeps)
        take_drawing(ERRAND_FAILED);
    child.keeps = false;
}

// A trace that grows is drawn again, but not all the time.
static bool is_due(void)
{
    if (!is_wished || is_same(&charts.wish, &charts.drawn))
        return false;
    return !is_same_chart(&charts.wish, &charts.drawn) ||
           clock_ns() - charts.begun_ns > AGAIN_MS * 1000000LL;
}

static void begin_drawing(struct stage *stage)
{
    child.wish = charts.wish;
    child.wish.asked.slices = charts.wish.columns; // letters show no more
    child.wish.asked.rows = charts.wish.rows;
    child.wish.asked.columns = charts.wish.columns;
    charts.begun_ns = clock_ns();
    begin(stage, DRAW_S);
}

bool charts_tick(struct stage *stage)
{
    enum errand_state state = errand_look(&child.errand);

    charts.wish.events = stage->reader.count;
    if (views[stage->view].draw != view_charts)
        is_wished = false;
    if (state == ERRAND_DONE || state == ERRAND_FAILED)
        take_in(stage, state);
    // What nobody wants any more is not waited for.
    if (state == ERRAND_WORKS && !child.keeps &&
        (!is_wished || !is_same_chart(&charts.wish, &child.wish)))
        errand_end(&child.errand);
    if (!child.errand.pid && is_due())
        begin_drawing(stage);
    return child.errand.pid;
}

// ---- Files ------------------------------------------------------------------

static const char *const endings[] = {".svg", ".png",         ".gp",
                                      ".csv", ".summary.csv", ".facts"};
enum { ENDINGS = sizeof endings / sizeof *endings };

char *charts_suggest(const struct stage *stage, char *name, size_t size)
{
    const char *slash = strrchr(stage->path, '/');
    const char *file = slash ? slash + 1 : stage->path;
    const char *point = strrchr(file, '.');
    int length = (int)(point > file ? (size_t)(point - file) : strlen(file));

    snprintf(name, size, "%.*s-%s.svg", length < 36 ? length : 36, file,
             trace_chart_names[stage->chart].file);
    return name;
}

// The path without one of these endings.
static void cut_ending(char *path)
{
    size_t length = strlen(path), longest = 0;

    for (int i = 0; i < ENDINGS; i++) {
        size_t end = strlen(endings[i]);

        if (end < length && end > longest &&
            strcmp(path + length - end, endings[i]) == 0)
            longest = end;
    }
    path[length - longest] = '\0';
}

static bool is_free(const char *path, char *taken, size_t size)
{
    for (int i = 0; i < saved_count && i < SAVED; i++)
        if (strcmp(saved[i], path) == 0)
            return true;
    for (int i = 0; i < ENDINGS; i++) {
        snprintf(taken, size, "%s%s", path, endings[i]);
        if (access(taken, F_OK) == 0)
            return false;
    }
    return true;
}

// Returns false where there is no name.
static bool take_path(const char *path)
{
    const char *slash = strrchr(path, '/');
    int folder = slash ? (int)(slash - path) : 0;

    snprintf(child.folder, sizeof child.folder, "%.*s", folder, path);
    if (!slash)
        strcpy(child.folder, ".");
    else if (folder == 0)
        strcpy(child.folder, "/");
    snprintf(child.name, sizeof child.name, "%s", slash ? slash + 1 : path);
    return *child.name && *child.name != '.';
}

static void begin_saving(struct stage *stage, const char *path)
{
    errand_end(&child.errand);
    child.wish =
        (struct wish){.asked = charts_asked(stage), .spanish = lang_is_spanish};
    child.wish.asked.name = child.name;
    child.keeps = true;
    snprintf(saved[saved_count++ % SAVED], sizeof *saved, "%s", path);
    stage_say(stage,
              M("%s.svg, .png, .gp, .csv are being written…",
                "se escriben %s.svg, .png, .gp, .csv…"),
              path);
    begin(stage, KEEP_S);
}

bool charts_save(struct stage *stage, const char *path)
{
    char base[200], taken[220];

    if (child.keeps) {
        stage_say(stage, "%s",
                  M("the chart before it is still being written",
                    "el gráfico anterior aún se está escribiendo"));
        return true;
    }
    snprintf(base, sizeof base, "%s", path);
    cut_ending(base);
    if (!take_path(base)) {
        stage_say(stage, "%s",
                  M("a name for its files, as x or x.svg",
                    "un nombre para sus archivos, como x o "
                    "x.svg"));
        return false;
    }
    if (!is_free(base, taken, sizeof taken)) {
        stage_say(stage,
                  M("%s is there already, and not from here: another name?",
                    "%s ya existe y no es de aquí: ¿otro nombre?"),
                  taken);
        return false;
    }
    begin_saving(stage, base);
    return true;
}

void charts_end(void)
{
    errand_end(&child.errand);
    forget_drawing();
    child.keeps = is_wished = false;
}
