// look.c - the visualizer, opened by another instrument
#include <errno.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "runtime/message.h"
#include "runtime/must.h"
#include "tools/course/course.h"
#include "tools/course/error_words.h"
#include "tools/course/look.h"
#include "tools/course/terminal.h"

extern char **environ;

enum { WORDS = 12 };

static char *program(void)
{
    return course_path("build/bin/telar-view");
}

bool look_is_built(void)
{
    char *path = program();
    bool built = access(path, X_OK) == 0;

    free(path);
    return built;
}

bool look_can_open(void)
{
    return !terminal.plain && isatty(STDIN_FILENO) && isatty(STDOUT_FILENO);
}

// ---- The command ------------------------------------------------------------

static size_t add(const char **words, size_t count, const char *option,
                  const char *value)
{
    if (!value)
        return count;
    words[count++] = option;
    words[count++] = value;
    return count;
}

static void command(const struct look *look, bool in_words, const char *path,
                    const char **words)
{
    static const char *const themes[] = {"dark", "light", "none"};
    size_t count = 0;

    words[count++] = path;
    words[count++] = look->trace;
    count = add(words, count, "--lang", lang_name());
    if (in_words)
        words[count++] = "--plain";
    else
        count = add(words, count, "--theme", themes[terminal.theme]);
    count = add(words, count, "--at", look->at);
    count = add(words, count, "--view", look->view);
    if (look->large && !in_words)
        words[count++] = "--large";
    words[count] = NULL;
}

// ---- The program ------------------------------------------------------------

// It gets the signals as a shell would give them, whatever we do with ours.
static int start(const char **words, pid_t *child)
{
    posix_spawnattr_t like;
    sigset_t all, none;
    int reason;

    sigfillset(&all);
    sigemptyset(&none);
    MUST(posix_spawnattr_init(&like));
    MUST(posix_spawnattr_setsigdefault(&like, &all));
    MUST(posix_spawnattr_setsigmask(&like, &none));
    MUST(posix_spawnattr_setflags(&like, POSIX_SPAWN_SETSIGDEF |
                                             POSIX_SPAWN_SETSIGMASK));
    reason = posix_spawn(child, words[0], NULL, &like, (char *const *)words,
                         environ);
    posix_spawnattr_destroy(&like);
    return reason;
}

static int wait_for(pid_t child)
{
    int status;

    while (waitpid(child, &status, 0) < 0)
        if (errno != EINTR)
            return 2;
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

static int run(const char **words)
{
    struct sigaction ignore = {.sa_handler = SIG_IGN}, before;
    pid_t child;
    int status, reason;

    fflush(stdout);
    sigaction(SIGINT, &ignore, &before);
    reason = start(words, &child);
    status = reason ? could_not("%s: %s", words[0], error_words(reason))
                    : wait_for(child);
    sigaction(SIGINT, &before, NULL);
    return status;
}

static int show(const struct look *look, bool in_words)
{
    const char *words[WORDS + 1];
    char *path = program();
    int status;

    command(look, in_words, path, words);
    status = run(words);
    free(path);
    return status;
}

int look_open(const struct look *look)
{
    return show(look, false);
}

int look_tell(const struct look *look)
{
    return show(look, true);
}
