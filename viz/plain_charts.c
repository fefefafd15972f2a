// plain_charts.c - what each chart of a trace says: its title
#include <stdlib.h>
#include <string.h>

#include "runtime/message.h"
#include "tools/course/terminal.h"
#include "tools/course/units.h"
#include "viz/charts.h"
#include "viz/plain.h"
#include "viz/plot_work.h"

enum { SENTENCE = 2048, COLUMNS = 60, ROWS = 16, GNUPLOT_S = 10 };

// The title of the chart, or why there is none.
static void find_words(struct stage *stage, const struct chart_asked *asked,
                       char *words, size_t size)
{
    struct chart_draft draft;
    char *title = NULL, *drawing = NULL, error[SENTENCE];

    if (!chart_draft_of(stage, asked, &draft, words, size))
        return;
    plot_given(&(struct plot_given){.name = trace_chart_names[asked->kind].file,
                                    .script = draft.script,
                                    .rows = draft.rows,
                                    .rows_bytes = draft.rows_bytes,
                                    .facts = draft.facts,
                                    .columns = COLUMNS,
                                    .preview_rows = ROWS,
                                    .timeout_s = GNUPLOT_S},
               &title, &drawing, error, sizeof error);
    snprintf(words, size, "%s", title ? units_unbind(title) : error);
    free(title);
    free(drawing);
    chart_draft_free(&draft);
}

void plain_charts(FILE *out, struct stage *stage)
{
    char words[SENTENCE], line[SENTENCE + 100];

    fputs(M("Charts:\n", "Gráficos:\n"), out);
    for (stage->chart = 0; stage->chart < TRACE_CHARTS; stage->chart++) {
        const struct trace_chart_name *name = &trace_chart_names[stage->chart];
        struct chart_asked asked = charts_asked(stage);

        asked.slices = COLUMNS;
        find_words(stage, &asked, words, sizeof words);
        snprintf(line, sizeof line, "  %s: %s", M(name->english, name->spanish),
                 words);
        print_printable(out, line, strlen(line));
        fputc('\n', out);
    }
    stage->chart = 0;
}
