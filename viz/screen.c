// screen.c - cells on a terminal by way of curses
#include <curses.h>
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "runtime/message.h"
#include "viz/keys.h"
#include "viz/screen.h"

static struct grid shown;
static SCREEN *terminal_screen;
static volatile sig_atomic_t end_signal;
static bool is_gone;
static char leave[64]; // what gives the terminal back, for a crash

// ---- Colours ----------------------------------------------------------------

// Okabe and Ito's, as the nearest of 256, and of the first 8.
struct ink {
    short many, few; // -1: the terminal's own
    attr_t attributes;
};
static const struct ink dark[LOOK_COUNT] = {
    [LOOK_PLAIN] = {-1, -1, 0},
    [LOOK_TITLE] = {74, COLOR_CYAN, A_BOLD},
    [LOOK_STRONG] = {-1, -1, A_BOLD},
    [LOOK_QUIET] = {245, -1, A_DIM},
    [LOOK_GOOD] = {36, COLOR_GREEN, 0},
    [LOOK_WARNING] = {214, COLOR_YELLOW, A_BOLD},
    [LOOK_BAD] = {166, COLOR_RED, A_BOLD},
    [LOOK_RUNNING] = {36, COLOR_GREEN, 0},
    [LOOK_READY] = {227, COLOR_YELLOW, 0},
    [LOOK_BLOCKED] = {166, COLOR_RED, 0},
    [LOOK_SLEEPING] = {74, COLOR_BLUE, 0},
    [LOOK_HELD] = {175, COLOR_MAGENTA, 0},
    [LOOK_MARK] = {214, COLOR_YELLOW, A_BOLD},
};
static const struct ink light[LOOK_COUNT] = {
    [LOOK_PLAIN] = {-1, -1, 0},
    [LOOK_TITLE] = {25, COLOR_BLUE, A_BOLD},
    [LOOK_STRONG] = {-1, -1, A_BOLD},
    [LOOK_QUIET] = {240, -1, 0},
    [LOOK_GOOD] = {29, COLOR_GREEN, 0},
    [LOOK_WARNING] = {130, COLOR_RED, A_BOLD},
    [LOOK_BAD] = {124, COLOR_RED, A_BOLD},
    [LOOK_RUNNING] = {29, COLOR_GREEN, 0},
    [LOOK_READY] = {136, COLOR_YELLOW, 0},
    [LOOK_BLOCKED] = {124, COLOR_RED, 0},
    [LOOK_SLEEPING] = {25, COLOR_BLUE, 0},
    [LOOK_HELD] = {90, COLOR_MAGENTA, 0},
    [LOOK_MARK] = {130, COLOR_RED, A_BOLD},
};
static attr_t attributes[LOOK_COUNT];
static short pairs[LOOK_COUNT];

static void mix(enum theme theme)
{
    const struct ink *inks = theme == THEME_LIGHT ? light : dark;
    bool coloured = theme != THEME_NONE && has_colors();

    if (coloured) {
        start_color();
        use_default_colors();
    }
    for (short i = 0; i < LOOK_COUNT; i++) {
        short ink = COLORS >= 256 ? inks[i].many : inks[i].few;

        attributes[i] = inks[i].attributes;
        pairs[i] = coloured && ink >= 0 ? (short)(i + 1) : 0;
        if (pairs[i])
            init_pair(pairs[i], ink, -1);
    }
}

// ---- Taking the terminal, and giving it back --------------------------------

static void ask_to_end(int signal_number)
{
    end_signal = signal_number;
}

// The crash goes on as it would have; only the terminal is mended before.
static void give_back(int signal_number)
{
    ssize_t written = write(STDOUT_FILENO, leave, strlen(leave));

    (void)written;
    reset_shell_mode();
    signal(signal_number, SIG_DFL);
    raise(signal_number);
}

static void handle(const int *signals, void (*handler)(int))
{
    for (; *signals; signals++) {
        struct sigaction action = {.sa_handler = handler};

        sigaction(*signals, &action, NULL);
    }
}

static void remember_way_out(void)
{
    static const char *const names[] = {"sgr0", "cnorm", "rmcup"};

    *leave = '\0';
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        const char *sequence = tigetstr(names[i]);

        if (sequence && sequence != (char *)-1 &&
            strlen(leave) + strlen(sequence) < sizeof leave)
            strcat(leave, sequence);
    }
}

bool screen_begin(enum theme theme, char *error, size_t error_size)
{
    static const int ends[] = {SIGINT, SIGTERM, SIGHUP, SIGQUIT, 0};
    static const int crashes[] = {SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT, 0};

    terminal_screen = newterm(NULL, stdout, stdin);
    if (!terminal_screen) {
        snprintf(error, error_size,
                 M("the terminal '%s' cannot show it; --plain says it in words",
                   "la terminal '%s' no puede mostrarlo; --plain lo dice con "
                   "palabras"),
                 getenv("TERM") ? getenv("TERM") : "");
        return false;
    }
    remember_way_out();
    cbreak();
    noecho();
    nonl();
    keypad(stdscr, true);
    set_escdelay(25);
    curs_set(0);
    mix(theme);
    handle(ends, ask_to_end);
    handle(crashes, give_back);
    return true;
}

void screen_end(void)
{
    if (!terminal_screen)
        return;
    endwin();
    delscreen(terminal_screen);
    terminal_screen = NULL;
    grid_free(&shown);
}

int screen_rows(void)
{
    return LINES > 0 ? LINES : 1;
}

int screen_columns(void)
{
    return COLS > 0 ? COLS : 1;
}

// ---- Showing ----------------------------------------------------------------

static void copy_cell(int row, int column, const struct cell *cell)
{
    wchar_t text[2] = {(wchar_t)cell->character, 0};
    attr_t how = attributes[cell->look] | (cell->reversed ? A_REVERSE : 0);
    cchar_t one;

    setcchar(&one, text, how, pairs[cell->look], NULL);
    mvadd_wch(row, column, &one);
}

static bool differs(const struct cell *a, const struct cell *b)
{
    return a->character != b->character || a->look != b->look ||
           a->reversed != b->reversed;
}

void screen_show(const struct grid *grid)
{
    bool anew = shown.rows != grid->rows || shown.columns != grid->columns;
    int count = grid->rows * grid->columns;

    if (anew && !grid_size(&shown, grid->rows, grid->columns))
        return;
    if (anew)
        clearok(stdscr, true);
    for (int i = 0; i < count; i++) {
        if (!anew && !differs(&grid->cells[i], &shown.cells[i]))
            continue;
        shown.cells[i] = grid->cells[i];
        if (grid->cells[i].character)
            copy_cell(i / grid->columns, i % grid->columns, &grid->cells[i]);
    }
    refresh();
}

// ---- Keys -------------------------------------------------------------------

static int code_of(int key)
{
    switch (key) {
    case KEY_UP:
        return CODE_UP;
    case KEY_DOWN:
        return CODE_DOWN;
    case KEY_LEFT:
        return CODE_LEFT;
    case KEY_RIGHT:
        return CODE_RIGHT;
    case KEY_PPAGE:
        return CODE_PAGE_UP;
    case KEY_NPAGE:
        return CODE_PAGE_DOWN;
    case KEY_HOME:
        return CODE_HOME;
    case KEY_END:
        return CODE_END;
    case KEY_RESIZE:
        return CODE_RESIZE;
    case KEY_BACKSPACE:
        return 127;
    case KEY_ENTER:
        return '\n';
    default:
        return key < 256 ? key : CODE_NONE;
    }
}

static bool terminal_is_gone(void)
{
    struct pollfd in = {.fd = STDIN_FILENO, .events = POLLIN};

    return poll(&in, 1, 0) > 0 && (in.revents & (POLLHUP | POLLERR | POLLNVAL));
}

int screen_key(int timeout_ms)
{
    int key;

    timeout(timeout_ms);
    key = getch();
    if (key == ERR && !end_signal)
        is_gone = terminal_is_gone();
    return key == ERR ? CODE_NONE : code_of(key);
}

int screen_asked_to_end(void)
{
    return is_gone ? -1 : end_signal;
}
