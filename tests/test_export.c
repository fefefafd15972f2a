// test_export.c - a trace as text, as CSV and in words
#include <errno.h>
#include <fcntl.h>
#include <locale.h>
#include <sys/stat.h>

#include "runtime/message.h"
#include "tests/trace_story.h"
#include "tools/trace/export.h"
#include "tools/trace/moment.h"
#include "tools/trace/words.h"
#include "viz/plain.h"

static struct reader reader;
static struct model model;

// A takes m1, B takes m2, each wants the other one; C writes.
static void deadlock(void)
{
    struct writer writer;
    struct writer_task *a, *b, *c;

    story_create(&writer, story_path());
    a = writer_task_begin(&writer, "A", 0, 1, 1);
    b = writer_task_begin(&writer, "B", 0, 1, 2);
    c = writer_task_begin(&writer, "say \"hi\",\nC", 0, 1, 3);
    story_say(a, TRACE_OBJECT_NAME, 0x10, writer_name(&writer, "m1"));
    story_say(b, TRACE_OBJECT_NAME, 0x20, writer_name(&writer, "m2"));
    story_say(a, TRACE_LOCK_ACQUIRE, 0x10, 0);
    story_say(b, TRACE_LOCK_ACQUIRE, 0x20, 0);
    story_say(a, TRACE_LOCK_REQUEST, 0x20, 0);
    story_say(b, TRACE_LOCK_REQUEST, 0x10, 0);
    story_say(c, TRACE_OUTPUT, 1, 12);
    story_say(c, TRACE_OUTPUT, 1, 30);
    story_say(c, TRACE_PIPE_WRITE, 77, TRACE_FLOW_OF(5, 9));
    story_say(c, TRACE_TASK_EXIT, 0, 2 << 8);
    writer_close(&writer);
    story_open(&reader, story_name);
    ck_assert(model_open(&model, &reader));
}

static void end(void)
{
    model_close(&model);
    reader_close(&reader);
}

typedef void teller(FILE *out);

static char *told(teller *tell)
{
    static char text[1 << 16];
    FILE *out = fmemopen(text, sizeof text, "w");

    tell(out);
    fclose(out);
    return text;
}

static void tell_as(FILE *out, const char *name, const char *table)
{
    const struct export_what all = export_all();

    ck_assert_int_eq(export_table(name, table)->write(out, &model, &all), 0);
}

static void tell_csv(FILE *out)
{
    tell_as(out, "csv", NULL);
}

static void tell_text(FILE *out)
{
    tell_as(out, "text", NULL);
}

static void tell_state(FILE *out)
{
    plain_state(out, &model, &(struct batons){0}, &(struct blocks){0},
                model.time);
}

static void tell_all(FILE *out)
{
    plain_header(out, &model);
    plain_timeline(out, &model, 60);
}

static void expect(const char *text, const char *part)
{
    ck_assert_msg(strstr(text, part), "no \"%s\" in:\n%s", part, text);
}

// ---- CSV and text -----------------------------------------------------------

START_TEST(csv_has_one_row_an_event_and_quotes_what_needs_it)
{
    char *text;

    deadlock();
    text = told(tell_csv);
    expect(text, "event,time_steps,task,pid,tid,task_name,kind,object_is,"
                 "object,object_name,value_is,value,fill_bytes,place\n");
    expect(text, "\n6,3,1,1,1,A,lock_acquire,lock,0x10,m1,,,,\n");
    expect(text, "\n10,7,3,1,3,\"say \"\"hi\"\",\nC\",output,stream,1,stdout,"
                 "bytes,12,,\n");
    expect(text, ",pipe_write,pipe,77,,bytes,5,9,\n");
    end();
}
END_TEST

START_TEST(text_is_one_line_an_event_whatever_names_hold)
{
    char *text;
    int lines = 0;

    lang_set("en");
    deadlock();
    text = told(tell_text);
    for (char *c = text; *c; c++)
        lines += *c == '\n';
    ck_assert_int_eq(lines, 14);
    expect(text, "\n# step 6: deadlock: A waits for m2, which B has; B waits "
                 "for m1, which A has\n");
    expect(text, "           3  A                 lock_acquire       m1\n");
    expect(text, "say \"hi\",?C       task_exit          exit 2\n");
    end();
}
END_TEST

START_TEST(numbers_have_a_point_in_every_locale)
{
    struct writer writer;

    ck_assert_int_eq(writer_create(&writer, story_path(), NULL), 0);
    writer_event_at(writer_task_begin(&writer, "t", 0, 0, 0),
                    writer.header->start + 1234567890, 0, TRACE_MARK, 0, 0);
    story_open(&reader, story_name);
    ck_assert(model_open(&model, &reader));
    setlocale(LC_ALL, "es_ES.UTF-8");
    lang_set("es");
    expect(told(tell_text), "+1234.567890 ms  t ");
    end();
    writer_close(&writer);
}
END_TEST

static int write_csv(const char *path, bool is_new)
{
    const struct export_what all = export_all();

    return export_file(export_named("csv"), &model, &all, path, is_new);
}

START_TEST(a_file_is_written_whole_or_not_at_all)
{
    char path[TEMPORARY_SIZE + 8], line[80] = "";
    FILE *file;

    deadlock();
    snprintf(path, sizeof path, "%s.csv", story_name);
    ck_assert_int_eq(write_csv(path, false), 0);
    file = fopen(path, "r");
    ck_assert_ptr_nonnull(fgets(line, sizeof line, file));
    ck_assert_int_eq(strncmp(line, "event,", 6), 0);
    fclose(file);
    unlink(path);
    ck_assert_int_eq(write_csv("/dev/full", false), ENOSPC);
    ck_assert_int_eq(write_csv("/not/there", false), ENOENT);
    ck_assert_int_eq(write_csv("/tmp", false), EISDIR);
    end();
}
END_TEST

START_TEST(a_file_of_somebody_else_stays)
{
    char path[TEMPORARY_SIZE + 8], line[80] = "";
    FILE *file;

    deadlock();
    snprintf(path, sizeof path, "%s.csv", story_name);
    ck_assert_int_eq(write_csv(path, true), 0);
    file = fopen(path, "w");
    fputs("mine\n", file);
    fclose(file);
    ck_assert_int_eq(write_csv(path, true), EEXIST);
    file = fopen(path, "r");
    ck_assert_ptr_nonnull(fgets(line, sizeof line, file));
    ck_assert_str_eq(line, "mine\n");
    fclose(file);
    unlink(path);
    end();
}
END_TEST

START_TEST(formats_and_tables_have_names)
{
    for (int i = 0; export_at(i); i++)
        ck_assert_ptr_eq(export_table(export_at(i)->name, export_at(i)->table),
                         export_at(i));
    ck_assert_ptr_null(export_named("pdf"));
    ck_assert_ptr_null(export_table("csv", "pdf"));
    ck_assert_ptr_null(export_table("svg", "objects"));
    ck_assert_str_eq(export_names(), "text, csv, chrome, svg");
    ck_assert_str_eq(export_tables("csv"),
                     "events, intervals, statistics, objects");
}
END_TEST

START_TEST(the_name_of_a_file_says_its_format)
{
    static const struct {
        const char *path, *name, *table; // NULL: none
    } rows[] = {
        {"x.svg", "svg", "events"},
        {"a/b.c/x.json", "chrome", "events"},
        {"x.csv", "csv", "events"},
        {"x.intervals.csv", "csv", "intervals"},
        {"x.statistics.csv", "csv", "statistics"},
        {"objects.csv", "csv", "events"},
        {".objects.csv", "csv", "events"},
        {"x.events.csv", "csv", "events"},
        {"x.txt", "text", "events"},
        {".svg", NULL, NULL},
        {"svg", NULL, NULL},
        {"x.svgz", NULL, NULL},
        {"x", NULL, NULL},
        {"", NULL, NULL},
    };

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const struct export_format *format = export_of_path(rows[i].path);

        ck_assert_msg(!format == !rows[i].name, "%s", rows[i].path);
        if (!format)
            continue;
        ck_assert_str_eq(format->name, rows[i].name);
        ck_assert_str_eq(format->table, rows[i].table);
    }
}
END_TEST

// ---- Words ------------------------------------------------------------------

START_TEST(a_deadlock_is_told_from_each_side)
{
    char *text;

    deadlock();
    lang_set("en");
    text = told(tell_state);
    expect(text, "  B waits for m1 for 4 steps now (since step 6); A owns it, "
                 "which waits for m2; B owns it: deadlock\n");
    expect(text, "  m1: A owns it for 7 steps now (since step 3); waiting: "
                 "B\n");
    lang_set("es");
    text = told(tell_state);
    expect(text, "  B espera a m1 desde hace 4 pasos (desde el paso 6); lo "
                 "tiene A, que espera a m2; lo tiene B: interbloqueo\n");
    expect(text, "  m1: lo tiene A desde hace 7 pasos (desde el paso 3); en "
                 "espera: B\n");
    end();
}
END_TEST

START_TEST(a_trace_with_marks_only_has_no_objects_and_can_be_told)
{
    struct writer writer;

    story_create(&writer, story_path());
    story_say(writer_task_begin(&writer, "t", 0, 1, 1), TRACE_MARK,
              writer_name(&writer, "here"), 3);
    story_open(&reader, story_name);
    ck_assert(model_open(&model, &reader));
    expect(told(tell_text), "mark               here, 3\n");
    expect(told(tell_csv), ",mark,name,here,,number,3,,\n");
    lang_set("en");
    expect(told(tell_all), "t mark here, 3\n");
    end();
    writer_close(&writer);
}
END_TEST

START_TEST(an_empty_trace_can_be_told)
{
    struct writer writer;

    lang_set("en");
    story_create(&writer, story_path());
    story_open(&reader, story_name);
    ck_assert(model_open(&model, &reader));
    expect(told(tell_all), ": 0 events, no time, 0 tasks.\n");
    expect(told(tell_state), "(event 0 of 0):\n");
    end();
    writer_close(&writer);
}
END_TEST

START_TEST(the_state_says_exits_output_and_fill)
{
    char *text;

    lang_set("en");
    deadlock();
    text = told(tell_state);
    expect(text, "say \"hi\",?C ended with status 2 at step 10\n");
    expect(text, "stdout: 42 bytes in 2 writes\n");
    expect(text, "pipe 1: 9 bytes in it; 5 went in, 0 came out\n");
    end();
}
END_TEST

START_TEST(header_and_main_events_say_what_there_is)
{
    char *text;

    lang_set("en");
    deadlock();
    text = told(tell_all);
    expect(text, ": 13 events, step 10, 3 tasks.\nNothing was lost.\n");
    expect(text, "Scheduling: not recorded");
    expect(text, "step 3  A takes m1\n");
    expect(text, "writes on stdout, 2 times, 42 bytes in all\n");
    expect(text, "ends: exit 2\n");
    end();
}
END_TEST

START_TEST(times_are_said_as_people_say_them)
{
    static const struct {
        uint64_t ns;
        const char *english, *spanish;
    } rows[] = {
        {0, "0 ns", "0 ns"},
        {999, "999 ns", "999 ns"},
        {1000, "1 µs", "1 µs"},
        {3200000, "3.2 ms", "3,2 ms"},
        {12345678, "12.345 ms", "12,345 ms"},
        {1500000000, "1.5 s", "1,5 s"},
        {1005000000, "1.005 s", "1,005 s"},
    };
    struct writer writer;
    char text[64];

    ck_assert_int_eq(writer_create(&writer, story_path(), NULL), 0);
    story_open(&reader, story_name);
    ck_assert(model_open(&model, &reader));
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        lang_set("en");
        words_time(&model, rows[i].ns, text, sizeof text);
        ck_assert_str_eq(text, rows[i].english);
        lang_set("es");
        words_time(&model, rows[i].ns, text, sizeof text);
        ck_assert_str_eq(text, rows[i].spanish);
    }
    end();
    writer_close(&writer);
}
END_TEST

START_TEST(a_moment_is_a_time_with_a_unit_or_an_event)
{
    static const struct {
        const char *text;
        long position; // -1: refused
    } rows[] = {
        {"12ms", 3},
        {"11.5ms", 2},
        {"11,5ms", 2},
        {"0.0115s", 2},
        {"250us", 1},
        {"250µs", 1},
        {"1200ns", 1},
        {"99s", 3},
        {"#0", 0},
        {"#2", 2},
        {"#99", 3},
        {"12", -1},
        {"ms", -1},
        {"", -1},
        {"-1ms", -1},
        {"12 ms", -1},
        {"1e3ms", -1},
        {"#", -1},
        {"#x", -1},
        {"#-1", -1},
        {"12msx", -1},
        {".5s", -1},
        {"99999999999999999999s", -1},
        {"999999999s", 3},
    };
    struct writer writer;
    struct writer_task *task;

    ck_assert_int_eq(writer_create(&writer, story_path(), NULL), 0);
    task = writer_task_join(&writer,
                            writer_task_begin(&writer, "t", 0, 0, 0)->task);
    writer_event_at(task, writer.header->start + 11000000, 0, TRACE_MARK, 0, 0);
    writer_event_at(task, writer.header->start + 12000000, 0, TRACE_MARK, 0, 0);
    story_open(&reader, story_name);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        size_t position = 0;
        bool found = moment_find(&reader, rows[i].text, &position);

        // The first event is the beginning of the task, early on.
        if (rows[i].position == 1)
            continue;
        ck_assert_msg(found == (rows[i].position >= 0), "%s", rows[i].text);
        if (found)
            ck_assert_msg(position == (size_t)rows[i].position, "%s: %zu",
                          rows[i].text, position);
    }
    reader_close(&reader);
    writer_close(&writer);
}
END_TEST

int main(void)
{
    TCase *all = tcase_create("all");

    tcase_set_timeout(all, 60);
    tcase_add_test(all, csv_has_one_row_an_event_and_quotes_what_needs_it);
    tcase_add_test(all, text_is_one_line_an_event_whatever_names_hold);
    tcase_add_test(all, numbers_have_a_point_in_every_locale);
    tcase_add_test(all, a_file_is_written_whole_or_not_at_all);
    tcase_add_test(all, formats_and_tables_have_names);
    tcase_add_test(all, the_name_of_a_file_says_its_format);
    tcase_add_test(all, a_file_of_somebody_else_stays);
    tcase_add_test(all, a_deadlock_is_told_from_each_side);
    tcase_add_test(all, a_trace_with_marks_only_has_no_objects_and_can_be_told);
    tcase_add_test(all, an_empty_trace_can_be_told);
    tcase_add_test(all, the_state_says_exits_output_and_fill);
    tcase_add_test(all, header_and_main_events_say_what_there_is);
    tcase_add_test(all, times_are_said_as_people_say_them);
    tcase_add_test(all, a_moment_is_a_time_with_a_unit_or_an_event);
    return story_run(suite_create("export"), all);
}
