// terminal.c - what may be shown to a person, and how
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "runtime/message.h"
#include "tools/course/error_words.h"
#include "tools/course/terminal.h"

struct terminal terminal = {.plain = true, .width_columns = 80};

static bool theme_named(const char *name, enum theme *theme)
{
    static const char *const names[] = {"dark", "light", "none"};

    for (int i = 0; i < 3; i++)
        if (strcmp(name, names[i]) == 0) {
            *theme = (enum theme)i;
            return true;
        }
    return false;
}

static bool variable_set(const char *name)
{
    const char *value = getenv(name);

    return value && *value;
}

static bool screen_is_dumb(void)
{
    const char *kind = getenv("TERM");

    return !isatty(STDOUT_FILENO) || !kind || !*kind ||
           strcmp(kind, "dumb") == 0;
}

int terminal_width(void)
{
    struct winsize size;

    if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) < 0 || size.ws_col == 0)
        return 80;
    return size.ws_col < 20 ? 20 : size.ws_col;
}

bool terminal_setup(bool plain, const char *theme)
{
    terminal.plain = plain || screen_is_dumb();
    terminal.width_columns = terminal_width() > 100 ? 100 : terminal_width();
    terminal.theme = THEME_DARK;
    if (variable_set("TELAR_THEME"))
        theme_named(getenv("TELAR_THEME"), &terminal.theme);
    if (theme && !theme_named(theme, &terminal.theme))
        return false;
    if (variable_set("NO_COLOR"))
        terminal.theme = THEME_NONE;
    return true;
}

// By name: a locale that is not generated here says how the terminal is, too.
static bool locale_is_utf8(void)
{
    static const char *const names[] = {"LC_ALL", "LC_CTYPE", "LANG"};

    for (int i = 0; i < 3; i++)
        if (variable_set(names[i]))
            return strcasestr(getenv(names[i]), "utf-8") ||
                   strcasestr(getenv(names[i]), "utf8");
    return false;
}

bool terminal_is_ascii(bool told)
{
    const char *asked = getenv("TELAR_ASCII");

    if (told || !asked || !*asked)
        return told || !locale_is_utf8();
    return strcmp(asked, "0") != 0;
}

// Okabe and Ito (2008), nearest of the 256: orange, sky blue, bluish green,
// vermillion; darker ones of the same hue on a light ground.
static const char *const styles[3][9] = {
    [THEME_DARK] = {"\033[0m", "\033[1;38;5;74m", "\033[1;38;5;36m",
                    "\033[1;38;5;202m", "\033[38;5;214m", "\033[38;5;245m",
                    "\033[1m", "\033[38;5;74m", "\033[38;5;214m"},
    [THEME_LIGHT] = {"\033[0m", "\033[1;38;5;25m", "\033[1;38;5;29m",
                     "\033[1;38;5;166m", "\033[38;5;130m", "\033[38;5;240m",
                     "\033[1m", "\033[38;5;25m", "\033[38;5;130m"},
    [THEME_NONE] = {"\033[0m", "\033[1m", "\033[1m", "\033[1m", "\033[1m", "",
                    "\033[1m", "", "\033[1m"},
};

const char *style(enum meaning meaning)
{
    return terminal.plain ? "" : styles[terminal.theme][meaning];
}

// The length of the UTF-8 character that begins at bytes, 0 when none does:
// overlong forms, surrogates and C1 controls are none.
static size_t utf8_length(const unsigned char *bytes, size_t size)
{
    static const unsigned least[] = {0, 0, 0xa0, 0x800, 0x10000};
    size_t length = bytes[0] >= 0xf0 ? 4 : bytes[0] >= 0xe0 ? 3 : 2;
    unsigned code = bytes[0] & (0xffu >> (length + 1));

    if (bytes[0] < 0xc2 || bytes[0] > 0xf4 || size < length)
        return 0;
    for (size_t i = 1; i < length; i++) {
        if ((bytes[i] & 0xc0) != 0x80)
            return 0;
        code = code << 6 | (bytes[i] & 0x3fu);
    }
    if (code < least[length] || code > 0x10ffff ||
        (code >= 0xd800 && code < 0xe000))
        return 0;
    // Bidirectional overrides would show a line other than it is.
    if ((code >= 0x202a && code <= 0x202e) ||
        (code >= 0x2066 && code <= 0x2069))
        return 0;
    return length;
}

static bool is_harmless(unsigned char byte)
{
    return (byte >= 0x20 && byte < 0x7f) || byte == '\n' || byte == '\t';
}

void print_printable(FILE *out, const char *bytes, size_t size)
{
    const unsigned char *at = (const unsigned char *)bytes;
    const unsigned char *end = at + size;

    while (at < end) {
        size_t length =
            is_harmless(*at) ? 1 : utf8_length(at, (size_t)(end - at));

        if (length == 0)
            fprintf(out, "\\x%02x", *at);
        else
            fwrite(at, 1, length, out);
        at += length ? length : 1;
    }
}

int terminal_written(int status)
{
    if (fflush(stdout) == 0 && !ferror(stdout))
        return status;
    return could_not(M("could not write standard output: %s",
                       "no se pudo escribir la salida estándar: %s"),
                     error_words(errno));
}
