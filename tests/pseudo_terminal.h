// pseudo_terminal.h - a program on a terminal that a test can read
//
// What the program writes goes through libvterm, so what is compared is what a
// person would see. Nothing waits for a time to pass: a test waits until the
// screen says what it should, and fails when it never does.
//
// Interface: terminal_start, terminal_type, terminal_resize, terminal_until,
// terminal_until_same, terminal_text, terminal_is_sane, terminal_end.
// Threads: one. Ownership: a terminal owns its program until terminal_end.
#ifndef TELAR_PSEUDO_TERMINAL_H
#define TELAR_PSEUDO_TERMINAL_H

#include <check.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>
#include <utmp.h>
#include <vterm.h>

enum { TERMINAL_PATIENCE_MS = 60000, TERMINAL_TEXT = 1 << 18 };

struct pseudo_terminal {
    int master, rows, columns;
    pid_t pid;
    bool is_closed; // the program's side
    VTerm *vterm;
    VTermScreen *screen;
    struct termios before;
    bool is_alternate, was_alternate; // the program has the screen; ever had it
    bool hides_cursor;
    char *raw; // all that came, a NUL behind it
    size_t raw_bytes;
};

static inline int terminal_property(VTermProp property, VTermValue *value,
                                    void *user)
{
    struct pseudo_terminal *t = user;

    if (property == VTERM_PROP_ALTSCREEN)
        t->is_alternate = value->boolean;
    if (property == VTERM_PROP_CURSORVISIBLE)
        t->hides_cursor = !value->boolean;
    t->was_alternate = t->was_alternate || t->is_alternate;
    return 1;
}

static const VTermScreenCallbacks terminal_callbacks = {.settermprop =
                                                            terminal_property};

static inline void terminal_start(struct pseudo_terminal *t, int rows,
                                  int columns, char *const argv[])
{
    struct winsize size = {.ws_row = (unsigned short)rows,
                           .ws_col = (unsigned short)columns};
    int slave;

    *t = (struct pseudo_terminal){.rows = rows, .columns = columns};
    ck_assert_int_eq(openpty(&t->master, &slave, NULL, NULL, &size), 0);
    ck_assert_int_eq(tcgetattr(slave, &t->before), 0);
    t->pid = fork();
    ck_assert_int_ge(t->pid, 0);
    if (t->pid == 0) {
        close(t->master);
        login_tty(slave);
        setenv("TERM", "xterm-256color", 1);
        setenv("LC_ALL", "C.UTF-8", 1);
        unsetenv("NO_COLOR");
        unsetenv("TELAR_THEME");
        unsetenv("TELAR_ASCII");
        execv(argv[0], argv);
        _exit(127);
    }
    close(slave);
    t->vterm = vterm_new(rows, columns);
    vterm_set_utf8(t->vterm, 1);
    t->screen = vterm_obtain_screen(t->vterm);
    vterm_screen_enable_altscreen(t->screen, 1);
    vterm_screen_set_callbacks(t->screen, &terminal_callbacks, t);
    vterm_screen_reset(t->screen, 1);
}

static inline void terminal_type(struct pseudo_terminal *t, const char *keys)
{
    size_t bytes = strlen(keys);

    while (bytes > 0) {
        ssize_t n = write(t->master, keys, bytes);

        ck_assert_int_gt(n, 0);
        keys += n;
        bytes -= (size_t)n;
    }
}

static inline void terminal_resize(struct pseudo_terminal *t, int rows,
                                   int columns)
{
    struct winsize size = {.ws_row = (unsigned short)rows,
                           .ws_col = (unsigned short)columns};

    t->rows = rows;
    t->columns = columns;
    vterm_set_size(t->vterm, rows, columns);
    ck_assert_int_eq(ioctl(t->master, TIOCSWINSZ, &size), 0);
}

// Takes in what comes within timeout_ms; false when nothing did.
static inline bool terminal_read(struct pseudo_terminal *t, int timeout_ms)
{
    struct pollfd in = {.fd = t->master, .events = POLLIN};
    char bytes[4096];
    ssize_t n;

    if (t->is_closed || poll(&in, 1, timeout_ms) <= 0)
        return false;
    n = read(t->master, bytes, sizeof bytes);
    if (n <= 0) {
        t->is_closed = true;
        return false;
    }
    vterm_input_write(t->vterm, bytes, (size_t)n);
    t->raw = realloc(t->raw, t->raw_bytes + (size_t)n + 1);
    ck_assert_ptr_nonnull(t->raw);
    memcpy(t->raw + t->raw_bytes, bytes, (size_t)n);
    t->raw_bytes += (size_t)n;
    t->raw[t->raw_bytes] = '\0';
    return true;
}

static inline size_t terminal_utf8(uint32_t c, char *out)
{
    if (c < 0x80) {
        out[0] = (char)c;
        return 1;
    }
    if (c < 0x800) {
        out[0] = (char)(0xc0 | c >> 6);
        out[1] = (char)(0x80 | (c & 0x3f));
        return 2;
    }
    out[0] = (char)(0xe0 | c >> 12);
    out[1] = (char)(0x80 | (c >> 6 & 0x3f));
    out[2] = (char)(0x80 | (c & 0x3f));
    return 3;
}

// The screen as text, without spaces at the ends of lines, then a line for each
// row that has reversed cells: "^5 10-12".
static inline const char *terminal_text(struct pseudo_terminal *t)
{
    static char text[TERMINAL_TEXT];
    char *at = text;

    for (int row = 0; row < t->rows; row++) {
        char *end = at;

        for (int column = 0; column < t->columns; column++) {
            VTermScreenCell cell;

            vterm_screen_get_cell(t->screen, (VTermPos){row, column}, &cell);
            if (cell.chars[0] == (uint32_t)-1)
                continue;
            at += terminal_utf8(cell.chars[0] ? cell.chars[0] : ' ', at);
            if (cell.chars[0] && cell.chars[0] != ' ')
                end = at;
        }
        at = end;
        *at++ = '\n';
    }
    *at = '\0';
    return text;
}

static inline int64_t terminal_now_ms(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

// Reads until the screen contains text. Returns false when it never does.
static inline bool terminal_until(struct pseudo_terminal *t, const char *text)
{
    int64_t end = terminal_now_ms() + TERMINAL_PATIENCE_MS;

    while (!strstr(terminal_text(t), text)) {
        if (t->is_closed || terminal_now_ms() > end)
            return false;
        terminal_read(t, 200);
    }
    return true;
}

// Reads until the screen is exactly that. Returns false when it never is.
static inline bool terminal_until_same(struct pseudo_terminal *t,
                                       const char *text)
{
    int64_t end = terminal_now_ms() + TERMINAL_PATIENCE_MS;

    while (strcmp(terminal_text(t), text) != 0) {
        if (t->is_closed || terminal_now_ms() > end)
            return false;
        terminal_read(t, 200);
    }
    return true;
}

// Reads until nothing more comes: only to write golden screens, never to judge.
static inline void terminal_settle(struct pseudo_terminal *t)
{
    while (terminal_read(t, 700))
        continue;
}

// Waits for the end of the program; returns its wait status.
static inline int terminal_end(struct pseudo_terminal *t)
{
    int status = 0;

    while (terminal_read(t, 5000))
        continue;
    if (!t->is_closed)
        kill(t->pid, SIGKILL);
    ck_assert_int_eq(waitpid(t->pid, &status, 0), t->pid);
    vterm_free(t->vterm);
    free(t->raw);
    close(t->master);
    return status;
}

// Is all as it was before the program came: modes, screen, cursor? While
// another program (a shell) still has the terminal: the last one that leaves it
// resets its modes.
static inline bool terminal_is_sane(struct pseudo_terminal *t)
{
    struct termios now;

    return tcgetattr(t->master, &now) == 0 && !t->is_alternate &&
           !t->hides_cursor && now.c_iflag == t->before.c_iflag &&
           now.c_lflag == t->before.c_lflag && now.c_oflag == t->before.c_oflag;
}

#endif
