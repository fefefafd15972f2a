// chart_title.c - a title says the result: its figures are looked up
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "runtime/message.h"
#include "runtime/must.h"
#include "tools/course/figure.h"
#include "tools/course/units.h"
#include "viz/chart_figure.h"
#include "viz/chart_title.h"

struct filling {
    const struct chart *chart;
    const struct facts *facts;
    const struct chart_summary *summary;
    char *error;
    size_t error_size;
};

static bool write_figure(struct filling *f, const struct figure *figure,
                         FILE *out)
{
    struct chart_figure found;
    char reason[512];

    if (!chart_figure_find(figure, f->facts, f->summary, &found, reason,
                           sizeof reason)) {
        snprintf(f->error, f->error_size,
                 M("%s:%d: the title %s", "%s:%d: el título %s"),
                 f->chart->path, chart_line(f->chart, "title"), reason);
        return false;
    }
    chart_figure_print(out, &found);
    return true;
}

// The header was checked: every brace begins or ends a figure.
static bool write_title(struct filling *f, FILE *out)
{
    const char *at = chart_text(f->chart, "title");
    struct figure figure;

    while (*at) {
        size_t plain = strcspn(at, "{");

        fwrite(at, 1, plain, out);
        at += plain;
        if (*at &&
            (!figure_take(&at, &figure) || !write_figure(f, &figure, out)))
            return false;
    }
    return true;
}

char *chart_title_fill(const struct chart *chart, const struct facts *facts,
                       const struct chart_summary *summary, char *error,
                       size_t error_size)
{
    struct filling filling = {chart, facts, summary, error, error_size};
    char *title, *bound;
    size_t size;
    FILE *out = MUST(open_memstream(&title, &size));
    bool filled = write_title(&filling, out);

    fclose(out);
    bound = filled ? units_bind(title) : NULL;
    free(title);
    return bound;
}
