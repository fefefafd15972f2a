// output.c - what a program wrote, line by line in the order of writing
#include <stdlib.h>
#include <string.h>

#include "runtime/message.h"
#include "runtime/must.h"
#include "tools/course/terminal.h"
#include "tools/player/output.h"

// ---- Lines ------------------------------------------------------------------

static struct output_line *add_line(struct output *output, int stream,
                                    const char *text)
{
    size_t count = output->count;

    if ((count & (count - 1)) == 0) // a power of two is full
        output->lines = MUST(realloc(output->lines, (count ? 2 * count : 1) *
                                                        sizeof *output->lines));
    output->lines[count] = (struct output_line){
        .stream = stream, .text = text, .order_known = true};
    output->count++;
    return &output->lines[count];
}

// Does text of this stream go on with the last line?
static struct output_line *open_line(struct output *output, int stream)
{
    struct output_line *last;

    if (output->count == 0)
        return NULL;
    last = &output->lines[output->count - 1];
    return last->stream == stream && !last->ended ? last : NULL;
}

static void add_piece(struct output *output, const struct run_piece *piece,
                      const char *text)
{
    const char *end = text + piece->size_bytes;
    int stream = piece->stream == 2 ? 2 : 1;

    output->bytes[stream] += piece->size_bytes;
    while (text < end) {
        const char *stop = memchr(text, '\n', (size_t)(end - text));
        struct output_line *line = open_line(output, stream);

        if (!line)
            line = add_line(output, stream, text);
        line->size_bytes += (size_t)((stop ? stop : end) - text);
        line->order_known = line->order_known && piece->order_known;
        line->ended = stop != NULL;
        output->newlines[stream] += stop != NULL;
        text = stop ? stop + 1 : end;
    }
}

struct output output_of(const struct run_result *run)
{
    struct output output = {.order_recorded = run->order_recorded};
    size_t total = 0, used = 0;

    for (size_t i = 0; i < run->piece_count; i++)
        total += run->pieces[i].size_bytes;
    output.text = MUST(malloc(total + 1));
    for (size_t i = 0; i < run->piece_count; i++) {
        const struct run_piece *piece = &run->pieces[i];

        // In the order of writing, so that a line lies in one place.
        memcpy(output.text + used, run->bytes + piece->offset,
               piece->size_bytes);
        add_piece(&output, piece, output.text + used);
        used += piece->size_bytes;
    }
    return output;
}

void output_free(struct output *output)
{
    free(output->lines);
    free(output->text);
    *output = (struct output){0};
}

// ---- Printing ---------------------------------------------------------------

static bool both_streams(const struct output *output)
{
    return output->bytes[1] > 0 && output->bytes[2] > 0;
}

// Is its place among the lines of the other stream in doubt?
static bool is_doubtful(const struct output *output,
                        const struct output_line *line)
{
    return output->order_recorded && both_streams(output) && !line->order_known;
}

static void print_tag(FILE *out, const struct output_line *line, bool first)
{
    const char *bar = terminal.plain ? "|" : "│";
    const char *name = line->stream == 1 ? "stdout" : "stderr";

    fprintf(out, "  %s%6s%s%s%s ",
            style(line->stream == 1 ? ON_STDOUT : ON_STDERR), first ? name : "",
            line->order_known ? " " : "?", bar, style(PLAIN_TEXT));
}

static bool begins_character(char byte)
{
    return ((unsigned char)byte & 0xc0) != 0x80;
}

// How many bytes from text on take at most so many columns.
static size_t bytes_within(const char *text, size_t size, int columns)
{
    size_t at = 0;

    while (at < size) {
        unsigned char byte = (unsigned char)text[at];

        if (begins_character(text[at]))
            columns -= byte < 0x20 || byte == 0x7f ? 4 : 1;
        if (columns < 0)
            break;
        at++;
    }
    return at > 0 ? at : 1;
}

static void print_wrapped(FILE *out, const struct output_line *line,
                          const char *text, size_t size, int columns)
{
    bool first = text == line->text;

    do {
        size_t part = size ? bytes_within(text, size, columns) : 0;

        print_tag(out, line, first);
        print_printable(out, text, part);
        text += part;
        size -= part;
        first = false;
        if (size > 0)
            fputc('\n', out);
    } while (size > 0);
}

static void print_note(FILE *out, const char *text)
{
    fprintf(out, "%s%s%s", style(QUIET), text, style(PLAIN_TEXT));
}

// A line of a thousand columns: its beginning, how much is left out, its end.
static void print_long(FILE *out, const struct output_line *line, int columns)
{
    size_t head = bytes_within(line->text, line->size_bytes, 2 * columns);
    size_t tail = line->size_bytes - (size_t)columns / 2;
    char note[96];

    while (!begins_character(line->text[tail]))
        tail++;
    print_wrapped(out, line, line->text, head, columns);
    snprintf(note, sizeof note,
             M("... %zu bytes more ...", "... %zu bytes más ..."), tail - head);
    fputc('\n', out);
    print_tag(out, line, false);
    print_note(out, note);
    fputc('\n', out);
    print_wrapped(out, line, line->text + tail, line->size_bytes - tail,
                  columns);
}

static void print_line(FILE *out, const struct output_line *line, int columns)
{
    if (line->size_bytes > 6 * (size_t)columns)
        print_long(out, line, columns);
    else
        print_wrapped(out, line, line->text, line->size_bytes, columns);
    if (!line->ended)
        print_note(out, M(" (no end of line)", " (sin fin de línea)"));
    fputc('\n', out);
}

static void print_gap(FILE *out, size_t lines)
{
    fprintf(out, "  %s", style(QUIET));
    fprintf(out,
            M("       ... %zu lines more ...", "       ... %zu líneas más "
                                               "..."),
            lines);
    fprintf(out, "%s\n", style(PLAIN_TEXT));
}

static void print_order(FILE *out, const struct output *output)
{
    bool doubt = false;

    for (size_t i = 0; i < output->count; i++)
        doubt = doubt || is_doubtful(output, &output->lines[i]);
    if (!both_streams(output))
        return;
    if (output->unordered)
        print_note(out, M("  The order was not recorded, since that would "
                          "cost time: stdout, then stderr.\n",
                          "  El orden no se registró, porque eso costaría "
                          "tiempo: stdout, luego stderr.\n"));
    else if (!output->order_recorded)
        print_note(out, M("  This machine cannot record which was written "
                          "first: stdout, then stderr.\n",
                          "  Esta máquina no puede registrar qué se escribió "
                          "antes: stdout, luego stderr.\n"));
    else if (doubt)
        print_note(out, M("  ? = perhaps it was not written after the line "
                          "above it\n",
                          "  ? = quizá no se escribió después de la línea de "
                          "arriba\n"));
}

void output_print(FILE *out, const struct output *output, int columns,
                  size_t most_lines)
{
    size_t head = most_lines * 2 / 3, tail = most_lines - head;
    struct output_line line;
    bool cut = output->count > most_lines + 1;

    if (output->count == 0)
        print_note(out, M("  (it wrote nothing)\n", "  (no escribió nada)\n"));
    print_order(out, output);
    for (size_t i = 0; i < output->count; i++) {
        if (cut && i == head) {
            print_gap(out, output->count - head - tail);
            i = output->count - tail;
        }
        if (i > 0 && !output->order_recorded && both_streams(output) &&
            output->lines[i].stream != output->lines[i - 1].stream)
            fputc('\n', out); // two blocks
        line = output->lines[i];
        line.order_known = !is_doubtful(output, &line);
        print_line(out, &line, columns - 11);
    }
}
