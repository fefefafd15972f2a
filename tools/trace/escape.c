// escape.c - UTF-8 read strictly and written for CSV, JSON and XML
#include <stdbool.h>
#include <string.h>

#include "tools/trace/escape.h"

// ---- UTF-8 (RFC 3629) -------------------------------------------------------

static int tail_of(unsigned char first)
{
    return first < 0xc2   ? -1
           : first < 0xe0 ? 1
           : first < 0xf0 ? 2
           : first < 0xf5 ? 3
                          : -1;
}

// The NUL at the end is no continuation, so nothing behind it is read.
uint32_t escape_next(const char **text)
{
    static const uint32_t least[] = {0, 0x80, 0x800, 0x10000};
    const unsigned char *at = (const unsigned char *)*text;
    int tail = tail_of(*at);
    uint32_t code = *at & (0x3fu >> (tail > 0 ? tail : 0));

    if (*at == 0)
        return 0;
    ++*text;
    if (*at < 0x80)
        return *at;
    for (int i = 1; i <= tail; i++) {
        if ((at[i] & 0xc0) != 0x80)
            return REPLACEMENT;
        code = code << 6 | (at[i] & 0x3fu);
    }
    if (tail < 0 || code < least[tail] || code > 0x10ffff ||
        (code >= 0xd800 && code < 0xe000))
        return REPLACEMENT;
    *text += tail;
    return code;
}

static void put(FILE *out, uint32_t code)
{
    if (code < 0x80) {
        putc(code, out);
        return;
    }
    if (code < 0x800)
        putc(0xc0 | code >> 6, out);
    else if (code < 0x10000)
        putc(0xe0 | code >> 12, out);
    else
        putc(0xf0 | code >> 18, out);
    if (code >= 0x10000)
        putc(0x80 | (code >> 12 & 0x3f), out);
    if (code >= 0x800)
        putc(0x80 | (code >> 6 & 0x3f), out);
    putc(0x80 | (code & 0x3f), out);
}

// ---- Formats ----------------------------------------------------------------

// Nothing but ASCII that stands for itself, as most names are: the short way.
static bool is_plain(const char *text, const char *special)
{
    for (; *text; text++)
        if (*text < ' ' || *text > '~' || strchr(special, *text))
            return false;
    return true;
}

void escape_csv(FILE *out, const char *text)
{
    bool quotes = strpbrk(text, ",\"\r\n") != NULL;
    uint32_t code;

    if (is_plain(text, ",\"")) {
        fputs(text, out);
        return;
    }
    if (quotes)
        putc('"', out);
    while ((code = escape_next(&text)) != 0) {
        if (code == '"')
            putc('"', out);
        put(out, code);
    }
    if (quotes)
        putc('"', out);
}

static void json_sign(FILE *out, uint32_t code)
{
    const char *at = strchr("\bb\ff\nn\rr\tt\"\"\\\\", (int)code);

    if (at)
        fprintf(out, "\\%c", at[1]);
    else
        fprintf(out, "\\u%04x", code);
}

void escape_json(FILE *out, const char *text)
{
    uint32_t code;

    if (is_plain(text, "\"\\")) {
        fputs(text, out);
        return;
    }
    while ((code = escape_next(&text)) != 0)
        if (code < 0x20 || code == 0x7f || code == '"' || code == '\\')
            json_sign(out, code);
        else
            put(out, code);
}

static void xml_sign(FILE *out, uint32_t code)
{
    const char *named = code == '&'    ? "&amp;"
                        : code == '<'  ? "&lt;"
                        : code == '>'  ? "&gt;"
                        : code == '"'  ? "&quot;"
                        : code == '\'' ? "&#39;"
                                       : NULL;
    bool is_none = code < 0x20 || (code >= 0x7f && code < 0xa0) ||
                   code == 0xfffe || code == 0xffff;

    if (named)
        fputs(named, out);
    else
        put(out, is_none ? REPLACEMENT : code);
}

void escape_xml(FILE *out, const char *text, int limit)
{
    const char *rest = text;
    int length = 0;
    uint32_t code;

    while (length <= limit && escape_next(&rest) != 0)
        length++;
    for (int i = 0; (code = escape_next(&text)) != 0; i++) {
        if (length > limit && i == limit - 1) {
            put(out, 0x2026);
            return;
        }
        xml_sign(out, code);
    }
}
