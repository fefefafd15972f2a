// play_input.c - what a player types: single keys on a terminal, else lines
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

#include "tools/explorer/play_input.h"

static struct termios before;
static volatile sig_atomic_t is_own, looks;

static void put(const char *text)
{
    ssize_t written = write(STDOUT_FILENO, text, strlen(text));

    (void)written; // nobody is left to be told
}

static void take_terminal(void)
{
    struct termios keys = before;

    keys.c_lflag &= ~(tcflag_t)(ICANON | ECHO);
    keys.c_cc[VMIN] = 1;
    keys.c_cc[VTIME] = 0;
    tcsetattr(STDIN_FILENO, TCSADRAIN, &keys);
    put("\033[?1049h");
    is_own = 1;
}

// All that is called here may be called from a signal handler.
static void give_back(void)
{
    if (!is_own)
        return;
    is_own = 0;
    put("\033[0m\033[?1049l");
    tcsetattr(STDIN_FILENO, TCSANOW, &before);
}

static void end(int signal_number)
{
    give_back();
    signal(signal_number, SIG_DFL);
    raise(signal_number);
}

static void pause_here(int signal_number)
{
    int saved = errno;

    (void)signal_number;
    give_back();
    raise(SIGSTOP);
    take_terminal();
    looks = 1;
    errno = saved;
}

static void look(int signal_number)
{
    (void)signal_number;
    looks = 1;
}

static void handle(int signal_number, void (*handler)(int))
{
    struct sigaction action = {.sa_handler = handler};

    sigaction(signal_number, &action, NULL);
}

void input_begin(void)
{
    if (tcgetattr(STDIN_FILENO, &before) < 0)
        return;
    handle(SIGINT, end);
    handle(SIGTERM, end);
    handle(SIGHUP, end);
    handle(SIGQUIT, end);
    handle(SIGTSTP, pause_here);
    handle(SIGWINCH, look);
    take_terminal();
}

void input_end(void)
{
    give_back();
}

// The byte that comes at once, 0: none.
static unsigned char next_byte(void)
{
    struct pollfd more = {.fd = STDIN_FILENO, .events = POLLIN};
    unsigned char byte;

    return poll(&more, 1, 20) > 0 && read(STDIN_FILENO, &byte, 1) == 1 ? byte
                                                                       : 0;
}

// An arrow is an escape and some bytes more, all at once (ECMA-48, 5.4).
static void swallow(void)
{
    unsigned char byte = next_byte();

    if (byte != '[' && byte != 'O')
        return;
    do
        byte = next_byte();
    while (byte != 0 && (byte < '@' || byte > '~'));
}

int input_key(void)
{
    unsigned char byte;
    ssize_t got;

    if (looks) {
        looks = 0;
        return KEY_LOOK;
    }
    got = read(STDIN_FILENO, &byte, 1);
    if (got < 0 && errno == EINTR) {
        looks = 0;
        return KEY_LOOK;
    }
    // Ctrl-D; typed before the terminal gave single keys it comes as 0.
    if (got <= 0 || byte == 4 || byte == 0)
        return KEY_END;
    if (byte == 27)
        swallow();
    return byte;
}

bool input_line(char *line, size_t size)
{
    char *got = fgets(line, (int)size, stdin);
    size_t length = got ? strlen(got) : 0;
    int c = length && line[length - 1] == '\n' ? '\n' : 0;

    if (!got)
        return false;
    while (c != '\n' && c != EOF)
        c = getchar();
    line[strcspn(line, "\r\n")] = '\0';
    return true;
}

int input_rows(void)
{
    struct winsize size;

    if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) < 0 || size.ws_row == 0)
        return 24;
    return size.ws_row;
}
