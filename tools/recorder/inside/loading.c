// loading.c - that what happens before this library can be seen from outside
#include <fcntl.h>
#include <sys/stat.h>

#include "tools/recorder/inside/loading.h"
#include "tools/recorder/inside/say.h"
#include "tools/recorder/inside/target.h"
#include "tools/recorder/loading_ask.h"

// Who gains rights would not get them while it is traced.
static bool gains_rights(long fd)
{
    struct stat about;

    return raw_call(SYS_fstat, fd, &about) != 0 || !S_ISREG(about.st_mode) ||
           (about.st_mode & (S_ISUID | S_ISGID)) != 0 ||
           raw_call(SYS_fgetxattr, fd, "security.capability", 0, 0) > 0;
}

// The interpreter of a script comes next, and what is none has none.
static bool is_usual(int at, const char *path, char *interpreter)
{
    char line[TARGET_LINE];
    struct image image = {.bytes = line};
    long fd = raw_call(SYS_openat, at, path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    long length = -1;

    if (fd < 0)
        return false;
    if (!gains_rights(fd))
        length = raw_call(SYS_read, fd, line, sizeof line);
    raw_call(SYS_close, fd);
    image.size = length > 0 ? (size_t)length : 0;
    if (!target_is_script(&image, interpreter))
        *interpreter = '\0';
    return length > 0;
}

static bool may_be_traced(int at, const char *path)
{
    char now[TARGET_LINE], next[TARGET_LINE];

    if (!target_may_run(at, path) || !is_usual(at, path, next))
        return false;
    for (int i = 0; i < TARGET_SCRIPTS && next[0]; i++) {
        memcpy(now, next, sizeof now);
        if (!is_usual(AT_FDCWD, now, next))
            return false;
    }
    return true;
}

void loading_comes(int at, const char *path)
{
    if (may_be_traced(at, path))
        loading_ask(inside.writer.header->start, false);
}

bool loading_is_over(void)
{
    volatile long was_seen = 0; // set from outside

    raw_call(SYS_getpid, LOADING_WORD, &was_seen);
    return was_seen;
}

void loading_say_unseen(void)
{
    struct writer_task *task = inside_task();

    if (task)
        say(task, TRACE_NOTE,
            writer_name(&inside.writer, RECORD_UNSEEN_LOADING), 0);
}
