// fate.c - removed, replaced, cut short, left by its writer
#include <errno.h>
#include <signal.h>
#include <sys/stat.h>

#include "runtime/message.h"
#include "viz/fate.h"

static enum fate fate_of_file(const struct reader *reader)
{
    struct stat open_one, named;

    if (fstat(reader->fd, &open_one) != 0)
        return FATE_SAME;
    if ((uint64_t)open_one.st_size < reader->layout.end)
        return FATE_CUT;
    if (stat(reader->path, &named) != 0)
        return errno == ENOENT ? FATE_REMOVED : FATE_SAME;
    return named.st_dev == open_one.st_dev && named.st_ino == open_one.st_ino
               ? FATE_SAME
               : FATE_REPLACED;
}

// Where it cannot be known, it counts as being here.
static bool writer_is_here(const struct reader *reader)
{
    pid_t pid = (pid_t)reader->header.creator_pid;

    return pid <= 0 || kill(pid, 0) == 0 || errno != ESRCH;
}

void fate_begin(struct fate_watch *watch, const struct reader *reader)
{
    watch->file = FATE_SAME;
    watch->writer_was_here = writer_is_here(reader);
}

enum fate fate_look(struct fate_watch *watch, const struct reader *reader)
{
    enum fate file = fate_of_file(reader);

    if (file != watch->file) {
        watch->file = file;
        return file;
    }
    if (watch->writer_was_here && !writer_is_here(reader)) {
        watch->writer_was_here = false;
        return FATE_WRITER_GONE;
    }
    return FATE_SAME;
}

const char *fate_words(enum fate fate)
{
    switch (fate) {
    case FATE_REMOVED:
        return M("the file was removed; what was read of it stays here",
                 "el archivo fue borrado; lo leído de él queda aquí");
    case FATE_REPLACED:
        return M("another file has this name now; this is the one of before",
                 "ahora otro archivo tiene este nombre; este es el de antes");
    case FATE_CUT:
        return M("the file was cut short; what was read of it stays here",
                 "el archivo fue recortado; lo leído de él queda aquí");
    case FATE_WRITER_GONE:
        return M("who wrote this trace has ended: nothing more will come",
                 "quien escribía esta traza terminó: no vendrá nada más");
    default:
        return "";
    }
}
