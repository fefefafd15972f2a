// show.c - code by its mark, never by its line number
#include <stdlib.h>
#include <string.h>

#include "runtime/message.h"
#include "tools/course/terminal.h"
#include "tools/player/show.h"

static const char *next_line(const char *line)
{
    line += strcspn(line, "\n");
    return *line ? line + 1 : line;
}

static size_t length_of(const char *line)
{
    size_t length = strcspn(line, "\n");

    while (length > 0 && strchr(" \t\r", line[length - 1]))
        length--;
    return length;
}

static const char *line_number(const char *source, int number)
{
    while (--number > 0)
        source = next_line(source);
    return source;
}

static int count_lines(const char *source)
{
    int count = 0;

    for (; *source; source = next_line(source))
        count++;
    return count;
}

// The length of the line without the comment "// [NAME]" at its end, and of its
// name in *name; the whole length and NULL where it has none.
static size_t without_mark(const char *line, const char **name)
{
    size_t length = length_of(line), at = length;

    *name = NULL;
    if (length < 6 || line[length - 1] != ']')
        return length;
    while (at > 4 && line[at - 1] != '[' && line[at - 1] != ' ')
        at--;
    if (memcmp(line + at - 4, "// [", 4) != 0)
        return length;
    *name = line + at;
    for (at -= 4; at > 0 && strchr(" \t", line[at - 1]);)
        at--;
    return at;
}

static bool is_marked(const char *line, const char *mark)
{
    const char *name;

    without_mark(line, &name);
    return name && strncmp(name, mark, strlen(mark)) == 0 &&
           name[strlen(mark)] == ']';
}

// The line of the mark; 0, with the reason in error, unless there is one.
static int find_mark(const char *source, const char *mark, char *error,
                     size_t error_size)
{
    int found = 0, number = 1;

    for (; *source; source = next_line(source), number++) {
        if (!is_marked(source, mark))
            continue;
        if (found) {
            snprintf(error, error_size,
                     M("the mark [%s] stands in lines %d and %d",
                       "la marca [%s] está en las líneas %d y %d"),
                     mark, found, number);
            return 0;
        }
        found = number;
    }
    if (!found)
        snprintf(error, error_size,
                 M("no line ends in the mark // [%s]",
                   "ninguna línea termina en la marca // [%s]"),
                 mark);
    return found;
}

// Behind the string or character constant that begins at `at`.
static const char *skip_constant(const char *at, const char *end)
{
    char quote = *at++;

    while (at < end && *at != quote)
        at += *at == '\\' ? 2 : 1;
    return at < end ? at + 1 : end;
}

// How the depth of braces moves in a line; *lowest: its least value on the way.
static int depth_change(const char *line, int *lowest)
{
    const char *end = line + length_of(line);
    int depth = 0;

    *lowest = 0;
    while (line < end) {
        if (line + 1 < end && line[0] == '/' && line[1] == '/')
            break;
        if (*line == '"' || *line == '\'') {
            line = skip_constant(line, end);
            continue;
        }
        depth += (*line == '{') - (*line == '}');
        *lowest = depth < *lowest ? depth : *lowest;
        line++;
    }
    return depth;
}

// The last line before a blank one or the end of the block around first.
static int end_of_block(const char *source, int first)
{
    const char *line = line_number(source, first);
    int depth = 0, lowest, last = first;

    depth = depth_change(line, &lowest);
    while (*(line = next_line(line)) && length_of(line) > 0) {
        int change = depth_change(line, &lowest);

        if (depth + lowest < 0)
            break;
        depth += change;
        last++;
    }
    return last;
}

static int last_of(const char *source, const char *to, int lines, int first,
                   char *error, size_t error_size)
{
    int last, count = count_lines(source);

    if (lines > 0)
        return first + lines - 1 < count ? first + lines - 1 : count;
    if (!to)
        return end_of_block(source, first);
    last = find_mark(source, to, error, error_size);
    if (last && last < first) {
        snprintf(error, error_size,
                 M("the mark [%s] stands before the other one",
                   "la marca [%s] está antes que la otra"),
                 to);
        return 0;
    }
    return last;
}

bool show_cut(const char *source, const char *mark, const char *to, int lines,
              struct cut *cut, char *error, size_t error_size)
{
    *cut = (struct cut){1, count_lines(source)};
    if (!mark)
        return true;
    cut->first_line = find_mark(source, mark, error, error_size);
    if (!cut->first_line)
        return false;
    cut->last_line =
        last_of(source, to, lines, cut->first_line, error, error_size);
    return cut->last_line != 0;
}

// Where a comment begins in the line, length where none does.
static size_t comment_at(const char *line, size_t length)
{
    const char *at = line, *end = line + length;

    while (at < end && !(at + 1 < end && at[0] == '/' && at[1] == '/'))
        at = *at == '"' || *at == '\'' ? skip_constant(at, end) : at + 1;
    return (size_t)(at - line);
}

const char *show_line(const char *source, int number, size_t *length,
                      size_t *code)
{
    const char *line = line_number(source, number), *name;

    *length = without_mark(line, &name);
    *code = comment_at(line, *length);
    return line;
}

static void print_line(FILE *out, const char *source, int number)
{
    size_t length, code;
    const char *line = show_line(source, number, &length, &code);

    fprintf(out, "  %s%4d%s  ", style(QUIET), number, style(PLAIN_TEXT));
    print_printable(out, line, code);
    if (code < length) {
        fputs(style(QUIET), out);
        print_printable(out, line + code, length - code);
        fputs(style(PLAIN_TEXT), out);
    }
    fputc('\n', out);
}

void show_print(FILE *out, const char *name, const char *source, struct cut cut)
{
    fprintf(out, "      %s%s%s\n", style(QUIET), name, style(PLAIN_TEXT));
    for (int n = cut.first_line; n <= cut.last_line && *line_number(source, n);
         n++)
        print_line(out, source, n);
}
