// screen.c - what the person sees and types
#include <ctype.h>
#include <errno.h>
#include <poll.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "runtime/message.h"
#include "runtime/must.h"
#include "tools/course/terminal.h"
#include "tools/course/wrap.h"
#include "tools/player/screen.h"
#include "tools/player/stop.h"

struct screen screen;

void screen_setup(bool automatic, bool large)
{
    screen = (struct screen){.asks = !automatic, .large = large};
    screen.pages = screen.asks && !terminal.plain && isatty(STDIN_FILENO);
}

int screen_measure(void)
{
    int width = terminal.plain ? 80 : terminal_width();
    int most = screen.large ? 60 : 80;

    return width > most ? most : width;
}

static int screen_rows(void)
{
    struct winsize size;

    if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) < 0 || size.ws_row == 0)
        return 24;
    return size.ws_row < 6 ? 6 : size.ws_row;
}

static int rows_of_line(const char *line, size_t length)
{
    int columns = wrap_columns(line, length), width = terminal_width();

    return columns <= width ? 1 : (columns + width - 1) / width;
}

static int rows_of(const char *text)
{
    int rows = 0;

    while (*text) {
        size_t length = strcspn(text, "\n");

        rows += rows_of_line(text, length);
        text += length + (text[length] == '\n');
    }
    return rows;
}

static void note_stop(void)
{
    if (stop_signal)
        screen.wish = QUIT;
}

// Returns false at the end of the input. What is longer than answer is lost.
static bool read_line(char *answer, size_t size)
{
    char *got = fgets(answer, (int)size, stdin);
    size_t length = got ? strlen(got) : 0;
    bool whole = length > 0 && got[length - 1] == '\n';
    int c;

    if (!got)
        return false;
    for (c = whole ? '\n' : 0; c != '\n' && c != EOF;)
        c = getchar();
    return true;
}

static void trim(char *text)
{
    size_t length = strlen(text), blank = strspn(text, " \t\r\n");

    while (length > 0 && isspace((unsigned char)text[length - 1]))
        text[--length] = '\0';
    memmove(text, text + (blank < length ? blank : length),
            length - (blank < length ? blank : length) + 1);
}

void screen_offer(void (*look)(void *context), void *context)
{
    screen.look = look;
    screen.context = context;
}

static bool is_look(const char *answer)
{
    return strcasecmp(answer, "v") == 0 || strcasecmp(answer, "view") == 0 ||
           strcasecmp(answer, "ver") == 0;
}

// Was it "v"? Then it is done, and the question is asked again in its place.
static bool looked(const char *answer)
{
    if (!screen.look || !is_look(answer))
        return false;
    screen.look(screen.context);
    fputs("\033[A\033[2K", stdout);
    return true;
}

// Something was typed before we ask: its newline was shown then, not behind the
// prompt.
static bool typed_ahead(void)
{
    struct pollfd input = {.fd = STDIN_FILENO, .events = POLLIN};

    return poll(&input, 1, 0) > 0;
}

static bool ask_once(const char *prompt, char *answer, size_t answer_size)
{
    bool ahead = typed_ahead();

    printf("%s%s%s ", style(STRONG), prompt, style(PLAIN_TEXT));
    fflush(stdout);
    screen.used_rows = 0;
    note_stop();
    if (screen.wish == GO_ON && read_line(answer, answer_size)) {
        trim(answer);
        if (ahead || !isatty(STDIN_FILENO))
            puts(""); // nobody else ends the line of the prompt
        return true;
    }
    screen.wish = QUIT;
    putchar('\n');
    return false;
}

bool screen_ask(const char *prompt, char *answer, size_t answer_size)
{
    do {
        if (!ask_once(prompt, answer, answer_size))
            return false;
    } while (looked(answer));
    return true;
}

enum wish screen_command(const char *answer)
{
    static const struct {
        const char *word;
        enum wish wish;
    } commands[] = {
        {"<", GO_BACK},     {"b", GO_BACK},         {"back", GO_BACK},
        {"atrás", GO_BACK}, {"atras", GO_BACK},     {"r", RUN_AGAIN},
        {"run", RUN_AGAIN}, {"repetir", RUN_AGAIN}, {"s", SKIP},
        {"skip", SKIP},     {"saltar", SKIP},       {"q", QUIT},
        {"quit", QUIT},     {"salir", QUIT},
    };

    for (size_t i = 0; i < sizeof commands / sizeof *commands; i++)
        if (strcasecmp(answer, commands[i].word) == 0)
            return commands[i].wish;
    return GO_ON;
}

// Waits where the screen is full; the prompt is wiped afterwards.
static void wait_for_more(void)
{
    char answer[32];

    if (!screen_ask(M("-- Enter: more --", "-- Enter: sigue --"), answer,
                    sizeof answer))
        return;
    fputs("\033[A\033[2K", stdout);
    if (screen_command(answer) == QUIT || screen_command(answer) == GO_BACK)
        screen.wish = screen_command(answer);
}

// Keeps a passage whole where a fresh screen would hold it.
static void make_room(int rows)
{
    int room = screen_rows() - 2;

    if (screen.pages && rows <= room && screen.used_rows > room / 2 &&
        screen.used_rows + rows > room)
        wait_for_more();
}

static void show_line(const char *line, size_t length)
{
    int rows = rows_of_line(line, length);
    bool full = screen.pages && screen.used_rows + rows > screen_rows() - 2;

    if (full && length == 0)
        return; // a gap is no reason to wait
    if (full)
        wait_for_more();
    if (screen.wish != GO_ON)
        return;
    fwrite(line, 1, length, stdout);
    putchar('\n');
    screen.used_rows += rows;
}

void screen_show(const char *text)
{
    note_stop();
    if (screen.silent)
        return;
    if (screen.wish == GO_ON)
        make_room(rows_of(text));
    while (*text && screen.wish == GO_ON) {
        size_t length = strcspn(text, "\n");

        show_line(text, length);
        text += length + (text[length] == '\n');
        note_stop();
    }
}

void screen_say(const char *format, ...)
{
    va_list rest;
    char *text;

    va_start(rest, format);
    MUST(vasprintf(&text, format, rest));
    va_end(rest);
    screen_show(text);
    free(text);
}

void screen_warn(const char *format, ...)
{
    va_list rest;

    if (screen.silent)
        return;
    fflush(stdout);
    fputs("telar: ", stderr);
    va_start(rest, format);
    vfprintf(stderr, format, rest);
    va_end(rest);
    fputc('\n', stderr);
    screen.used_rows += 2;
}

void screen_begin(void)
{
    screen.used_rows = 0;
    if (!terminal.plain && screen.asks)
        fputs("\033[H\033[2J", stdout);
}
