// exploration_tell.c - what the explorer's report means for a promise
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "runtime/message.h"
#include "runtime/must.h"
#include "tools/course/keep.h"
#include "tools/course/wrap.h"
#include "tools/grader/exploration.h"

enum {
    ROWS_MOST = 16,   // of a story; its end matters
    COLUMNS = 72,     // of a row, behind its mark
    PLACE_WIDTH = 18, // of it, for "bank.c:123"
    TEXT_LEAST = 26,  // of it, for what the last thread does
    LANES_MOST = 6,   // threads that have a column each
    LANE_MOST = 18,   // columns from one thread to the next
};

// ---- JSON -------------------------------------------------------------------

static const char *text_of(json_t *object, const char *key)
{
    const char *text = json_string_value(json_object_get(object, key));

    return text ? text : "";
}

static json_int_t number_of(json_t *object, const char *key)
{
    return json_integer_value(json_object_get(object, key));
}

static bool is_true(json_t *object, const char *key)
{
    return json_is_true(json_object_get(object, key));
}

// "labs/07_threads/bank.c" and 12 become "bank.c:12".
static void place_of(json_t *object, char *place, size_t size)
{
    const char *file = text_of(object, "file"), *slash = strrchr(file, '/');

    *place = '\0';
    if (*file)
        snprintf(place, size, "%.40s:%d", slash ? slash + 1 : file,
                 (int)number_of(object, "line"));
}

// ---- Columns ----------------------------------------------------------------

// At least one blank behind it.
static void print_cell(FILE *out, const char *text, int width)
{
    size_t bytes = wrap_fit(text, width - 1);

    fprintf(out, "%.*s%*s", (int)bytes, text, width - wrap_columns(text, bytes),
            "");
}

// Text in lines of less than room columns, place behind the first one.
static void print_wrapped(FILE *out, const char *text, int indent, int room,
                          const char *place)
{
    int bytes = (int)wrap_fit_words(text, room - 1);

    fprintf(out, "%*s%.*s", indent, "", bytes, text);
    if (*place)
        fprintf(out, "%*s%s", room - wrap_columns(text, (size_t)bytes), "",
                place);
    text += bytes;
    while (*(text += strspn(text, " "))) {
        bytes = (int)wrap_fit_words(text, room - 1);
        fprintf(out, "\n    %*s%.*s", indent, "", bytes, text);
        text += bytes;
    }
}

static int lanes_of(json_t *report)
{
    return (int)json_array_size(json_object_get(report, "threads"));
}

// Each thread begins so far to the right of the one before; what it does may
// reach into the next ones' columns: they do nothing meanwhile. 0: too many.
static int step_of(int lanes)
{
    int step = lanes > 1 ? (COLUMNS - PLACE_WIDTH - TEXT_LEAST) / (lanes - 1)
                         : LANE_MOST;

    return lanes > LANES_MOST ? 0 : step < LANE_MOST ? step : LANE_MOST;
}

static void print_heads(FILE *out, json_t *report, int step)
{
    size_t i;
    json_t *thread;

    if (!step)
        return;
    fputs("\n    ", out);
    json_array_foreach(json_object_get(report, "threads"), i, thread)
        print_cell(out, text_of(thread, "name"), step);
}

static const char *name_of(json_t *report, json_int_t number)
{
    size_t i;
    json_t *thread;

    json_array_foreach(json_object_get(report, "threads"), i,
                       thread) if (number_of(thread, "number") ==
                                   number) return text_of(thread, "name");
    return "?";
}

static const char *words_of(json_t *row)
{
    const char *text = text_of(row, "text");

    return *text ? text : text_of(row, "operation");
}

// Of one of too many threads for columns.
static void print_named_row(FILE *out, const char *name, const char *words,
                            const char *place)
{
    char *text;

    MUST(asprintf(&text, "%s: %s  %s", name, words, place));
    print_wrapped(out, text, 0, COLUMNS, "");
    free(text);
}

static void print_row(FILE *out, json_t *report, json_t *row, int step)
{
    int task = (int)number_of(row, "task");
    int indent = task > 0 && task < LANES_MOST ? task * step : 0;
    char place[64];

    place_of(row, place, sizeof place);
    fputs(is_true(row, "fatal") ? "\n  > " : "\n    ", out);
    if (!step)
        print_named_row(out, name_of(report, task), words_of(row), place);
    else
        print_wrapped(out, words_of(row), indent,
                      COLUMNS - indent - (*place ? PLACE_WIDTH : 0), place);
}

static void print_story(FILE *out, json_t *report)
{
    json_t *story = json_object_get(report, "story");
    size_t count = json_array_size(story);
    size_t first = count > ROWS_MOST ? count - ROWS_MOST : 0;
    int step = step_of(lanes_of(report));

    if (count == 0)
        return;
    print_heads(out, report, step);
    if (first)
        fputs("\n    ...", out);
    for (size_t i = first; i < count; i++)
        print_row(out, report, json_array_get(story, i), step);
}

// ---- Source lines -----------------------------------------------------------

static const char *line_of(const char *text, json_int_t number)
{
    for (json_int_t line = 1; line < number && text; line++) {
        text = strchr(text, '\n');
        text = text ? text + 1 : NULL;
    }
    return text;
}

static char *read_in(const char *folder, const char *name)
{
    char *path, *text;

    MUST(asprintf(&path, "%s/%s", folder, name));
    text = keep_read(path, 1 << 20, NULL);
    free(path);
    return text;
}

// The student's or the harness's file of that name.
static void print_source(FILE *out, const struct explored *explored,
                         json_t *location)
{
    const char *file = text_of(location, "file"), *line;
    const char *slash = strrchr(file, '/'), *name = slash ? slash + 1 : file;
    char *text = *file ? read_in(explored->sources, name) : NULL;

    if (*file && !text)
        text = read_in(explored->harness, name);
    line = text ? line_of(text, number_of(location, "line")) : NULL;
    if (line) {
        line += strspn(line, " \t");
        fprintf(out, "\n        %.*s", (int)strcspn(line, "\r\n"), line);
    }
    free(text);
}

static void print_locations(FILE *out, const struct explored *explored,
                            json_t *report)
{
    json_t *location;
    size_t i;

    json_array_foreach(json_object_get(report, "locations"), i, location)
    {
        char place[64];

        place_of(location, place, sizeof place);
        fprintf(out, "\n    %s, %s, %s()",
                name_of(report, number_of(location, "task")), place,
                text_of(location, "function"));
        print_source(out, explored, location);
    }
}

// ---- Verdicts ---------------------------------------------------------------

static void print_failed(FILE *out, const struct explored *explored,
                         json_t *report)
{
    const char *schedule = text_of(report, "schedule");

    fputs(M("in every interleaving this should hold; in one it does not.",
            "debía cumplirse en toda intercalación; en una no se cumple."),
          out);
    fprintf(out, "\n%s", text_of(report, "message"));
    print_locations(out, explored, report);
    print_story(out, report);
    if (*schedule)
        fprintf(out,
                M("\n  see it:   ./telar explore %s%s --view --replay '%s'"
                  "\n  play it:  ./telar play %s --schedule '%s'",
                  "\n  míralo:   ./telar explore %s%s --view --replay '%s'"
                  "\n  juégalo:  ./telar play %s --schedule '%s'"),
                explored->files, explored->options, schedule, explored->files,
                schedule);
}

static void print_list(FILE *out, json_t *list)
{
    json_t *each;
    size_t i;

    json_array_foreach(list, i, each) if (json_is_string(each))
        fprintf(out, "\n  - %s", json_string_value(each));
}

static void print_sampled(FILE *out, json_t *report)
{
    fprintf(out,
            M("this should be proved for every interleaving; %lld were tried "
              "and none failed, but they are not all, so it earns nothing:",
              "debía probarse para toda intercalación; se intentaron %lld y "
              "ninguna falló, pero no son todas, así que no da puntos:"),
            (long long)number_of(report, "executions"));
    print_list(out, json_object_get(report, "doubts"));
    print_list(out, json_object_get(report, "bounds"));
}

// Every execution reached the end of the harness: it returned what it returns.
static bool all_reached_the_end(const struct explored *explored, json_t *report)
{
    json_t *each;
    size_t i;

    json_array_foreach(json_object_get(report, "statuses"), i,
                       each) if (number_of(each, "status") !=
                                 explored->promise->status) return false;
    return true;
}

static enum explored_end judge_proved(const struct explored *explored,
                                      json_t *report, FILE *out)
{
    if (!is_true(report, "exhausted") || number_of(report, "executions") < 1 ||
        is_true(report, "interrupted")) {
        print_sampled(out, report);
        return EXPLORED_BROKEN;
    }
    if (all_reached_the_end(explored, report))
        return EXPLORED_KEPT;
    fputs(M("the program should run to its end; your code ended it before",
            "el programa debía llegar a su final; tu código lo terminó antes"),
          out);
    return EXPLORED_BROKEN;
}

// What the engine refuses to judge is the student's doing: of the harness it
// judged the solution.
static enum explored_end judge_error(json_t *report, FILE *out)
{
    fputs(text_of(report, "message"), out);
    return is_true(report, "refused") ? EXPLORED_BROKEN : EXPLORED_UNJUDGED;
}

static enum explored_end judge(const struct explored *explored, json_t *report,
                               FILE *out)
{
    const char *verdict = text_of(report, "verdict");

    if (explored->status == 0 && strcmp(verdict, "proved") == 0)
        return judge_proved(explored, report, out);
    if (explored->status == 0 && strcmp(verdict, "sampled") == 0)
        print_sampled(out, report);
    else if (explored->status == 1 && strcmp(verdict, "failed") == 0)
        print_failed(out, explored, report);
    else if (explored->status == 2 && strcmp(verdict, "error") == 0)
        return judge_error(report, out);
    else {
        fputs(
            M("the explorer gave no verdict", "el explorador no dio veredicto"),
            out);
        return EXPLORED_UNJUDGED;
    }
    return EXPLORED_BROKEN;
}

enum explored_end exploration_judge(const struct explored *explored,
                                    char **message)
{
    json_t *report = json_loads(explored->report, 0, NULL);
    enum explored_end end;
    size_t size;
    FILE *out = MUST(open_memstream(message, &size));

    end = judge(explored, report, out);
    fclose(out);
    json_decref(report);
    return end;
}
