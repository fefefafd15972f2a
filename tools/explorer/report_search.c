// report_search.c - what a search said
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "runtime/must.h"
#include "tools/explorer/report_parts.h"

struct reading {
    struct search_report *report;
    struct refusal refusal;
    report_progress *progress;
    void *context;
};

static bool take_progress(struct search_report *report, char **f)
{
    return parse_u64(f[1], &report->executions) &&
           parse_u64(f[2], &report->redundant) &&
           parse_u64(f[3], &report->failing);
}

static bool take_failed(struct search_report *report, char **f)
{
    enum failure_kind kind;
    struct found *found;

    if (!kind_named(f[1], &kind) || kind == NO_FAILURE)
        return false;
    found = &report->found[kind];
    if (found->schedule || !parse_u64(f[2], &found->execution) ||
        !parse_int(f[3], &found->preemptions))
        return false;
    found->schedule = MUST(strdup(f[4]));
    if (report->first_kind == NO_FAILURE) {
        report->first_kind = kind;
        report->first_failure = found->execution;
    }
    return true;
}

static bool take_weak(struct search_report *report, char **f)
{
    report->weak = grow(report->weak, report->weak_count, sizeof *report->weak);
    return parse_address(f[1], &report->weak[report->weak_count++]);
}

static bool take_bound(struct search_report *report, char **f)
{
    struct bound *bound;

    report->bounds =
        grow(report->bounds, report->bound_count, sizeof *report->bounds);
    bound = &report->bounds[report->bound_count];
    if (!parse_u64(f[2], &bound->count) || !parse_address(f[3], &bound->pc))
        return false;
    bound->name = MUST(strdup(f[1]));
    report->bound_count++;
    return true;
}

static bool take_status(struct search_report *report, char **f)
{
    struct status_count *status;

    report->statuses =
        grow(report->statuses, report->status_count, sizeof *report->statuses);
    status = &report->statuses[report->status_count++];
    return parse_int(f[1], &status->status) && parse_u64(f[2], &status->count);
}

static bool take_states(struct search_report *report, char **f)
{
    char *end;

    report->states_hash = strtoull(f[2], &end, 16);
    return parse_u64(f[1], &report->states) && *f[2] && !*end;
}

static bool take_done(struct search_report *report, char **f)
{
    report->is_complete = true;
    return parse_flag(f[1], &report->exhausted) &&
           parse_u64(f[2], &report->executions) &&
           parse_u64(f[3], &report->redundant) &&
           parse_u64(f[4], &report->cut) && parse_u64(f[5], &report->failing) &&
           parse_u64(f[6], &report->first_failure) &&
           parse_seconds(f[7], &report->seconds);
}

static const struct {
    const char *word;
    size_t fields;
    bool (*take)(struct search_report *report, char **fields);
} lines[] = {
    {"progress", 4, take_progress}, {"failed", 5, take_failed},
    {"weak", 2, take_weak},         {"bound", 4, take_bound},
    {"status", 3, take_status},     {"states", 3, take_states},
    {"done", 8, take_done},
};

bool report_take_search(void *report, char **fields, size_t count)
{
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++)
        if (strcmp(lines[i].word, fields[0]) == 0)
            return count == lines[i].fields && lines[i].take(report, fields);
    return false;
}

static bool take(void *context, char **fields, size_t count)
{
    struct reading *reading = context;

    if (strcmp(fields[0], "refuse") == 0)
        return take_refusal(&reading->refusal, fields, count);
    if (!report_take_search(reading->report, fields, count))
        return false;
    if (reading->progress && strcmp(fields[0], "progress") == 0)
        reading->progress(reading->context, reading->report);
    return true;
}

bool report_search(const struct drive *drive, report_progress *progress,
                   void *context, struct search_report *report, char *error,
                   size_t error_size)
{
    struct reading reading = {
        .report = report, .progress = progress, .context = context};
    enum drive_end end;

    *report = (struct search_report){0};
    *error = '\0';
    end = drive_run(drive, take, &reading, error, error_size);
    report->refused = reading.refusal.refused;
    report->crowded = reading.refusal.crowded;
    report->refused_pc = reading.refusal.pc;
    if (report->refused)
        snprintf(error, error_size, "%s", reading.refusal.text);
    return !report->refused && end != DRIVE_BROKEN;
}

void search_report_free(struct search_report *report)
{
    for (int i = 0; i < FAILURE_KIND_COUNT; i++)
        free(report->found[i].schedule);
    for (size_t i = 0; i < report->bound_count; i++)
        free(report->bounds[i].name);
    free(report->weak);
    free(report->bounds);
    free(report->statuses);
    *report = (struct search_report){0};
}
