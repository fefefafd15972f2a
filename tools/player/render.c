// render.c - Markdown becomes lines for the terminal
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "runtime/must.h"
#include "tools/course/program.h"
#include "tools/course/terminal.h"
#include "tools/course/wrap.h"
#include "tools/player/capture.h"
#include "tools/player/render.h"

// ---- lowdown ----------------------------------------------------------------

bool render_ready(void)
{
    return program_found("lowdown");
}

// Each paragraph on one line: lowdown breaks a line of several looks too late
// and inside of words. Ours does it (course/wrap).
static char *lay_out(const char *markdown)
{
    char *argv[] = {"lowdown",
                    "-Tterm",
                    "--out-no-smarty",
                    "--parse-no-metadata",
                    "--parse-no-super",
                    "--term-columns=30000",
                    "--term-width=30000",
                    NULL};

    return capture_run(argv, markdown);
}

// ---- Its colours become ours ------------------------------------------------

enum look {
    LOOK_TEXT,
    LOOK_TITLE,
    LOOK_CODE,
    LOOK_SIGN,
    LOOK_STRONG,
    LOOK_QUIET,
    LOOK_LINK
};

// sequence: what stands between "\033[" and "m".
static enum look look_of(const char *sequence, size_t length)
{
    static const struct {
        const char *colour;
        enum look look;
    } looks[] = {
        {"91", LOOK_TITLE}, {"36", LOOK_TITLE}, {"94", LOOK_CODE},
        {"32", LOOK_LINK},  {"37", LOOK_QUIET}, {"93", LOOK_SIGN},
        {"1", LOOK_STRONG}, {"3", LOOK_STRONG},
    };

    for (size_t i = 0; i < sizeof looks / sizeof *looks; i++)
        if (memmem(sequence, length, looks[i].colour, strlen(looks[i].colour)))
            return looks[i].look;
    return LOOK_TEXT;
}

static void put_styled(FILE *out, enum meaning meaning, const char *text,
                       size_t length)
{
    const char *begin = style(meaning);

    fputs(begin, out);
    fwrite(text, 1, length, out);
    fputs(*begin ? style(PLAIN_TEXT) : "", out);
}

static bool is(const char *text, size_t length, const char *what)
{
    return length == strlen(what) && memcmp(text, what, length) == 0;
}

static void put_code(FILE *out, const char *text, size_t length)
{
    if (terminal.plain)
        fprintf(out, "`%.*s`", (int)length, text);
    else
        put_styled(out, ON_STDOUT, text, length);
}

// The bar of a quotation, the dot of a list, the lines of a table.
static void put_sign(FILE *out, const char *text, size_t length)
{
    if (is(text, length, "  | "))
        put_styled(out, WARNING, terminal.plain ? "  | " : "  ▌ ",
                   terminal.plain ? 4 : strlen("  ▌ "));
    else if (terminal.plain && is(text, length, "  · "))
        fputs("  - ", out);
    else
        put_styled(out, QUIET, text, length);
}

static void put_title(FILE *out, const char *text, size_t length)
{
    if (strspn(text, "#") + 1 != length || text[length - 1] != ' ')
        put_styled(out, TITLE, text, length);
}

// A run of characters of one look. code_line: in a block of code.
static void put_run(FILE *out, enum look look, const char *text, size_t length,
                    bool *code_line)
{
    if (length == 0)
        return;
    if (look == LOOK_CODE && is(text, length, "  | ")) {
        *code_line = true;
        fputs("    ", out);
    } else if (*code_line) {
        put_styled(out, ON_STDOUT, text, length);
    } else if (look == LOOK_CODE) {
        put_code(out, text, length);
    } else if (look == LOOK_SIGN) {
        put_sign(out, text, length);
    } else if (look == LOOK_TITLE) {
        put_title(out, text, length);
    } else {
        put_styled(out,
                   look == LOOK_STRONG  ? STRONG
                   : look == LOOK_QUIET ? QUIET
                   : look == LOOK_LINK  ? ON_STDOUT
                                        : PLAIN_TEXT,
                   text, length);
    }
}

// Cuts off the spaces and the ended passages behind the text.
static const char *end_of_text(const char *line, const char *end)
{
    static const char reset[] = "\033[0m";
    size_t size = sizeof reset - 1;

    for (;;) {
        if (end > line && end[-1] == ' ')
            end--;
        else if ((size_t)(end - line) >= size &&
                 memcmp(end - size, reset, size) == 0 && end > line + size &&
                 end[-1 - (int)size] == ' ')
            end -= size;
        else
            return end;
    }
}

// An option of a question, "  · a) text", needs no dot before its letter.
static const char *skip_dot(const char *line, const char *end)
{
    static const char dot[] = "    \033[93m  · \033[0m";
    size_t size = sizeof dot - 1;
    bool option = (size_t)(end - line) > size + 2 &&
                  memcmp(line, dot, size) == 0 && line[size] >= 'a' &&
                  line[size] <= 'i' && line[size + 1] == ')';

    return option ? line + size : line;
}

static bool is_sign_at(const char *at, const char *end)
{
    static const char sign[] = "\033[93m";

    return (size_t)(end - at) > strlen(sign) &&
           memcmp(at, sign, strlen(sign)) == 0;
}

// Where what stands before the text ends: spaces, the bar of a quotation, the
// dot or number of a list. Its further lines begin behind the same, without the
// dot; to put is written what they begin with.
static const char *put_hang(FILE *put, const char *at, const char *end)
{
    while (at < end && (*at == ' ' || is_sign_at(at, end))) {
        const char *sign = at + strlen("\033[93m"), *stop;

        if (*at == ' ') {
            fputc(*at++, put);
            continue;
        }
        stop = memchr(sign, '\033', (size_t)(end - sign));
        if (!stop)
            break;
        if (is(sign, (size_t)(stop - sign), "  | "))
            put_sign(put, sign, (size_t)(stop - sign));
        else
            fprintf(put, "%*s", wrap_columns(sign, (size_t)(stop - sign)), "");
        at = stop + strlen("\033[0m");
    }
    return at;
}

// A table has signs between texts; code keeps its lines.
static bool has_own_lines(const char *text, const char *end, bool code_line)
{
    for (; text < end; text++)
        if (is_sign_at(text, end))
            return true;
    return code_line;
}

// Returns whether it is a line of code.
static bool put_runs(FILE *out, const char *at, const char *end)
{
    enum look look = LOOK_TEXT;
    bool code_line = false;

    while (at < end) {
        const char *stop = memchr(at, '\033', (size_t)(end - at));

        put_run(out, look, at, (size_t)((stop ? stop : end) - at), &code_line);
        if (!stop || !(at = memchr(stop, 'm', (size_t)(end - stop))))
            break;
        look = look_of(stop + 2, (size_t)(at - stop - 2));
        at++;
    }
    return code_line;
}

// A text in memory, made as to a stream.
struct text {
    FILE *stream;
    char *bytes;
    size_t size;
};

static void text_open(struct text *text)
{
    text->stream = MUST(open_memstream(&text->bytes, &text->size));
}

static void put_line(FILE *out, const char *line, const char *end, int columns,
                     const char *margin)
{
    const char *at = skip_dot(line, end), *begin;
    struct text styled, hang;
    bool code_line;

    text_open(&styled);
    text_open(&hang);
    fprintf(styled.stream, "%s%s", margin, at != line ? "      " : "");
    fprintf(hang.stream, "%s%s", margin, at != line ? "         " : "");
    begin = put_hang(hang.stream, at, end);
    code_line = put_runs(styled.stream, at, end);
    fclose(styled.stream);
    fclose(hang.stream);
    if (has_own_lines(begin, end, code_line))
        fprintf(out, "%s\n", styled.bytes);
    else
        wrap_line(out, styled.bytes, styled.size, columns, hang.bytes);
    free(styled.bytes);
    free(hang.bytes);
}

static void put_lines(FILE *out, const char *text, int columns, bool large)
{
    while (*text) {
        const char *end = text + strcspn(text, "\n");

        if (end == text)
            fputs(large ? "\n\n" : "\n", out);
        else
            put_line(out, text, end_of_text(text, end), columns,
                     large ? "   " : "");
        text = *end ? end + 1 : end;
    }
}

char *render_markdown(const char *markdown, int columns, bool large)
{
    char *laid_out = lay_out(markdown);
    struct text lines;

    if (!laid_out)
        return MUST(strdup(markdown));
    text_open(&lines);
    put_lines(lines.stream, laid_out, columns - 2, large);
    fclose(lines.stream);
    free(laid_out);
    return lines.bytes;
}
