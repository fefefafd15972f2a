// export_svg.c - the timeline as a picture for slides and handouts
//
// Light ground, colours of Okabe and Ito (2008), and a pattern each, so that
// nothing hangs on colour. Only what every reader of SVG knows: rectangles,
// lines, text, patterns; no script, no style sheet, no font of its own.
#include <errno.h>
#include <inttypes.h>
#include <string.h>

#include "runtime/message.h"
#include "tools/trace/escape.h"
#include "tools/trace/export_findings.h"
#include "tools/trace/export_parts.h"
#include "tools/trace/export_svg_parts.h"
#include "tools/trace/words.h"

export_writer export_svg;

enum { LINE = 18 }; // px, of the words below

static void put_text(const struct picture *picture, int x, int y,
                     const char *how, const char *text)
{
    int letters = (picture->width_px - x) / LETTER;

    fprintf(picture->out, "<text x=\"%d\" y=\"%d\"%s>", x, y, how);
    escape_xml(picture->out, text, letters > 1 ? letters : 1);
    fputs("</text>\n", picture->out);
}

// ---- What everything looks like ---------------------------------------------

static const char patterns[] =
    "<defs>\n"
    "<pattern id=\"unseen\" width=\"6\" height=\"6\" "
    "patternUnits=\"userSpaceOnUse\"><rect width=\"6\" height=\"6\" "
    "fill=\"#ffffff\"/><path d=\"M0 1.5H6M0 4.5H6\" stroke=\"#009E73\" "
    "stroke-width=\"1\"/></pattern>\n"
    "<pattern id=\"ready\" width=\"6\" height=\"6\" "
    "patternUnits=\"userSpaceOnUse\"><rect width=\"6\" height=\"6\" "
    "fill=\"#F0E442\"/><path d=\"M-1 1L1 -1M0 6L6 0M5 7L7 5\" "
    "stroke=\"#5c5600\" stroke-width=\"1.2\"/></pattern>\n"
    "<pattern id=\"blocked\" width=\"6\" height=\"6\" "
    "patternUnits=\"userSpaceOnUse\"><rect width=\"6\" height=\"6\" "
    "fill=\"#D55E00\"/><path d=\"M0 0L6 6M0 6L6 0\" stroke=\"#ffffff\" "
    "stroke-width=\"0.9\"/></pattern>\n"
    "<pattern id=\"sleeping\" width=\"6\" height=\"6\" "
    "patternUnits=\"userSpaceOnUse\"><rect width=\"6\" height=\"6\" "
    "fill=\"#56B4E9\"/><circle cx=\"3\" cy=\"3\" r=\"1.3\" "
    "fill=\"#ffffff\"/></pattern>\n"
    "</defs>\n";

static const char *fill_of(const struct picture *picture, int doing)
{
    switch (doing) {
    case MODEL_RUNNING:
        return picture->model->source ? "#009E73" : "url(#unseen)";
    case MODEL_READY:
        return "url(#ready)";
    case MODEL_SLEEPING:
        return "url(#sleeping)";
    default:
        return "url(#blocked)";
    }
}

static const char *word_for(const struct picture *picture, int doing)
{
    switch (doing) {
    case MODEL_RUNNING:
        return picture->model->source ? M("running", "en ejecución")
                                      : M("not waiting (CPU not recorded)",
                                          "sin esperar (CPU sin registrar)");
    case MODEL_READY:
        return M("ready, without a CPU", "lista, sin CPU");
    case MODEL_SLEEPING:
        return M("sleeping", "dormida");
    default:
        return M("blocked", "bloqueada");
    }
}

static const char *source_words(const struct picture *picture)
{
    switch (picture->model->source) {
    case TRACE_SOURCE_PERF:
        return M("Scheduling: every context switch (perf).",
                 "Planificación: cada cambio de contexto (perf).");
    case TRACE_SOURCE_FALLBACK:
        return M("Scheduling: from samples; short turns on a CPU may be "
                 "missing.",
                 "Planificación: a partir de muestras; pueden faltar turnos "
                 "cortos en la CPU.");
    case TRACE_SOURCE_EXPLORER:
        return M("Scheduling: chosen by the explorer.",
                 "Planificación: elegida por el explorador.");
    default:
        return M("Scheduling: not recorded.", "Planificación: sin registrar.");
    }
}

// ---- Lanes ------------------------------------------------------------------

static void put_run(const struct picture *picture, int y, size_t begin,
                    size_t end, int doing)
{
    fprintf(picture->out,
            "<rect x=\"%.1f\" y=\"%d\" width=\"%.1f\" height=\"%d\" "
            "fill=\"%s\"/>\n",
            LEFT + (double)begin / CELLS_A_PX, y,
            (double)(end - begin) / CELLS_A_PX, BAR, fill_of(picture, doing));
}

static void put_bars(const struct picture *picture,
                     const struct picture_lane *lane, int y)
{
    size_t begin = 0;

    for (size_t i = 1; i <= picture->cells; i++) {
        if (i < picture->cells && lane->cells[i] == lane->cells[begin])
            continue;
        if (lane->cells[begin])
            put_run(picture, y, begin, i, lane->cells[begin] - 1);
        begin = i;
    }
}

static void put_labels(const struct picture *picture, uint32_t task, int y)
{
    for (size_t i = 0; i < picture->label_count; i++) {
        const struct picture_label *label = &picture->labels[i];

        if (label->task != task || !label->text)
            continue;
        fprintf(picture->out,
                "<text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\" "
                "font-weight=\"bold\" stroke=\"#ffffff\" stroke-width=\"4\" "
                "stroke-linejoin=\"round\" paint-order=\"stroke\">",
                (picture_x(picture, label->begin) +
                 picture_x(picture, label->end)) /
                    2,
                y + BAR - 5);
        escape_xml(picture->out, label->text, 60);
        fputs("</text>\n", picture->out);
    }
}

static void put_marks(const struct picture *picture, uint32_t task, int y)
{
    for (size_t i = 0; i < picture->mark_count; i++) {
        const struct picture_mark *mark = &picture->marks[i];
        double x = picture_x(picture, mark->time);

        if (mark->task != task || !mark->text)
            continue;
        fprintf(picture->out,
                "<path d=\"M%.1f %dv%dM%.1f %dl-4 -5h8z\" stroke=\"#000000\" "
                "stroke-width=\"1.2\"><title>",
                x, y, BAR, x, y + 1);
        escape_xml(picture->out, mark->text, 120);
        fputs("</title></path>\n", picture->out);
    }
}

void picture_lanes(const struct picture *picture)
{
    int y = TOP + (int)picture->batons.count * ROW;
    char label[300];

    for (uint32_t i = 1; i < picture->model->task_count; i++) {
        if (!picture->lanes[i].cells)
            continue;
        model_task_brief(picture->model, i, (LEFT - 20) / LETTER, label,
                         sizeof label);
        fprintf(picture->out, "<text x=\"%d\" y=\"%d\" text-anchor=\"end\">",
                LEFT - 10, y + BAR - 5);
        escape_xml(picture->out, label, (LEFT - 20) / LETTER);
        fputs("</text>\n", picture->out);
        put_bars(picture, &picture->lanes[i], y);
        put_labels(picture, i, y);
        put_marks(picture, i, y);
        y += ROW;
    }
}

// ---- What is wrong ----------------------------------------------------------

static void keep_finding(void *context, const struct model *model,
                         const struct finding *finding)
{
    struct picture *picture = context;

    (void)model;
    if (picture->finding_count < FINDINGS_MOST)
        picture->findings[picture->finding_count] = *finding;
    picture->finding_count++;
}

static size_t findings_drawn(const struct picture *picture)
{
    return picture->finding_count < FINDINGS_MOST ? picture->finding_count
                                                  : FINDINGS_MOST;
}

static void put_flags(const struct picture *picture, int bottom)
{
    for (size_t i = 0; i < findings_drawn(picture); i++) {
        uint64_t begin = picture->findings[i].begin;
        double x =
            picture_x(picture, begin > picture->from ? begin : picture->from);

        fprintf(picture->out,
                "<path d=\"M%.1f %dV%d\" stroke=\"#000000\" "
                "stroke-dasharray=\"3 3\"/>\n"
                "<circle cx=\"%.1f\" cy=\"%d\" r=\"8\" fill=\"#000000\"/>\n"
                "<text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\" "
                "fill=\"#ffffff\" font-weight=\"bold\">%zu</text>\n",
                x, TOP - 6, bottom, x, TOP - 12, x, TOP - 8, i + 1);
    }
}

static int put_findings(const struct picture *picture, int y)
{
    char words[600], line[700], time[64];

    for (size_t i = 0; i < findings_drawn(picture); i++) {
        const struct finding *finding = &picture->findings[i];

        findings_words(picture->model, finding, words, sizeof words);
        words_time(picture->model, export_since(picture->model, finding->begin),
                   time, sizeof time);
        snprintf(line, sizeof line, "%zu · %s · %s", i + 1, time, words);
        put_text(picture, 20, y, " font-weight=\"bold\"", line);
        y += LINE;
    }
    if (picture->finding_count > FINDINGS_MOST) {
        snprintf(line, sizeof line, M("and %zu more", "y %zu más"),
                 picture->finding_count - FINDINGS_MOST);
        put_text(picture, 20, y, "", line);
        y += LINE;
    }
    return y;
}

// ---- Around it --------------------------------------------------------------

static void put_title(const struct picture *picture)
{
    const struct model *model = picture->model;
    char label[300] = "", from[64], until[64], line[600];

    if (reader_entry(model->reader, 1))
        model_task_label(model, 1, label, sizeof label);
    words_time(model, export_since(model, picture->from), from, sizeof from);
    words_time(model, export_since(model, picture->until), until, sizeof until);
    snprintf(line, sizeof line,
             model->reader->header.clock == TRACE_STEPS
                 ? M("%s: from %s to %s", "%s: del %s al %s")
                 : M("%s: from %s to %s", "%s: de %s a %s"),
             label, from, until);
    put_text(picture, 20, 28, " font-size=\"18\" font-weight=\"bold\"", line);
    put_text(picture, 20, 48, " fill=\"#404040\"", source_words(picture));
}

static void put_swatch(const struct picture *picture, int x, int y, int doing)
{
    fprintf(picture->out,
            "<rect x=\"%d\" y=\"%d\" width=\"24\" height=\"13\" "
            "fill=\"%s\" stroke=\"#404040\" stroke-width=\"0.5\"/>\n",
            x, y - 11, fill_of(picture, doing));
    put_text(picture, x + 30, y, "", word_for(picture, doing));
}

// What occurs, over as many lines as it needs; is_drawn: not only measured.
// Returns where the next line is.
static int put_legend(const struct picture *picture, int y, bool is_drawn)
{
    static const int order[] = {MODEL_RUNNING, MODEL_READY, MODEL_BLOCKED,
                                MODEL_SLEEPING};
    int x = 20;

    for (int i = 0; i < 4; i++) {
        int wide = 46 + (int)strlen(word_for(picture, order[i])) * LETTER;

        if (!picture->shown[order[i]])
            continue;
        if (x > 20 && x + wide > picture->width_px) {
            x = 20;
            y += LINE;
        }
        if (is_drawn)
            put_swatch(picture, x, y, order[i]);
        x += wide;
    }
    return y + LINE + 4;
}

static bool is_coarse(const struct picture *picture)
{
    return picture->until - picture->from > picture->cells;
}

// What the picture leaves out.
static void put_honesty(const struct picture *picture, int y)
{
    const struct model *model = picture->model;
    char line[300], time[64];

    if (is_coarse(picture)) {
        words_time(model, (picture->until - picture->from) / picture->cells,
                   time, sizeof time);
        snprintf(line, sizeof line,
                 M("Of what is shorter than half a pixel (%s), the longest is "
                   "drawn.",
                   "De lo que dura menos de medio píxel (%s) se dibuja lo más "
                   "largo."),
                 time);
        put_text(picture, 20, y, " fill=\"#404040\"", line);
        y += LINE;
    }
    if (picture->left_out) {
        snprintf(
            line, sizeof line,
            M("%u more tasks are not drawn.", "No se dibujan otras %u tareas."),
            picture->left_out);
        put_text(picture, 20, y, " fill=\"#404040\"", line);
    }
}

static int height_of(const struct picture *picture, int y)
{
    size_t lines = findings_drawn(picture) + is_coarse(picture);

    lines += picture->finding_count > FINDINGS_MOST;
    lines += picture->left_out > 0;
    return put_legend(picture, y, false) + (int)lines * LINE;
}

static void draw(const struct picture *picture)
{
    int lanes = (int)picture->lane_count + (int)picture->batons.count;
    int bottom = TOP + lanes * ROW + 4, y = bottom + 46;
    int height = height_of(picture, y);

    fprintf(picture->out,
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" "
            "height=\"%d\" viewBox=\"0 0 %d %d\" font-size=\"12\" "
            "font-family=\"Helvetica, Arial, sans-serif\" fill=\"#000000\">\n",
            picture->width_px, height, picture->width_px, height);
    fputs(patterns, picture->out);
    fprintf(picture->out,
            "<rect width=\"%d\" height=\"%d\" fill=\"#ffffff\"/>\n",
            picture->width_px, height);
    put_title(picture);
    picture_axis(picture, bottom);
    picture_batons(picture);
    picture_lanes(picture);
    put_flags(picture, bottom);
    y = put_legend(picture, y, true);
    y = put_findings(picture, y);
    put_honesty(picture, y);
    fputs("</svg>\n", picture->out);
}

int export_svg(FILE *out, struct model *model, const struct export_what *what)
{
    struct picture picture = {.out = out,
                              .model = model,
                              .width_px = what->width_px ? what->width_px
                                                         : EXPORT_WIDTH};
    int error;

    picture.cells = (size_t)(picture.width_px - LEFT - RIGHT) * CELLS_A_PX;
    error = export_findings(model, what, keep_finding, &picture);
    if (!error && !picture_fill(&picture, what))
        error = ENOMEM;
    if (!error)
        error = export_batons(&picture.batons, model, what);
    if (!error)
        draw(&picture);
    picture_free(&picture);
    return error;
}
