// test_chart.c - the header of a chart, its rows, their summary, its script
#include <check.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "runtime/message.h"
#include "tools/course/chart.h"
#include "tools/course/figure.h"
#include "viz/chart_number.h"
#include "viz/chart_rows.h"
#include "viz/chart_script.h"
#include "viz/chart_summary.h"
#include "viz/chart_table.h"
#include "viz/chart_title.h"

#define COUNT(rows) (sizeof(rows) / sizeof *(rows))

#define FIRST "# c.gp - what it shows\n"
#define COMMANDS "# program: p 1 'a b'\n# quick: p 0\n"
#define TITLE "# title.en: It is {n}\n# title.es: Es {n}\n"
#define X "# x.en: bytes\n# x.es: octetos\n"
#define NS "# ns.en: time (ns)\n# ns.es: tiempo (ns)\n"
#define READ "# series.read.en: read()\n# series.read.es: read() solo\n"
#define WHOLE FIRST COMMANDS TITLE X NS READ

static bool parse(const char *text, struct chart *chart, char error[512])
{
    *error = '\0';
    return chart_parse("c.gp", "c", text, chart, error, 512);
}

// ---- The header -------------------------------------------------------------

START_TEST(a_header_says_commands_and_texts)
{
    struct chart chart;
    char error[512];

    ck_assert_msg(
        parse(WHOLE "plot raw\n# x.en: no header any more\n", &chart, error),
        "%s", error);
    ck_assert_str_eq(chart.program, "p 1 'a b'");
    ck_assert_str_eq(chart.quick, "p 0");
    ck_assert_int_eq(chart.program_line, 2);
    ck_assert_str_eq(chart_text(&chart, "x"), "bytes");
    ck_assert_str_eq(chart_text(&chart, "series.read"), "read()");
    ck_assert_str_eq(chart_series(&chart, 0), "read");
    ck_assert_ptr_null(chart_series(&chart, 1));
    ck_assert_str_eq(chart_measure(&chart, 0), "ns");
    ck_assert_ptr_null(chart_measure(&chart, 1));
    ck_assert_int_eq(chart_line(&chart, "title"), 4);
    lang_set("es");
    ck_assert_str_eq(chart_text(&chart, "x"), "octetos");
    ck_assert_int_eq(chart_line(&chart, "title"), 5);
    chart_free(&chart);
}
END_TEST

START_TEST(other_comments_are_for_the_reader)
{
    struct chart chart;
    char error[512];

    ck_assert_msg(parse(WHOLE "#\n# Two panels: time and calls\n#\tand more\n",
                        &chart, error),
                  "%s", error);
    chart_free(&chart);
}
END_TEST

START_TEST(mistakes_of_a_header_are_told_with_their_line)
{
    static const struct {
        const char *text, *complaint;
    } rows[] = {
        {"", "c.gp:1: the first line is"},
        {"plot raw\n", "c.gp:1: the first line is"},
        {"# d.gp - another\n", "c.gp:1: the first line is"},
        {FIRST, "c.gp:1: the header needs \"program:\""},
        {FIRST "# program: p\n", "c.gp:1: the header needs \"quick:\""},
        {FIRST COMMANDS, "c.gp:1: the header needs title.en"},
        {FIRST COMMANDS TITLE, "c.gp:1: the header needs x.en"},
        {FIRST COMMANDS TITLE X, "c.gp:1: the header needs a label"},
        {FIRST COMMANDS TITLE X NS, "c.gp:1: the header needs a label"},
        {FIRST COMMANDS "# program: q\n", "c.gp:4: \"program\" twice"},
        {FIRST COMMANDS TITLE "# title.en: x\n", "c.gp:6: \"title\" twice"},
        {FIRST "# programm: q\n", "c.gp:2: what is \"programm\"?"},
        {FIRST "# x: bytes\n", "c.gp:2: what is \"x\"?"},
        {FIRST "# x.en:  \n", "c.gp:2: \"x.en\" says nothing"},
        {FIRST "# x.en: a\x1b[0m\n", "c.gp:2: \"x.en\" is too long"},
        {FIRST "# series.a-b.en: a\n", "c.gp:2: \"series.a-b\" is no name"},
        {FIRST "# Ns.en: a\n", "c.gp:2: \"Ns\" is no name"},
        {FIRST COMMANDS TITLE X NS "# series.read.en: r\n",
         "c.gp:10: series.read.en is here, series.read.es is missing"},
        {FIRST COMMANDS TITLE X READ "# ns.es: t\n",
         "c.gp:10: ns.es is here, ns.en is missing"},
        {FIRST COMMANDS "# title.en: {n\n# title.es: x\n" X NS READ,
         "c.gp:4: no figure at \"{n\""},
        {FIRST COMMANDS "# title.en: n}\n# title.es: x\n" X NS READ,
         "c.gp:4: no figure at \"}\""},
        {FIRST COMMANDS
         "# title.en: a\n# title.es: {mean:ns:read:1}\n" X NS READ,
         "c.gp:5: no figure at \"{mean:"},
        {FIRST COMMANDS
         "# title.en: {median:us:read:1}\n# title.es: x\n" X NS READ,
         "c.gp:4: the title names the measure \"us\""},
        {FIRST COMMANDS
         "# title.en: {n/low:ns:raed:1}\n# title.es: x\n" X NS READ,
         "c.gp:4: the title names the series \"raed\""},
    };
    struct chart chart;
    char error[512];

    for (size_t i = 0; i < COUNT(rows); i++) {
        ck_assert_msg(!parse(rows[i].text, &chart, error), "%zu", i);
        ck_assert_msg(
            strncmp(error, rows[i].complaint, strlen(rows[i].complaint)) == 0,
            "%zu: %s", i, error);
    }
}
END_TEST

START_TEST(a_figure_is_a_fact_a_statistic_or_a_quotient)
{
    const char *at = "{n}{high:ns:read:-1.5e3}{low:ns:a:first/n_2} ";
    struct figure figure;

    ck_assert(figure_take(&at, &figure));
    ck_assert_str_eq(figure.above.name, "n");
    ck_assert_str_eq(figure.above.measure, "");
    ck_assert(!figure.quotient);
    ck_assert(figure_take(&at, &figure));
    ck_assert_str_eq(figure.above.name, "high");
    ck_assert_str_eq(figure.above.measure, "ns");
    ck_assert_str_eq(figure.above.series, "read");
    ck_assert_str_eq(figure.above.x, "-1.5e3");
    ck_assert(figure_take(&at, &figure));
    ck_assert(figure.quotient);
    ck_assert_str_eq(figure.below.name, "n_2");
    ck_assert_str_eq(at, " ");
    ck_assert(!figure_take(&at, &figure));
    ck_assert_str_eq(at, " ");
}
END_TEST

START_TEST(what_is_no_figure_is_refused)
{
    static const char *const rows[] = {"{",
                                       "{}",
                                       "{a b}",
                                       "{a:b}",
                                       "{median:a}",
                                       "{median:a:b}",
                                       "{median:a:b:}",
                                       "{median:a:b",
                                       "{a/}",
                                       "{/a}",
                                       "{a/b/c}",
                                       "{n:a:b:1}",
                                       "{median:::}",
                                       "{a",
                                       "a}"};
    struct figure figure;

    for (size_t i = 0; i < COUNT(rows); i++) {
        const char *at = rows[i];

        ck_assert_msg(!figure_take(&at, &figure), "%s", rows[i]);
        ck_assert_ptr_eq(at, rows[i]);
    }
}
END_TEST

// ---- Rows -------------------------------------------------------------------

static bool read_rows(const char *text, struct chart_rows *rows,
                      char error[512])
{
    return chart_rows_parse(text, strlen(text), rows, error, 512);
}

START_TEST(rows_are_read_as_they_stand)
{
    struct chart_rows rows;
    char error[512];

    ck_assert_msg(read_rows("series,x,ns,calls\nb,1,2.5,3\na,-1e3,0,+4\n"
                            "b,2,.5,6\n",
                            &rows, error),
                  "%s", error);
    ck_assert_uint_eq(rows.count, 3);
    ck_assert_uint_eq(rows.series_count, 2);
    ck_assert_str_eq(rows.series[0], "b");
    ck_assert_str_eq(rows.series[1], "a");
    ck_assert_str_eq(rows.measures[1], "calls");
    ck_assert_uint_eq(rows.series_of[2], 0);
    ck_assert_double_eq(rows.cells[3], -1000);
    ck_assert_double_eq(rows.cells[7], 0.5);
    chart_rows_free(&rows);
}
END_TEST

START_TEST(rubbish_in_rows_is_told_with_its_line)
{
#define HEAD "series,x,ns\n"
    static const struct {
        const char *text, *complaint;
    } rows[] = {
        {"", "line 1: nothing is there"},
        {HEAD, "line 2: no row"},
        {"x,series,ns\n", "line 1: the header"},
        {"series,x\n", "line 1: the header"},
        {"series\n", "line 1: the header"},
        {"\n", "line 1: the header"},
        {"series,x,\n", "line 1: \"\" is no name"},
        {"series,x,a b\n", "line 1: \"a b\" is no name"},
        {"series,x,ns,ns\n", "line 1: the measure \"ns\" twice"},
        {HEAD "a,1,2\na,1,3", "line 3: it is cut off"},
        {HEAD "a,1\n", "line 2: a row has 3 columns"},
        {HEAD "a,1,2,3\n", "line 2: a row has 3 columns"},
        {HEAD "a,1,2,\n", "line 2: a row has 3 columns"},
        {HEAD "a,1,\n", "line 2: \"\" is no finite"},
        {HEAD "a,1,nan\n", "line 2: \"nan\" is no finite"},
        {HEAD "a,1,-nan\n", "line 2: \"-nan\" is no finite"},
        {HEAD "a,inf,1\n", "line 2: \"inf\" is no finite"},
        {HEAD "a,1,1e999\n", "line 2: \"1e999\" is no finite"},
        {HEAD "a,1,0x10\n", "line 2: \"0x10\" is no finite"},
        {HEAD "a,1, 1\n", "line 2: \" 1\" is no finite"},
        {HEAD "a,1,1.2.3\n", "line 2: \"1.2.3\" is no finite"},
        {HEAD "a,1,1\r\n", "line 2: \"1\r\" is no finite"},
        {HEAD "a b,1,1\n", "line 2: \"a b\" is no name"},
        {HEAD ",1,1\n", "line 2: \"\" is no name"},
        {HEAD "a,1,1\n\n", "line 3: \"\" is no name"},
        {HEAD "a,1,1,5\n", "line 2: a row has 3 columns"},
        {HEAD "a,1,1,5", "line 2: it is cut off"},
    };
    struct chart_rows read;
    char error[512];

    for (size_t i = 0; i < COUNT(rows); i++) {
        ck_assert_msg(!read_rows(rows[i].text, &read, error), "%zu", i);
        ck_assert_msg(
            strncmp(error, rows[i].complaint, strlen(rows[i].complaint)) == 0,
            "%zu: %s", i, error);
    }
    ck_assert(!chart_rows_parse(HEAD "a,1,\0\n", 18, &read, error, 512));
    ck_assert_str_eq(error, "line 2: a NUL byte");
#undef HEAD
}
END_TEST

START_TEST(too_many_rows_series_or_measures_are_refused)
{
    struct chart_rows rows;
    char error[512], *text;
    size_t size;
    FILE *out = open_memstream(&text, &size);

    fputs("series,x,ns\n", out);
    for (int i = 0; i <= ROWS_LIMIT; i++)
        fputs("a,1,1\n", out);
    fclose(out);
    ck_assert(!read_rows(text, &rows, error));
    ck_assert_str_eq(error, "line 50002: more than 50000 rows");
    free(text);
    out = open_memstream(&text, &size);
    fputs("series,x,ns\n", out);
    for (int i = 0; i <= ROW_SERIES_LIMIT; i++)
        fprintf(out, "s%d,1,1\n", i);
    fclose(out);
    ck_assert(!read_rows(text, &rows, error));
    ck_assert_str_eq(error, "line 34: more than 32 series");
    free(text);
    out = open_memstream(&text, &size);
    fputs("series,x", out);
    for (int i = 0; i <= ROW_MEASURE_LIMIT; i++)
        fprintf(out, ",m%d", i);
    fputs("\n", out);
    fclose(out);
    ck_assert(!read_rows(text, &rows, error));
    ck_assert_str_eq(error, "line 1: more than 16 measures");
    free(text);
}
END_TEST

// ---- The summary ------------------------------------------------------------

static const char measured[] = "series,x,ns,calls\n"
                               "b,4096,3,1\na,1,30,7\nb,1,20,7\n"
                               "a,1,10,7\nb,4096,1,1\na,1,20,7\n"
                               "b,0.5,25,9\nb,4096,2,1\n";

START_TEST(a_summary_has_medians_in_order)
{
    struct chart_rows rows;
    struct chart_summary summary;
    char error[512], *text;
    size_t size;
    FILE *out = open_memstream(&text, &size);

    ck_assert(read_rows(measured, &rows, error));
    chart_summary_of(&rows, &summary);
    chart_summary_print(out, &summary);
    fclose(out);
    ck_assert_str_eq(text, "series,x,measure,median,low,high,count\n"
                           "b,0.5,ns,25,25,25,1\n"
                           "b,1,ns,20,20,20,1\n"
                           "b,4096,ns,2,1,3,3\n"
                           "b,0.5,calls,9,9,9,1\n"
                           "b,1,calls,7,7,7,1\n"
                           "b,4096,calls,1,1,1,3\n"
                           "a,1,ns,20,10,30,3\n"
                           "a,1,calls,7,7,7,3\n");
    free(text);
    chart_summary_free(&summary);
    chart_rows_free(&rows);
}
END_TEST

START_TEST(an_entry_is_found_by_its_x)
{
    static const struct {
        const char *x;
        double median;
    } found[] = {{"0.5", 25},   {"1", 20},   {"4096", 2},   {"4.096e3", 2},
                 {"first", 25}, {"last", 2}, {"lowest", 2}, {"highest", 25}};
    static const char *const lost[] = {"2", "", "firs", "nan", "4096x"};
    struct chart_rows rows;
    struct chart_summary summary;
    char error[512];

    ck_assert(read_rows(measured, &rows, error));
    chart_summary_of(&rows, &summary);
    for (size_t i = 0; i < COUNT(found); i++) {
        const struct chart_entry *entry =
            chart_summary_find(&summary, "ns", "b", found[i].x);

        ck_assert_msg(entry != NULL, "%s", found[i].x);
        ck_assert_double_eq(entry->stats.median, found[i].median);
    }
    for (size_t i = 0; i < COUNT(lost); i++)
        ck_assert_ptr_null(chart_summary_find(&summary, "ns", "b", lost[i]));
    ck_assert_ptr_null(chart_summary_find(&summary, "us", "b", "1"));
    ck_assert_ptr_null(chart_summary_find(&summary, "ns", "c", "1"));
    chart_summary_free(&summary);
    chart_rows_free(&rows);
}
END_TEST

START_TEST(a_summary_says_facts)
{
    static const char *const said[] = {"fact median.ns.b.0.5 25\n",
                                       "fact median.ns.b.first 25\n",
                                       "fact median.ns.b.last.milli 2000\n",
                                       "fact low.ns.a.1 10\n",
                                       "fact high.ns.a.1 30\n",
                                       "fact count.ns.b.4096 3\n",
                                       "fact x.ns.b.lowest 4096\n",
                                       "fact x.ns.b.highest.milli 500\n",
                                       "fact median.calls.b.highest 9\n"};
    struct chart_rows rows;
    struct chart_summary summary;
    char error[512], *text;
    size_t size;
    FILE *out = open_memstream(&text, &size);

    ck_assert(read_rows(measured, &rows, error));
    chart_summary_of(&rows, &summary);
    chart_summary_facts(out, &summary);
    fclose(out);
    for (size_t i = 0; i < COUNT(said); i++)
        ck_assert_msg(strstr(text, said[i]) != NULL, "%s", said[i]);
    free(text);
    chart_summary_free(&summary);
    chart_rows_free(&rows);
}
END_TEST

// ---- Numbers and titles -----------------------------------------------------

START_TEST(numbers_are_written_for_people)
{
    static const struct {
        double value;
        int digits;
        const char *english, *spanish;
    } rows[] = {
        {0.35172, 3, "0.352", "0,352"},
        {301234.5, 3, "301,000",
         "301\xc2\xa0"
         "000"},
        {1234.4, 3, "1230", "1230"},
        {9.996, 3, "10.0", "10,0"},
        {43.21, 2, "43", "43"},
        {1.44, 2, "1.4", "1,4"},
        {-0.0123, 2, "-0.012", "-0,012"},
        {16, 2, "16", "16"},
        {1048576, 3, "1,048,576",
         "1\xc2\xa0"
         "048\xc2\xa0"
         "576"},
        {0, 3, "0", "0"},
        {123456789.5, 3, "123,000,000",
         "123\xc2\xa0"
         "000\xc2\xa0"
         "000"},
        {1e300, 3, "1e+300", "1e+300"},
    };
    char text[NUMBER_SIZE];

    for (size_t i = 0; i < COUNT(rows); i++) {
        lang_set("en");
        chart_number(text, rows[i].value, rows[i].digits);
        ck_assert_str_eq(text, rows[i].english);
        lang_set("es");
        chart_number(text, rows[i].value, rows[i].digits);
        ck_assert_str_eq(text, rows[i].spanish);
    }
    lang_set("en");
    chart_integer(text, 65536);
    ck_assert_str_eq(text, "65,536");
    chart_integer(text, -0.5);
    ck_assert_str_eq(text, "-0.5");
    chart_integer(text, -12345);
    ck_assert_str_eq(text, "-12,345");
}
END_TEST

static char *fill(const char *title, char error[512])
{
    struct chart chart;
    struct chart_rows rows;
    struct chart_summary summary;
    struct facts facts = {0};
    char *text, *filled;

    ck_assert(asprintf(&text,
                       FIRST COMMANDS
                       "# title.en: %s\n# title.es: %s\n" X
                       "# ns.en: t\n# ns.es: t\n# calls.en: t\n# calls.es: t\n"
                       "# series.a.en: a\n# series.a.es: a\n"
                       "# series.b.en: b\n# series.b.es: b\n",
                       title, title) > 0);
    ck_assert_msg(parse(text, &chart, error), "%s", error);
    ck_assert(read_rows(measured, &rows, error));
    chart_summary_of(&rows, &summary);
    facts_set(&facts, NULL, "n", 12345, 1);
    facts_set(&facts, NULL, "zero", 0, 1);
    filled = chart_title_fill(&chart, &facts, &summary, error, 512);
    facts_free(&facts);
    chart_summary_free(&summary);
    chart_rows_free(&rows);
    chart_free(&chart);
    free(text);
    return filled;
}

START_TEST(a_title_gets_its_figures)
{
    char error[512], *title;

    title = fill("{n} of {median:ns:a:1/low:ns:b:last}, {x:ns:b:last}", error);
    ck_assert_str_eq(title, "12,345 of 20, 4096");
    free(title);
    title = fill("no figure", error);
    ck_assert_str_eq(title, "no figure");
    free(title);
    title = fill("{median:ns:b:first/high:ns:a:last}", error);
    ck_assert_str_eq(title, "0.83");
    free(title);
}
END_TEST

START_TEST(a_figure_that_is_missing_is_told_with_its_line)
{
    char error[512];

    ck_assert_ptr_null(fill("{m}", error));
    ck_assert_str_eq(error, "c.gp:4: the title needs the fact {m}, which the "
                            "program did not say");
    ck_assert_ptr_null(fill("{n/median:ns:a:2}", error));
    ck_assert_str_eq(error, "c.gp:4: the title needs {median:ns:a:2}, and "
                            "nothing was measured there");
    ck_assert_ptr_null(fill("{n/zero}", error));
    ck_assert_str_eq(error, "c.gp:4: the title divides by {zero}, which is 0");
}
END_TEST

// ---- The script and the table -----------------------------------------------

START_TEST(a_script_expands_nothing_of_its_texts)
{
    struct chart chart;
    struct chart_rows rows;
    struct facts facts = {0};
    struct chart_story story = {&chart, &rows, &facts,
                                "It's `id` \"$HOME\" a_b {x} @c", false};
    char error[512], *script, *at;
    int line;

    ck_assert(parse(WHOLE "plot raw", &chart, error));
    ck_assert(read_rows("series,x,ns\nread,1,1\n", &rows, error));
    facts_set(&facts, NULL, "n", 5, 1);
    script = chart_script_pictures(&story, &line);
    ck_assert_ptr_nonnull(strstr(
        script, "\ntitle = 'It''s `id` \"$HOME\" a\\_b \\{x\\} \\@c'\n"));
    ck_assert_ptr_nonnull(strstr(script, "\nfact_n = 5\n"));
    ck_assert_ptr_nonnull(strstr(script, "\nseries_read = 'read()'\n"));
    ck_assert_ptr_nonnull(strstr(script, "\ncol_ns = 3\n"));
    ck_assert_ptr_nonnull(strstr(script, "\nplot raw\nunset multiplot\n"));
    at = script;
    while (--line > 0)
        at = strchr(at, '\n') + 1;
    ck_assert_ptr_eq(at, strstr(script, FIRST));
    free(script);
    facts_free(&facts);
    chart_rows_free(&rows);
    chart_free(&chart);
}
END_TEST

START_TEST(a_long_title_is_broken_into_even_lines)
{
    struct chart chart;
    struct chart_rows rows;
    struct facts facts = {0};
    struct chart_story story = {
        &chart, &rows, &facts,
        "Leer de a un byte cuesta mil veces más que leer de a 65 536, y eso "
        "no depende de la máquina",
        false};
    char error[512], *script;
    int line;

    ck_assert(parse(WHOLE, &chart, error));
    ck_assert(read_rows("series,x,ns\nread,1,1\n", &rows, error));
    script = chart_script_pictures(&story, &line);
    ck_assert_ptr_nonnull(strstr(script, "leer de'.\"\\n\".'a 65 536, y"));
    ck_assert_ptr_nonnull(strstr(script, "\nlines = 2\n"));
    free(script);
    chart_rows_free(&rows);
    chart_free(&chart);
}
END_TEST

START_TEST(an_untitled_picture_is_lower_and_has_no_title)
{
    struct chart chart;
    struct chart_rows rows;
    struct facts facts = {0};
    struct chart_story story = {&chart, &rows, &facts, "It is so", true};
    char error[512], *script;
    int line;

    ck_assert(parse(WHOLE, &chart, error));
    ck_assert(read_rows("series,x,ns\nread,1,1\n", &rows, error));
    script = chart_script_pictures(&story, &line);
    ck_assert_ptr_null(strstr(script, "It is so"));
    ck_assert_ptr_nonnull(strstr(script, "\ntitle = ''\nlines = 0\n"));
    ck_assert_ptr_nonnull(strstr(script, "size 1280,600"));
    free(script);
    chart_rows_free(&rows);
    chart_free(&chart);
}
END_TEST

START_TEST(a_table_has_a_line_for_each_x)
{
    struct chart chart;
    struct chart_rows rows;
    struct chart_summary summary;
    char error[512], *text;
    size_t size;
    FILE *out = open_memstream(&text, &size);

    ck_assert(parse(WHOLE "set ylabel label_ns\n", &chart, error));
    ck_assert(read_rows("series,x,ns\nread,1,10\nread,1,30.25\nread,1,20\n"
                        "read,65536,2\nread,65536,2\n",
                        &rows, error));
    chart_summary_of(&rows, &summary);
    chart_table_print(out, &chart, &summary, 80);
    fclose(out);
    ck_assert_str_eq(text, "  time (ns): median (95 % interval)\n"
                           "   bytes           read()\n"
                           "       1  20 (10 to 30.2)\n"
                           "  65,536                2\n\n");
    free(text);
    chart_summary_free(&summary);
    chart_rows_free(&rows);
    chart_free(&chart);
}
END_TEST

START_TEST(a_table_is_short_and_fits)
{
    struct chart chart;
    struct chart_rows rows;
    struct chart_summary summary;
    char error[512], *text, *table;
    size_t size, lines = 0;
    FILE *out = open_memstream(&text, &size);

    fputs("series,x,ns\n", out);
    for (int i = 0; i < 40; i++)
        fprintf(out, "read,%d,%d.5\nread,%d,%d.25\n", i, i, i, i + 1);
    fclose(out);
    ck_assert(parse(WHOLE, &chart, error));
    ck_assert(read_rows(text, &rows, error));
    free(text);
    chart_summary_of(&rows, &summary);
    out = open_memstream(&table, &size);
    chart_table_print(out, &chart, &summary, 80);
    fclose(out);
    for (char *rest = table, *line; (line = strsep(&rest, "\n")); lines++)
        ck_assert_uint_le(strlen(line), 80);
    ck_assert_uint_eq(lines, 1 + 1 + 9 + 2);
    free(table);
    chart_summary_free(&summary);
    chart_rows_free(&rows);
    chart_free(&chart);
}
END_TEST

static void speak_english(void)
{
    lang_set("en");
}

int main(void)
{
    Suite *suite = suite_create("chart");
    TCase *tests = tcase_create("chart");
    SRunner *runner = srunner_create(suite);
    int failed;

    tcase_add_checked_fixture(tests, speak_english, NULL);
    tcase_add_test(tests, a_header_says_commands_and_texts);
    tcase_add_test(tests, other_comments_are_for_the_reader);
    tcase_add_test(tests, mistakes_of_a_header_are_told_with_their_line);
    tcase_add_test(tests, a_figure_is_a_fact_a_statistic_or_a_quotient);
    tcase_add_test(tests, what_is_no_figure_is_refused);
    tcase_add_test(tests, rows_are_read_as_they_stand);
    tcase_add_test(tests, rubbish_in_rows_is_told_with_its_line);
    tcase_add_test(tests, too_many_rows_series_or_measures_are_refused);
    tcase_add_test(tests, a_summary_has_medians_in_order);
    tcase_add_test(tests, an_entry_is_found_by_its_x);
    tcase_add_test(tests, a_summary_says_facts);
    tcase_add_test(tests, numbers_are_written_for_people);
    tcase_add_test(tests, a_title_gets_its_figures);
    tcase_add_test(tests, a_figure_that_is_missing_is_told_with_its_line);
    tcase_add_test(tests, a_script_expands_nothing_of_its_texts);
    tcase_add_test(tests, a_long_title_is_broken_into_even_lines);
    tcase_add_test(tests, an_untitled_picture_is_lower_and_has_no_title);
    tcase_add_test(tests, a_table_has_a_line_for_each_x);
    tcase_add_test(tests, a_table_is_short_and_fits);
    suite_add_tcase(suite, tests);
    srunner_run_all(runner, CK_ENV);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? 1 : 0;
}
