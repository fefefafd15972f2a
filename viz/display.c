// display.c - cells on a terminal by way of curses
#include <curses.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

#include "runtime/message.h"
#include "viz/inks.h"
#include "viz/keys.h"
#include "viz/display.h"

static struct grid shown; // with what cannot be shown replaced
static SCREEN *terminal_screen;
static struct termios before; // we came
static char leave[64];        // what ends our looks, for when curses cannot
static bool is_gone;

static volatile sig_atomic_t end_signal, must_stop, was_stopped;
static volatile sig_atomic_t is_writing; // it may block

// ---- Colours ----------------------------------------------------------------

static attr_t attributes[LOOK_COUNT];
static short pairs[LOOK_COUNT];

static void mix(enum theme theme, bool large)
{
    bool coloured = theme != THEME_NONE && has_colors();
    short ground = -1;

    if (coloured) {
        start_color();
        if (use_default_colors() != OK)
            ground = theme == THEME_LIGHT ? COLOR_WHITE : COLOR_BLACK;
    }
    for (short i = 0; i < LOOK_COUNT; i++) {
        struct ink ink = ink_of(theme, (enum look)i, large);
        short number = coloured ? ink_number(ink, COLORS) : -1;

        attributes[i] = (ink.is_bold ? A_BOLD : 0) | (ink.is_dim ? A_DIM : 0);
        pairs[i] = number >= 0 ? (short)(i + 1) : 0;
        if (pairs[i])
            init_pair(pairs[i], number, ground);
    }
}

// ---- Giving the terminal back -----------------------------------------------

// Some terminals keep with the screen whether the cursor was to be seen.
static void leave_screen(void)
{
    const char *sequence = tigetstr("cnorm");

    endwin();
    if (sequence && sequence != (char *)-1)
        putp(sequence);
    fflush(stdout);
}

// Without curses, and without waiting for a terminal that does not read: what
// it has not taken yet is dropped. A handler may call it.
static void hand_back(void)
{
    int flags = fcntl(STDOUT_FILENO, F_GETFL);
    struct termios flowing = before;
    ssize_t written;

    flowing.c_iflag &= (tcflag_t)~IXON; // not stopped by Ctrl-S
    tcsetattr(STDOUT_FILENO, TCSANOW, &flowing);
    tcflush(STDOUT_FILENO, TCOFLUSH);
    fcntl(STDOUT_FILENO, F_SETFL, flags | O_NONBLOCK);
    written = write(STDOUT_FILENO, leave, strlen(leave));
    (void)written;
    fcntl(STDOUT_FILENO, F_SETFL, flags); // the shell has it too
    tcsetattr(STDOUT_FILENO, TCSANOW, &before);
}

// What happens goes on as it would have; only the terminal is mended before.
static void die(int signal_number)
{
    hand_back();
    signal(signal_number, SIG_DFL);
    raise(signal_number);
}

static void ask_to_end(int signal_number)
{
    end_signal = signal_number;
    if (is_writing)
        die(signal_number);
}

static void ask_to_stop(int signal_number)
{
    (void)signal_number;
    must_stop = 1;
}

static void note_stop(int signal_number)
{
    (void)signal_number;
    was_stopped = 1;
}

// What was ignored when we came (nohup) stays so.
static void handle(const int *signals, void (*handler)(int))
{
    for (; *signals; signals++) {
        struct sigaction action = {.sa_handler = handler,
                                   .sa_flags = SA_ONSTACK},
                         old;

        sigaction(*signals, NULL, &old);
        if (old.sa_handler != SIG_IGN)
            sigaction(*signals, &action, NULL);
    }
}

static void handle_all(void)
{
    static const int ends[] = {SIGINT,  SIGTERM, SIGHUP,  SIGQUIT, SIGUSR1,
                               SIGUSR2, SIGALRM, SIGXCPU, 0};
    static const int crashes[] = {SIGSEGV, SIGBUS, SIGFPE,  SIGILL,
                                  SIGABRT, SIGSYS, SIGTRAP, 0};
    static const int stops[] = {SIGTSTP, 0}, goes_on[] = {SIGCONT, 0};
    static char room[1 << 16]; // where an overflow of the stack is handled
    const stack_t stack = {.ss_sp = room, .ss_size = sizeof room};

    sigaltstack(&stack, NULL);
    handle(ends, ask_to_end);
    handle(crashes, die);
    handle(stops, ask_to_stop);
    handle(goes_on, note_stop);
}

static void remember_way_out(void)
{
    static const char *const names[] = {"rmcup", "rmkx", "sgr0", "cnorm"};

    strcpy(leave, "\030"); // ends a sequence that was cut
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        const char *sequence = tigetstr(names[i]);

        if (sequence && sequence != (char *)-1 &&
            strlen(leave) + strlen(sequence) < sizeof leave)
            strcat(leave, sequence);
    }
}

// ---- Taking it --------------------------------------------------------------

// Somebody who was killed may have left it without echo: that is not how it is
// to be given back.
static void remember_terminal(void)
{
    tcgetattr(STDOUT_FILENO, &before);
    if (before.c_lflag & ICANON)
        return;
    before.c_lflag |= ICANON | ECHO | ECHOE | ECHOK | ISIG | IEXTEN;
    before.c_iflag |= ICRNL;
    before.c_oflag |= OPOST | ONLCR;
    tcsetattr(STDOUT_FILENO, TCSANOW, &before);
}

static void set_up(enum theme theme, bool large)
{
    static bool is_watched;

    remember_way_out();
    cbreak();
    noecho();
    nonl();
    typeahead(-1);
    keypad(stdscr, true);
    set_escdelay(25);
    curs_set(0);
    mix(theme, large);
    handle_all();
    if (!is_watched)
        atexit(display_end);
    is_watched = true;
}

// Curses would drop a stop that comes while it writes. It leaves a signal alone
// that is ignored when it begins.
static void take_with_curses(void)
{
    const struct sigaction ignored = {.sa_handler = SIG_IGN};
    struct sigaction old;

    sigaction(SIGTSTP, &ignored, &old);
    terminal_screen = newterm(NULL, stdout, stdin);
    sigaction(SIGTSTP, &old, NULL);
}

bool display_begin(enum theme theme, bool large, char *error, size_t error_size)
{
    remember_terminal();
    use_env(true);
    use_tioctl(true);
    take_with_curses();
    if (!terminal_screen) {
        snprintf(error, error_size,
                 M("the terminal '%s' cannot show it; --plain says it in words",
                   "la terminal '%s' no puede mostrarlo; --plain lo dice con "
                   "palabras"),
                 getenv("TERM") ? getenv("TERM") : "");
        return false;
    }
    set_up(theme, large);
    return true;
}

void display_end(void)
{
    if (!terminal_screen)
        return;
    is_writing = 1;
    if (end_signal || is_gone)
        hand_back();
    else
        leave_screen();
    is_writing = 0;
    delscreen(terminal_screen);
    terminal_screen = NULL;
    grid_free(&shown);
}

int display_rows(void)
{
    return LINES > 0 ? LINES : 1;
}

int display_columns(void)
{
    return COLS > 0 ? COLS : 1;
}

// ---- Stopped, and on again --------------------------------------------------

static void write_out(void)
{
    is_writing = 1;
    if (!end_signal)
        refresh();
    is_writing = 0;
}

// The size may be another one meanwhile, and all over the screen something
// else.
static void take_again(void)
{
    struct winsize size;

    was_stopped = 0;
    endwin();
    if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_row > 0 &&
        size.ws_col > 0)
        resizeterm(size.ws_row, size.ws_col);
    write_out();
}

static void stop(void)
{
    static const int stops[] = {SIGTSTP, 0};

    must_stop = 0;
    is_writing = 1;
    leave_screen();
    is_writing = 0;
    signal(SIGTSTP, SIG_DFL);
    raise(SIGTSTP); // here it stands, until somebody lets it go on
    handle(stops, ask_to_stop);
    take_again();
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

void display_show(const struct grid *grid)
{
    bool anew = shown.rows != grid->rows || shown.columns != grid->columns;
    int count = grid->rows * grid->columns;

    if (anew && !grid_size(&shown, grid->rows, grid->columns))
        return;
    if (anew)
        clearok(stdscr, true);
    for (int i = 0; i < count; i++) {
        struct cell cell = grid_shown(grid, i);

        if (!anew && cell_is(&cell, &shown.cells[i]))
            continue;
        shown.cells[i] = cell;
        if (cell.character)
            copy_cell(i / grid->columns, i % grid->columns, &cell);
    }
    write_out();
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

// Hung up, in or out.
static bool terminal_is_gone(void)
{
    struct pollfd ends[] = {{.fd = STDIN_FILENO}, {.fd = STDOUT_FILENO}};

    return poll(ends, 2, 0) > 0 && ((ends[0].revents | ends[1].revents) &
                                    (POLLHUP | POLLERR | POLLNVAL));
}

// Returns early when a signal comes.
static void wait_for_key(int timeout_ms)
{
    struct pollfd in = {.fd = STDIN_FILENO, .events = POLLIN};

    if (timeout_ms > 0 && !end_signal && !must_stop)
        poll(&in, 1, timeout_ms);
}

int display_key(int timeout_ms)
{
    int key;

    wait_for_key(timeout_ms);
    if (must_stop)
        stop();
    if (was_stopped)
        take_again();
    timeout(0);
    key = getch();
    if (key == ERR && !end_signal)
        is_gone = terminal_is_gone();
    return key == ERR || end_signal ? CODE_NONE : code_of(key);
}

int display_asked_to_end(void)
{
    return is_gone ? -1 : end_signal;
}
