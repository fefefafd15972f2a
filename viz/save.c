// save.c - exports from the screen
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "runtime/message.h"
#include "tools/course/error_words.h"
#include "tools/trace/export.h"
#include "viz/charts.h"
#include "viz/errand.h"
#include "viz/save.h"
#include "viz/view.h"

// ---- What was written here --------------------------------------------------

enum { REMEMBERED = 16 };

static struct stat ours[REMEMBERED]; // the last ones
static unsigned our_count;

static bool is_same(const struct stat *a, const struct stat *b)
{
    return a->st_dev == b->st_dev && a->st_ino == b->st_ino &&
           a->st_size == b->st_size && a->st_mtim.tv_sec == b->st_mtim.tv_sec &&
           a->st_mtim.tv_nsec == b->st_mtim.tv_nsec;
}

// The very file, and nobody has touched it since.
static bool is_ours(const char *path)
{
    struct stat about;

    if (stat(path, &about) != 0)
        return false;
    for (unsigned i = 0; i < our_count && i < REMEMBERED; i++)
        if (is_same(&ours[i], &about))
            return true;
    return false;
}

static void remember(const char *path)
{
    if (stat(path, &ours[our_count % REMEMBERED]) == 0)
        our_count++;
}

// ---- Names ------------------------------------------------------------------

char *save_suggest(const struct stage *stage, char *name, size_t size)
{
    const char *slash = strrchr(stage->path, '/');
    const char *file = slash ? slash + 1 : stage->path;
    const char *point = strrchr(file, '.');
    size_t length = point > file ? (size_t)(point - file) : strlen(file);

    if (views[stage->view].draw == view_charts)
        return charts_suggest(stage, name, size);
    snprintf(name, size, "%.*s.svg", length < 40 ? (int)length : 40, file);
    return name;
}

// ---- Writing ----------------------------------------------------------------

static struct export_what window_of(const struct stage *stage)
{
    uint64_t a = stage->marks[0].time, b = stage->marks[1].time;
    struct export_what what = export_all();

    what.findings = &stage->findings;
    what.from = stage->from;
    what.until = stage->from + stage->length;
    if (stage->marks[1].is_set) {
        what.from = a < b ? a : b;
        what.until = a < b ? b : a;
    }
    return what;
}

static void say_why(struct stage *stage, const char *path, int error)
{
    if (error == EEXIST)
        stage_say(stage,
                  M("%s is there already, and not from here: another name?",
                    "%s ya existe y no es de aquí: ¿otro nombre?"),
                  path);
    else
        stage_say(stage, M("%s was not written: %s", "no se escribió %s: %s"),
                  path, error_words(error));
}

static void say_where(struct stage *stage, const char *path, bool between_marks)
{
    char *whole = realpath(path, NULL);

    stage_say(stage,
              between_marks
                  ? M("from A to B, written: %s", "de A a B, escrito: %s")
                  : M("this window, written: %s", "esta ventana, escrita: %s"),
              whole ? whole : path);
    free(whole);
}

static bool say_end(struct stage *stage, const char *path, bool between_marks,
                    int error)
{
    if (error) {
        say_why(stage, path, error);
        return false;
    }
    remember(path);
    say_where(stage, path, between_marks);
    return true;
}

// ---- Beside the screen ------------------------------------------------------

enum { EVENTS_AT_ONCE = 200000, CHILD_S = 600 };

static struct {
    bool is_looked_after; // somebody calls save_tick
    struct errand errand;
    const struct export_format *format;
    struct export_what what;
    char path[LINE_BYTES];
    bool between_marks;
} child;

static bool is_long(const struct stage *stage, const struct export_what *what)
{
    const struct reader *reader = &stage->reader;

    return reader_at(reader, what->until) - reader_at(reader, what->from) >
           EVENTS_AT_ONCE;
}

static void work(FILE *out, void *context)
{
    struct stage *stage = context;

    fprintf(out, "%d",
            export_file(child.format, &stage->model, &child.what, child.path,
                        !is_ours(child.path)));
}

static void say_writes(struct stage *stage)
{
    stage_say(stage, M("%s is being written…", "se está escribiendo %s…"),
              child.path);
}

static bool begin(struct stage *stage, const struct export_format *format,
                  const struct export_what *what, const char *path)
{
    child.format = format;
    child.what = *what;
    child.between_marks = stage->marks[1].is_set;
    snprintf(child.path, sizeof child.path, "%s", path);
    if (!errand_begin(&child.errand, work, stage, CHILD_S)) {
        say_why(stage, path, errno);
        return true;
    }
    say_writes(stage);
    return true;
}

static void say_failed(struct stage *stage)
{
    stage_say(stage,
              M("%s was not written: its writer took too long or ended",
                "no se escribió %s: quien lo escribía tardó demasiado o "
                "terminó"),
              child.path);
}

bool save_tick(struct stage *stage)
{
    enum errand_state state = errand_look(&child.errand);

    child.is_looked_after = true;
    if (state == ERRAND_WORKS && !*stage->message && stage->prompt == NO_PROMPT)
        say_writes(stage); // again, behind what was said between
    if (state == ERRAND_DONE)
        say_end(stage, child.path, child.between_marks,
                atoi(child.errand.said));
    if (state == ERRAND_FAILED)
        say_failed(stage);
    if (state != ERRAND_WORKS)
        errand_end(&child.errand);
    return state == ERRAND_WORKS;
}

void save_end(void)
{
    errand_end(&child.errand);
    child.is_looked_after = false;
}

// ---- The window -------------------------------------------------------------

static bool write_now(struct stage *stage, const struct export_format *format,
                      const struct export_what *what, const char *path)
{
    size_t position = stage->model.position;
    int error = export_file(format, &stage->model, what, path, !is_ours(path));

    model_seek(&stage->model, position);
    return say_end(stage, path, stage->marks[1].is_set, error);
}

bool save_window(struct stage *stage, const char *path)
{
    const struct export_format *format = export_of_path(path);
    struct export_what what = window_of(stage);

    if (views[stage->view].draw == view_charts)
        return charts_save(stage, path);
    if (!format) {
        stage_say(stage, "%s",
                  M("the name must end in .svg, .json (Perfetto), .csv or .txt",
                    "el nombre debe terminar en .svg, .json (Perfetto), .csv "
                    "o .txt"));
        return false;
    }
    if (!child.is_looked_after || !is_long(stage, &what))
        return write_now(stage, format, &what, path);
    if (child.errand.pid) {
        stage_say(stage, M("%s is still being written", "aún se escribe %s"),
                  child.path);
        return true;
    }
    if (access(path, F_OK) == 0 && !is_ours(path)) {
        say_why(stage, path, EEXIST);
        return false;
    }
    return begin(stage, format, &what, path);
}
