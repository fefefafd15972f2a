// chart_rows.c - the rows that a program measured, read from its CSV
#include <errno.h>
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "runtime/message.h"
#include "runtime/must.h"
#include "tools/course/chart.h"
#include "viz/chart_rows.h"

struct reading {
    struct chart_rows *rows;
    size_t room; // for how many rows there is memory
    int line;
    char *error;
    size_t error_size;
};

// Returns false, for "return complain(...)".
__attribute__((format(printf, 2, 3))) static bool
complain(struct reading *r, const char *format, ...)
{
    int used = snprintf(r->error, r->error_size, M("line %d: ", "línea %d: "),
                        r->line);
    va_list rest;

    va_start(rest, format);
    if (used >= 0 && (size_t)used < r->error_size)
        vsnprintf(r->error + used, r->error_size - (size_t)used, format, rest);
    va_end(rest);
    return false;
}

// ---- Words and numbers ------------------------------------------------------

static bool is_name(const char *word)
{
    size_t length = strlen(word);

    return length > 0 && length <= CHART_NAME_LIMIT &&
           strspn(word, "abcdefghijklmnopqrstuvwxyz0123456789_") == length;
}

// No hexadecimal, no "nan", no space in front: what all readers of CSV read
// alike.
static bool take_number(const char *word, double *value)
{
    size_t length = strlen(word);
    char *end;

    if (length == 0 || length > 40 || strspn(word, "0123456789+-.eE") != length)
        return false;
    errno = 0;
    *value = strtod(word, &end);
    return !*end && isfinite(*value) && errno == 0;
}

static bool refuse_number(struct reading *r, const char *word)
{
    return complain(
        r,
        M("\"%.40s\" is no finite number", "\"%.40s\" no es un número finito"),
        word);
}

// ---- The header -------------------------------------------------------------

static bool has_measure(const struct chart_rows *rows, const char *name)
{
    for (size_t i = 0; i < rows->measure_count; i++)
        if (strcmp(rows->measures[i], name) == 0)
            return true;
    return false;
}

static bool take_measure(struct reading *r, const char *name)
{
    struct chart_rows *rows = r->rows;

    if (!is_name(name))
        return complain(r,
                        M("\"%.40s\" is no name of a measure",
                          "\"%.40s\" no es el nombre de una medida"),
                        name);
    if (has_measure(rows, name))
        return complain(
            r, M("the measure \"%s\" twice", "la medida \"%s\" dos veces"),
            name);
    if (rows->measure_count == ROW_MEASURE_LIMIT)
        return complain(r, M("more than %d measures", "más de %d medidas"),
                        ROW_MEASURE_LIMIT);
    rows->measures[rows->measure_count++] = name;
    return true;
}

static bool take_header(struct reading *r, char *line)
{
    char *first = strsep(&line, ","), *second = strsep(&line, ","), *name;

    if (strcmp(first, "series") != 0 || !second || strcmp(second, "x") != 0 ||
        !line)
        return complain(r, "%s",
                        M("the header is series,x,MEASURE...",
                          "el encabezado es series,x,MEDIDA..."));
    while ((name = strsep(&line, ",")))
        if (!take_measure(r, name))
            return false;
    return true;
}

// ---- The rows ---------------------------------------------------------------

// The number of that series, new or not.
static bool find_series(struct reading *r, const char *name, size_t *series)
{
    struct chart_rows *rows = r->rows;

    for (*series = 0; *series < rows->series_count; ++*series)
        if (strcmp(rows->series[*series], name) == 0)
            return true;
    if (!is_name(name))
        return complain(r,
                        M("\"%.40s\" is no name of a series",
                          "\"%.40s\" no es el nombre de una serie"),
                        name);
    if (rows->series_count == ROW_SERIES_LIMIT)
        return complain(r, M("more than %d series", "más de %d series"),
                        ROW_SERIES_LIMIT);
    rows->series[rows->series_count++] = name;
    return true;
}

static bool make_room(struct reading *r)
{
    struct chart_rows *rows = r->rows;

    if (rows->count == ROWS_LIMIT)
        return complain(r, M("more than %d rows", "más de %d filas"),
                        ROWS_LIMIT);
    if (rows->count < r->room)
        return true;
    r->room = r->room ? 2 * r->room : 64;
    rows->series_of =
        MUST(realloc(rows->series_of, r->room * sizeof *rows->series_of));
    rows->cells =
        MUST(realloc(rows->cells, r->room * (1 + rows->measure_count) *
                                      sizeof *rows->cells));
    return true;
}

static bool take_row(struct reading *r, char *line)
{
    struct chart_rows *rows = r->rows;
    size_t wanted = 1 + rows->measure_count, got = 0;
    char *name = strsep(&line, ","), *word;
    double *cells;

    if (!make_room(r) || !find_series(r, name, &rows->series_of[rows->count]))
        return false;
    cells = rows->cells + rows->count * wanted;
    for (; (word = strsep(&line, ",")) && got < wanted; got++)
        if (!take_number(word, &cells[got]))
            return refuse_number(r, word);
    if (word || got < wanted)
        return complain(r,
                        M("a row has %zu columns, as the header",
                          "una fila tiene %zu columnas, como el encabezado"),
                        wanted + 1);
    rows->count++;
    return true;
}

// ---- The whole --------------------------------------------------------------

static bool take_lines(struct reading *r, char *text, const char *end)
{
    while (text < end) {
        char *stop = memchr(text, '\n', (size_t)(end - text));

        r->line++;
        if (!stop)
            return complain(r, "%s",
                            M("it is cut off: no end of line",
                              "está cortada: no tiene fin de línea"));
        *stop = '\0';
        if (strlen(text) != (size_t)(stop - text))
            return complain(r, "%s", M("a NUL byte", "un byte nulo"));
        if (!(r->line == 1 ? take_header : take_row)(r, text))
            return false;
        text = stop + 1;
    }
    if (r->rows->count > 0)
        return true;
    r->line++;
    return complain(r, "%s",
                    r->line == 1 ? M("nothing is there", "no hay nada")
                                 : M("no row", "no hay ninguna fila"));
}

bool chart_rows_parse(const char *text, size_t size, struct chart_rows *rows,
                      char *error, size_t error_size)
{
    struct reading reading = {
        .rows = rows, .error = error, .error_size = error_size};
    bool good;

    *rows = (struct chart_rows){.text = MUST(malloc(size + 1))};
    memcpy(rows->text, text, size);
    rows->text[size] = '\0';
    good = take_lines(&reading, rows->text, rows->text + size);
    if (!good)
        chart_rows_free(rows);
    return good;
}

void chart_rows_free(struct chart_rows *rows)
{
    free(rows->text);
    free(rows->series_of);
    free(rows->cells);
    *rows = (struct chart_rows){.text = NULL};
}
