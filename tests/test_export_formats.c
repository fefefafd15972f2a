// test_export_formats.c - what other programs are given, read as they read it
#include <jansson.h>
#include <sys/stat.h>

#include "runtime/message.h"
#include "tests/export_story.h"
#include "tools/trace/escape.h"
#include "tools/trace/export.h"

static struct reader reader;
static struct model model;
static char *file; // written last
static size_t file_size;
static struct export_what what;

static void write_as(const char *name, const char *table)
{
    FILE *out;

    free(file);
    out = open_memstream(&file, &file_size);
    ck_assert_int_eq(export_table(name, table)->write(out, &model, &what), 0);
    fclose(out);
}

static void open_story(void)
{
    story_open(&reader, story_name);
    ck_assert(model_open(&model, &reader));
    what = export_all();
    lang_set("en");
}

static void tell_story(void)
{
    export_story(story_path());
    open_story();
}

static void end(void)
{
    model_close(&model);
    reader_close(&reader);
    free(file);
    file = NULL;
}

// ---- Chrome: read as Perfetto's importer does -------------------------------

struct line { // one event of the file
    char phase;
    double ts;
    long long pid, tid, id;
    const char *category, *name;
    json_t *args;
    size_t number; // in the file
};

static json_t *root;
static struct line *lines;
static size_t line_count;

static struct line line_of(json_t *event, size_t number)
{
    struct line line = {.number = number,
                        .args = json_object_get(event, "args")};

    ck_assert(json_is_string(json_object_get(event, "ph")));
    ck_assert(json_is_number(json_object_get(event, "ts")));
    ck_assert(json_is_integer(json_object_get(event, "pid")));
    ck_assert(json_is_integer(json_object_get(event, "tid")));
    line.phase = *json_string_value(json_object_get(event, "ph"));
    line.ts = json_number_value(json_object_get(event, "ts"));
    line.pid = json_integer_value(json_object_get(event, "pid"));
    line.tid = json_integer_value(json_object_get(event, "tid"));
    line.id = json_integer_value(json_object_get(event, "id"));
    line.category = json_string_value(json_object_get(event, "cat"));
    line.name = json_string_value(json_object_get(event, "name"));
    ck_assert(line.phase == 'E' ||
              (line.name && (line.category || line.phase == 'M')));
    return line;
}

static int by_time(const void *a, const void *b)
{
    const struct line *x = a, *y = b;

    if (x->ts != y->ts)
        return x->ts < y->ts ? -1 : 1;
    return x->number < y->number ? -1 : 1;
}

// Sorted by time; events of the same time as they stand.
static void read_chrome(void)
{
    json_error_t error;
    json_t *events;

    write_as("chrome", NULL);
    root = json_loadb(file, file_size, JSON_REJECT_DUPLICATES, &error);
    ck_assert_msg(root != NULL, "line %d: %s", error.line, error.text);
    events = json_object_get(root, "traceEvents");
    ck_assert(json_is_array(events));
    line_count = json_array_size(events);
    lines = calloc(line_count + 1, sizeof *lines);
    for (size_t i = 0; i < line_count; i++)
        lines[i] = line_of(json_array_get(events, i), i);
    qsort(lines, line_count, sizeof *lines, by_time);
}

static void forget_chrome(void)
{
    json_decref(root);
    free(lines);
    end();
}

enum { LANES = 64, DEEP = 100 };

struct open_lane {
    long long pid, tid;
    const struct line *stack[DEEP];
    int depth;
};

struct replay {
    struct open_lane lanes[LANES];
    int count;
};

static struct open_lane *lane_of(struct replay *replay, const struct line *line)
{
    for (int i = 0; i < replay->count; i++)
        if (replay->lanes[i].pid == line->pid &&
            replay->lanes[i].tid == line->tid)
            return &replay->lanes[i];
    ck_assert_int_lt(replay->count, LANES);
    replay->lanes[replay->count] =
        (struct open_lane){.pid = line->pid, .tid = line->tid};
    return &replay->lanes[replay->count++];
}

// The innermost slice in which the flow's end lies.
static const struct line *slice_around(struct replay *replay,
                                       const struct line *line)
{
    struct open_lane *lane = lane_of(replay, line);

    ck_assert_msg(lane->depth > 0, "%c of %s at %f lies in no slice",
                  line->phase, line->name, line->ts);
    return lane->stack[lane->depth - 1];
}

static void replay_slices(struct replay *replay, const struct line *line)
{
    struct open_lane *lane = lane_of(replay, line);

    if (line->phase == 'B') {
        ck_assert_int_lt(lane->depth, DEEP);
        lane->stack[lane->depth++] = line;
    } else {
        ck_assert_msg(lane->depth > 0, "an end without a beginning at %f",
                      line->ts);
        lane->depth--;
    }
}

typedef void arrow_seen(const struct line *from, const struct line *from_slice,
                        const struct line *to, const struct line *to_slice);

// Each flow has one beginning and one end, in that order, both in slices.
static void replay_all(arrow_seen *seen)
{
    static struct replay replay;
    static const struct line *starts[100000], *slices[100000];

    memset(&replay, 0, sizeof replay);
    memset(starts, 0, sizeof starts);
    for (size_t i = 0; i < line_count; i++) {
        const struct line *line = &lines[i];

        if (line->phase == 'B' || line->phase == 'E')
            replay_slices(&replay, line);
        if (line->phase != 's' && line->phase != 'f')
            continue;
        ck_assert_int_lt(line->id, 100000);
        if (line->phase == 's') {
            ck_assert_ptr_null(starts[line->id]);
            starts[line->id] = line;
            slices[line->id] = slice_around(&replay, line);
            continue;
        }
        ck_assert_ptr_nonnull(starts[line->id]);
        ck_assert_str_eq(starts[line->id]->name, line->name);
        ck_assert_str_eq(starts[line->id]->category, line->category);
        if (seen)
            seen(starts[line->id], slices[line->id], line,
                 slice_around(&replay, line));
        starts[line->id] = NULL;
        ck_assert_ptr_nonnull(slice_around(&replay, line));
    }
    for (int i = 0; i < replay.count; i++)
        ck_assert_int_eq(replay.lanes[i].depth, 0);
    for (int i = 0; i < 100000; i++)
        ck_assert_ptr_null(starts[i]);
}

static const struct line *find(char phase, const char *category,
                               const char *name)
{
    for (size_t i = 0; i < line_count; i++)
        if (lines[i].phase == phase &&
            (!category ||
             (lines[i].category && strcmp(lines[i].category, category) == 0)) &&
            (!name || (lines[i].name && strcmp(lines[i].name, name) == 0)))
            return &lines[i];
    ck_abort_msg("no %c %s %s", phase, category ? category : "",
                 name ? name : "");
    return NULL;
}

static const char *name_of_lane(long long pid, long long tid, const char *sort)
{
    for (size_t i = 0; i < line_count; i++)
        if (lines[i].phase == 'M' && lines[i].pid == pid &&
            lines[i].tid == tid && strcmp(lines[i].name, sort) == 0)
            return json_string_value(json_object_get(lines[i].args, "name"));
    return NULL;
}

START_TEST(slices_nest_and_flows_lie_in_slices)
{
    tell_story();
    read_chrome();
    replay_all(NULL);
    ck_assert_str_eq(
        json_string_value(json_object_get(root, "displayTimeUnit")), "ns");
    forget_chrome();
}
END_TEST

START_TEST(they_do_so_in_any_trace_and_any_stretch_of_it)
{
    for (int i = 0; i < 20; i++) {
        export_nonsense(story_path(), 3000);
        open_story();
        if (i % 2) {
            what.from = export_dice(700);
            what.until = what.from + export_dice(900);
        }
        read_chrome();
        replay_all(NULL);
        forget_chrome();
    }
}
END_TEST

struct wanted {
    const char *category, *name, *from, *to; // lanes
    int count;
};
static struct wanted wanted[] = {
    {"create", "ana", "day", "ana", 0},
    {"create", "bruno", "day", "bruno", 0},
    {"lock", "m1", "ana", "bruno", 0},
    {"condition", "condition 1", "bruno", "ana", 0},
    {"semaphore", "semaphore 1", "bruno", "ana", 0},
    {"barrier", "barrier 1", "bruno", "ana", 0},
    {"queue", "queue 1", "day", "ana", 0},
    {"queue", "queue 1", "day", "bruno", 0},
};
enum { WANTED = sizeof wanted / sizeof *wanted };

static void count_arrow(const struct line *from, const struct line *from_slice,
                        const struct line *to, const struct line *to_slice)
{
    const char *a = name_of_lane(from->pid, from->tid, "thread_name");
    const char *b = name_of_lane(to->pid, to->tid, "thread_name");

    (void)from_slice;
    ck_assert_str_eq(to_slice->name, "running");
    for (int i = 0; i < WANTED; i++)
        wanted[i].count += strcmp(wanted[i].category, to->category) == 0 &&
                           strcmp(wanted[i].name, to->name) == 0 &&
                           strcmp(wanted[i].from, a) == 0 &&
                           strcmp(wanted[i].to, b) == 0;
}

START_TEST(who_lets_whom_go_on_has_an_arrow)
{
    tell_story();
    read_chrome();
    replay_all(count_arrow);
    for (int i = 0; i < WANTED; i++)
        ck_assert_msg(wanted[i].count == 1, "%s %s: %d", wanted[i].category,
                      wanted[i].name, wanted[i].count);
    forget_chrome();
}
END_TEST

static double pipe_froms[8];
static int pipe_arrows;

static void count_pipe(const struct line *from, const struct line *from_slice,
                       const struct line *to, const struct line *to_slice)
{
    (void)from_slice;
    (void)to_slice;
    if (strcmp(to->category, "pipe") == 0 && pipe_arrows < 8)
        pipe_froms[pipe_arrows++] = from->ts;
}

START_TEST(what_is_read_comes_from_the_write_that_it_reached)
{
    tell_story();
    read_chrome();
    pipe_arrows = 0;
    replay_all(count_pipe);
    ck_assert_int_eq(pipe_arrows, 2); // both reads got bytes of the second
    ck_assert_double_eq(pipe_froms[0], pipe_froms[1]);
    forget_chrome();
}
END_TEST

START_TEST(lanes_have_names_and_an_order)
{
    tell_story();
    read_chrome();
    ck_assert_str_eq(name_of_lane(100, 100, "process_name"), "day");
    ck_assert_str_eq(name_of_lane(100, 101, "thread_name"), "ana");
    for (size_t i = 0; i < line_count; i++)
        if (lines[i].phase == 'B')
            ck_assert_ptr_nonnull(
                name_of_lane(lines[i].pid, lines[i].tid, "thread_name"));
    ck_assert_ptr_nonnull(find('M', NULL, "process_sort_index"));
    ck_assert_ptr_nonnull(find('M', NULL, "thread_sort_index"));
    forget_chrome();
}
END_TEST

START_TEST(counters_say_what_is_in_pipes_queues_heaps)
{
    static const struct {
        const char *name, *unit;
        long long first;
    } rows[] = {{"pipe 1", "bytes", 0},
                {"queue 1", "items", 0},
                {"semaphore 1", "count", 0},
                {"heap of 100", "bytes", 4096},
                {"parts", "value", 12}};

    tell_story();
    read_chrome();
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        json_t *value = json_object_get(
            find('C', "counter", rows[i].name)->args, rows[i].unit);

        ck_assert(json_is_integer(value));
        ck_assert_int_eq(json_integer_value(value), rows[i].first);
    }
    forget_chrome();
}
END_TEST

START_TEST(marks_findings_calls_and_coroutines_are_there)
{
    tell_story();
    read_chrome();
    ck_assert_ptr_nonnull(find('i', "mark", NULL));
    ck_assert_ptr_nonnull(
        strstr(find('i', "finding", NULL)->name, "deadlock: ana waits"));
    ck_assert_ptr_nonnull(find('B', "call", "get \"x\""));
    ck_assert_ptr_nonnull(find('B', "coroutine", "on day"));
    ck_assert_ptr_nonnull(find('B', "coroutine", "on ana"));
    ck_assert_ptr_nonnull(find('B', "blocked", "blocked: m1"));
    ck_assert_ptr_nonnull(find('B', "sleeping", "sleeping"));
    forget_chrome();
}
END_TEST

START_TEST(times_are_microseconds_with_their_nanoseconds)
{
    tell_story();
    write_as("chrome", NULL);
    ck_assert_ptr_nonnull(strstr(file, "{\"ph\":\"B\",\"ts\":0.250,"));
    end();
}
END_TEST

START_TEST(where_no_cpu_was_recorded_nobody_is_said_to_run)
{
    struct writer writer;

    story_create(&writer, story_path());
    story_say(writer_task_begin(&writer, "t", 0, 1, 1), TRACE_MARK, 0, 0);
    writer_close(&writer);
    open_story();
    read_chrome();
    ck_assert_ptr_nonnull(find('B', "running", "not waiting"));
    forget_chrome();
}
END_TEST

// ---- Text of strangers ------------------------------------------------------

START_TEST(utf8_is_read_strictly)
{
    static const struct {
        const char *text;
        uint32_t codes[4];
    } rows[] = {
        {"a", {'a'}},
        {"\xc3\xb1", {0xf1}},
        {"\xe2\x82\xac", {0x20ac}},
        {"\xf0\x9f\x98\x80", {0x1f600}},
        {"\xff", {REPLACEMENT}},
        {"\xc0\xaf", {REPLACEMENT, REPLACEMENT}},
        {"\xc3", {REPLACEMENT}},
        {"\xe2\x82", {REPLACEMENT, REPLACEMENT}},
        {"\xed\xa0\x80", {REPLACEMENT, REPLACEMENT, REPLACEMENT}},
        {"\xf4\x90\x80\x80",
         {REPLACEMENT, REPLACEMENT, REPLACEMENT, REPLACEMENT}},
        {"", {0}},
    };

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const char *at = rows[i].text;

        for (int j = 0; j < 4 && rows[i].codes[j]; j++)
            ck_assert_uint_eq(escape_next(&at), rows[i].codes[j]);
        ck_assert_uint_eq(escape_next(&at), 0);
        ck_assert_uint_eq(escape_next(&at), 0);
    }
}
END_TEST

// ---- CSV: RFC 4180, strictly ------------------------------------------------

// One field from at on; *at is then at what ended it: a comma or an LF.
static void skip_field(const char **at)
{
    if (**at != '"') {
        while (**at != ',' && **at != '\n') {
            ck_assert(**at && **at != '"' && **at != '\r');
            ++*at;
        }
        return;
    }
    for (++*at; **at != '"' || (*at)[1] == '"'; ++*at) {
        ck_assert(**at);
        *at += **at == '"';
    }
    ++*at;
    ck_assert(**at == ',' || **at == '\n');
}

// Every row has as many fields as the heading. Returns the rows.
static int read_csv(void)
{
    int heading = 0, fields = 0, rows = 0;

    for (const char *at = file; *at; at++) {
        skip_field(&at);
        fields++;
        if (*at != '\n')
            continue;
        heading = heading ? heading : fields;
        ck_assert_int_eq(fields, heading);
        fields = 0;
        rows++;
    }
    ck_assert_int_eq(fields, 0);
    return rows;
}

static void expect(const char *part)
{
    ck_assert_msg(strstr(file, part), "no \"%s\" in:\n%s", part, file);
}

START_TEST(every_table_is_csv_whatever_names_hold)
{
    tell_story();
    for (int i = 0; export_at(i); i++)
        if (strcmp(export_at(i)->name, "csv") == 0) {
            write_as("csv", export_at(i)->table);
            ck_assert_int_gt(read_csv(), 1);
        }
    write_as("csv", "events");
    ck_assert_int_eq(read_csv(), (int)reader.count + 1);
    end();
}
END_TEST

START_TEST(statistics_say_how_much_of_the_time)
{
    tell_story();
    write_as("csv", "statistics");
    ck_assert_int_eq(read_csv(), 5);
    expect("\n2,100,101,ana,");
    expect(",no,lock 2,perf\n");
    end();
}
END_TEST

START_TEST(objects_say_how_often_and_how_long)
{
    tell_story();
    write_as("csv", "objects");
    // ana twice, bruno once and, asking for a lock that is held, twice.
    expect(",lock,m1,100,0x10,3,2,");
    expect(",pipe,,0,77,2,1,,,,1,");
    end();
}
END_TEST

static void open_gil(void)
{
    ck_assert(reader_open(&reader, "tests/data/traces/gil.trace"));
    ck_assert(model_open(&model, &reader));
    what = export_all();
    lang_set("en");
}

START_TEST(an_inferred_baton_is_in_every_format)
{
    const struct line *turn;

    open_gil();
    write_as("text", NULL);
    expect("# GIL (inferred), process 101: passed on 37 times; python3#2 had "
           "it 19 times, ");
    write_as("csv", "objects");
    read_csv();
    expect(",baton,GIL (inferred),101,0x7030,38,37,");
    write_as("svg", NULL);
    expect(">GIL (inferred)</text>");
    expect("<title>python3#3</title></rect>");
    what.until = reader.header.start + 1000000; // within the first turn
    write_as("text", NULL);
    expect("passed on 0 times; python3#2 had it 1 time, ");
    what = export_all();
    read_chrome();
    replay_all(NULL);
    turn = find('B', "baton", "python3#2");
    ck_assert_str_eq(name_of_lane(turn->pid, turn->tid, "thread_name"),
                     "GIL (inferred)");
    forget_chrome();
}
END_TEST

START_TEST(a_stretch_cuts_every_format)
{
    tell_story();
    what.from = reader.header.start + 10000;
    what.until = reader.header.start + 14000;
    write_as("csv", "intervals");
    ck_assert_ptr_null(strstr(file, ",9999,"));
    expect(",10000,");
    expect(",14000,");
    write_as("csv", "events");
    for (char *row = strchr(file, '\n') + 1; *row;
         row = strchr(row, '\n') + 1) {
        unsigned long time = strtoul(strchr(row, ',') + 1, NULL, 10);

        ck_assert_uint_ge(time, 10000);
        ck_assert_uint_le(time, 14000);
    }
    write_as("svg", NULL);
    expect("from 10 µs to 14 µs");
    end();
}
END_TEST

// ---- Files kept -------------------------------------------------------------

static void compare(const char *path)
{
    FILE *in = fopen(path, "r");
    char *kept = calloc(1, file_size + 2);
    size_t size;

    ck_assert_msg(in != NULL, "no %s (TELAR_GOLDEN=write makes it)", path);
    size = fread(kept, 1, file_size + 1, in);
    fclose(in);
    ck_assert_msg(size == file_size && memcmp(kept, file, size) == 0,
                  "%s differs (TELAR_GOLDEN=write writes it anew: read it)",
                  path);
    free(kept);
}

static void check_kept(const struct export_format *format, const char *lang)
{
    char path[200];
    FILE *out;

    snprintf(path, sizeof path, "tests/data/exports/%s.%s.%s",
             strcmp(format->name, "csv") == 0 ? format->table : "day", lang,
             format->extension);
    lang_set(lang);
    write_as(format->name, format->table);
    if (getenv("TELAR_GOLDEN") &&
        strcmp(getenv("TELAR_GOLDEN"), "write") == 0 &&
        (out = fopen(path, "w")) != NULL) {
        fwrite(file, 1, file_size, out);
        fclose(out);
    }
    compare(path);
}

START_TEST(the_same_trace_gives_the_same_bytes)
{
    tell_story();
    for (int i = 0; export_at(i); i++) {
        check_kept(export_at(i), "es");
        check_kept(export_at(i), "en");
        check_kept(export_at(i), "en"); // and again
    }
    end();
}
END_TEST

// ---- SVG --------------------------------------------------------------------

static void check_xml(void)
{
    char path[TEMPORARY_SIZE + 8], command[TEMPORARY_SIZE + 80];
    FILE *out;

    snprintf(path, sizeof path, "%s.svg", story_name);
    out = fopen(path, "w");
    fwrite(file, 1, file_size, out);
    fclose(out);
    snprintf(command, sizeof command, "xmllint --noout --nonet '%s'", path);
    ck_assert_int_eq(system(command), 0);
    unlink(path);
}

START_TEST(a_picture_is_xml_whatever_names_hold)
{
    bool has_parser = system("command -v xmllint >/dev/null") == 0;

    if (!has_parser)
        fprintf(stderr, "no xmllint here: not tried\n");
    tell_story();
    write_as("svg", NULL);
    if (has_parser)
        check_xml();
    end();
    for (int i = 0; i < 3 && has_parser; i++) {
        export_nonsense(story_path(), 3000);
        open_story();
        write_as("svg", NULL);
        check_xml();
        end();
    }
}
END_TEST

START_TEST(a_picture_has_a_comma_in_spanish_and_says_its_source)
{
    tell_story();
    lang_set("es");
    write_as("svg", NULL);
    expect("Planificación: cada cambio de contexto (perf).");
    expect(">bloqueada</text>");
    what.until = reader.header.start + 2500;
    write_as("svg", NULL);
    expect(">0,5 µs</text>");
    lang_set("en");
    write_as("svg", NULL);
    expect(">0.5 µs</text>");
    end();
}
END_TEST

// Of few steps each is wide.
START_TEST(a_bar_is_as_wide_as_its_time)
{
    struct writer writer;
    struct writer_task *task;

    story_create(&writer, story_path());
    task = writer_task_begin(&writer, "t", 0, 1, 1);
    story_say(task, TRACE_LOCK_REQUEST, 0x10, 0);
    story_say(task, TRACE_LOCK_ACQUIRE, 0x10, 0);
    writer_close(&writer);
    open_story();
    what.width_px = 1194; // 1000 for two steps
    write_as("svg", NULL);
    expect("<rect x=\"170.0\" y=\"74\" width=\"500.0\"");
    expect("<rect x=\"670.0\" y=\"74\" width=\"500.0\"");
    expect("from step 0 to step 2");
    end();
}
END_TEST

START_TEST(an_empty_trace_can_be_written_in_each_format)
{
    struct writer writer;

    story_create(&writer, story_path());
    writer_close(&writer);
    open_story();
    for (int i = 0; export_at(i); i++)
        write_as(export_at(i)->name, export_at(i)->table);
    read_chrome();
    replay_all(NULL);
    forget_chrome();
}
END_TEST

int main(void)
{
    TCase *all = tcase_create("all");

    tcase_set_timeout(all, 120);
    tcase_add_test(all, slices_nest_and_flows_lie_in_slices);
    tcase_add_test(all, they_do_so_in_any_trace_and_any_stretch_of_it);
    tcase_add_test(all, who_lets_whom_go_on_has_an_arrow);
    tcase_add_test(all, what_is_read_comes_from_the_write_that_it_reached);
    tcase_add_test(all, lanes_have_names_and_an_order);
    tcase_add_test(all, counters_say_what_is_in_pipes_queues_heaps);
    tcase_add_test(all, marks_findings_calls_and_coroutines_are_there);
    tcase_add_test(all, times_are_microseconds_with_their_nanoseconds);
    tcase_add_test(all, where_no_cpu_was_recorded_nobody_is_said_to_run);
    tcase_add_test(all, utf8_is_read_strictly);
    tcase_add_test(all, every_table_is_csv_whatever_names_hold);
    tcase_add_test(all, statistics_say_how_much_of_the_time);
    tcase_add_test(all, objects_say_how_often_and_how_long);
    tcase_add_test(all, an_inferred_baton_is_in_every_format);
    tcase_add_test(all, a_stretch_cuts_every_format);
    tcase_add_test(all, the_same_trace_gives_the_same_bytes);
    tcase_add_test(all, a_picture_is_xml_whatever_names_hold);
    tcase_add_test(all, a_picture_has_a_comma_in_spanish_and_says_its_source);
    tcase_add_test(all, a_bar_is_as_wide_as_its_time);
    tcase_add_test(all, an_empty_trace_can_be_written_in_each_format);
    return story_run(suite_create("export_formats"), all);
}
