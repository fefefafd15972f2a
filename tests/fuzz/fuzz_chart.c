// fuzz_chart.c - any bytes are the header of a chart, or rows, or are refused
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "runtime/message.h"
#include "tools/course/chart.h"
#include "viz/chart_rows.h"
#include "viz/chart_script.h"
#include "viz/chart_summary.h"
#include "viz/chart_table.h"
#include "viz/chart_title.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { SUMMARY_ROWS = 32 }; // a summary takes time

static void try_summary(const struct chart_rows *rows,
                        const struct chart *chart)
{
    struct chart_summary summary;
    struct facts facts = {0};
    struct chart_story story = {chart, rows, &facts, ""};
    char error[512], *title, *text;
    size_t text_size;
    FILE *out = open_memstream(&text, &text_size);

    chart_summary_of(rows, &summary);
    chart_summary_print(out, &summary);
    chart_summary_facts(out, &summary);
    title = chart_title_fill(chart, &facts, &summary, error, sizeof error);
    chart_table_title(out, title ? title : error, 60);
    chart_table_print(out, chart, &summary, 60);
    fclose(out);
    story.title = title ? title : error;
    for (size_t i = 0; i < rows->measure_count; i++)
        if (!chart_text(chart, rows->measures[i]))
            story.title = NULL;
    if (story.title) {
        int line;

        free(text);
        text = chart_script_pictures(&story, &line);
    }
    free(text);
    free(title);
    chart_summary_free(&summary);
}

// The header ends where the rows begin.
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct chart chart = {.path = NULL};
    struct chart_rows rows;
    char *text = malloc(size + 1), *split, error[512] = "";
    bool charted;

    if (!text)
        return 0;
    memcpy(text, data, size);
    text[size] = '\0';
    lang_set(size % 2 ? "es" : "en");
    charted = chart_parse("c.gp", "c", text, &chart, error, sizeof error);
    if (!charted && !*error)
        abort();
    split = strstr(text, "series,");
    split = split ? split : text;
    if (chart_rows_parse(split, size - (size_t)(split - text), &rows, error,
                         sizeof error)) {
        if (charted && rows.count <= SUMMARY_ROWS)
            try_summary(&rows, &chart);
        chart_rows_free(&rows);
    }
    if (charted)
        chart_free(&chart);
    free(text);
    return 0;
}
