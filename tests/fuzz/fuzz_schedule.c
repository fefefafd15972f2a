// fuzz_schedule.c - any bytes are a schedule or a report of the engine, or are
// refused
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "tools/explorer/report.h"
#include "tools/explorer/schedule.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

// What is read comes out as it went in.
static void try_schedule(const char *text)
{
    struct schedule schedule;
    char error[200] = "", *again;

    if (!schedule_parse(text, &schedule, error, sizeof error)) {
        if (!*error || schedule.steps)
            abort();
        return;
    }
    again = schedule_text(&schedule);
    if (strcmp(again, text) != 0)
        abort();
    free(again);
    schedule_free(&schedule);
}

static void try_lines(const char *text, drive_line *take, void *report)
{
    char *copy = strdup(text), *rest = copy, *line;

    while (copy && (line = strsep(&rest, "\n")))
        if (!drive_take(line, take, report))
            break;
    free(copy);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct search_report search = {0};
    struct replay replay = {0};
    char *text = malloc(size + 1);

    if (!text)
        return 0;
    memcpy(text, data, size);
    text[size] = '\0';
    try_schedule(text);
    try_lines(text, report_take_search, &search);
    try_lines(text, report_take_replay, &replay);
    search_report_free(&search);
    replay_free(&replay);
    free(text);
    return 0;
}
