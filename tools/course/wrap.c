// wrap.c - a long line becomes lines of so many columns
#include <stdbool.h>
#include <string.h>

#include "tools/course/wrap.h"

static const char reset[] = "\033[0m";

static bool begins_character(char byte)
{
    return ((unsigned char)byte & 0xc0) != 0x80;
}

static size_t escape_length(const char *text, const char *end)
{
    const char *last = memchr(text, 'm', (size_t)(end - text));

    return (size_t)((last ? last + 1 : end) - text);
}

int wrap_columns(const char *text, size_t length)
{
    const char *end = text + length;
    int columns = 0;

    while (text < end) {
        if (*text == '\033') {
            text += escape_length(text, end);
            continue;
        }
        columns += begins_character(*text);
        text++;
    }
    return columns;
}

size_t wrap_fit(const char *text, int columns)
{
    size_t bytes = 0;

    for (; text[bytes]; bytes++)
        if (begins_character(text[bytes]) && columns-- <= 0)
            break;
    return bytes;
}

size_t wrap_fit_words(const char *text, int columns)
{
    size_t fits = wrap_fit(text, columns > 1 ? columns : 1), end = fits;

    if (!text[fits])
        return fits;
    while (end > 0 && text[end] != ' ')
        end--;
    return end > 0 ? end : fits;
}

struct wrap {
    FILE *out;
    const char *hang;
    char look[64]; // the sequences since the last reset
};

static size_t word_length(const char *word, const char *end)
{
    const char *space = memchr(word, ' ', (size_t)(end - word));

    return (size_t)((space ? space : end) - word);
}

static void note_look(struct wrap *w, const char *escape, size_t length)
{
    size_t have = strlen(w->look);

    if (length == strlen(reset) && memcmp(escape, reset, length) == 0)
        w->look[0] = '\0';
    else if (have + length < sizeof w->look) {
        memcpy(w->look + have, escape, length);
        w->look[have + length] = '\0';
    }
}

static void put_word(struct wrap *w, const char *word, size_t length)
{
    const char *end = word + length, *at = word;

    fwrite(word, 1, length, w->out);
    while ((at = memchr(at, '\033', (size_t)(end - at)))) {
        size_t bytes = escape_length(at, end);

        note_look(w, at, bytes);
        at += bytes;
    }
}

static void break_line(struct wrap *w)
{
    fprintf(w->out, "%s\n%s%s", *w->look ? reset : "", w->hang, w->look);
}

void wrap_line(FILE *out, const char *line, size_t length, int columns,
               const char *hang)
{
    struct wrap w = {.out = out, .hang = hang};
    const char *end = line + length;
    int used = 0;

    while (line < end) {
        size_t blank = strspn(line, " ");
        size_t bytes = word_length(line + blank, end);
        int wide = wrap_columns(line + blank, bytes);
        bool first = used == 0;

        if (!first && used + (int)blank + wide > columns) {
            break_line(&w);
            used = wrap_columns(hang, strlen(hang)) + wide;
        } else {
            fwrite(line, 1, blank, out);
            used += (int)blank + wide;
        }
        put_word(&w, line + blank, bytes);
        line += blank + bytes;
    }
    fputc('\n', out);
}

void wrap_rooms(FILE *out, const char *text, int first, int indent, int rest)
{
    int room = first;

    for (;;) {
        size_t bytes = wrap_fit_words(text, room);

        fwrite(text, 1, bytes, out);
        fputc('\n', out);
        text += bytes + strspn(text + bytes, " ");
        if (!*text)
            return;
        fprintf(out, "%*s", indent, "");
        room = rest;
    }
}
