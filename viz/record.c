// record.c - a script of keys becomes a recording
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "runtime/message.h"
#include "tools/course/error_words.h"
#include "viz/cast.h"
#include "viz/cast_svg.h"
#include "viz/frame.h"
#include "viz/keys.h"
#include "viz/record.h"
#include "viz/script.h"

static const uint64_t frame_ns = 100000000; // ten a second are enough to see

// Plays, at the speed of ten seconds a window, and a second more.
static const char whole_trace[] = "<1s><space><10s><1s>";

struct recorder {
    const struct recording *recording;
    struct stage *stage;
    struct grid grid;
    uint64_t time_ns;
    bool is_svg;
    struct cast cast;
    struct cast_svg svg;
};

static bool ends_in(const char *path, const char *ending)
{
    size_t n = strlen(path), m = strlen(ending);

    return n > m && strcmp(path + n - m, ending) == 0;
}

bool record_check(const struct recording *recording, char *error, size_t size)
{
    const char *typed = recording->keys ? recording->keys : "";
    struct script_step step;
    int found = 1;

    if (!ends_in(recording->path, ".cast") &&
        !ends_in(recording->path, ".svg")) {
        snprintf(error, size,
                 M("--record makes FILE.cast or FILE.svg, not '%s'",
                   "--record hace ARCHIVO.cast o ARCHIVO.svg, no '%s'"),
                 recording->path);
        return false;
    }
    while (found > 0)
        found = script_next(&typed, &step);
    if (found < 0)
        snprintf(error, size,
                 M("--keys: what is '%.20s'? (\"<1s>\" is a pause, \"<lt>\" "
                   "the key <)",
                   "--keys: ¿qué es '%.20s'? (\"<1s>\" es una pausa, \"<lt>\" "
                   "la tecla <)"),
                 typed);
    return found == 0;
}

// ---- Frames -----------------------------------------------------------------

static bool put_frame(struct recorder *recorder)
{
    const struct recording *recording = recorder->recording;

    if (!recorder->stage->is_dirty)
        return true;
    recorder->stage->is_dirty = false;
    if (!grid_size(&recorder->grid, recording->rows, recording->columns)) {
        errno = ENOMEM;
        return false;
    }
    frame_draw(recorder->stage, &recorder->grid);
    if (!recorder->is_svg)
        return cast_frame(&recorder->cast, recorder->time_ns, &recorder->grid);
    cast_svg_frame(&recorder->svg, recorder->time_ns, &recorder->grid);
    return true;
}

// Time passes; what plays goes on.
static bool pass(struct recorder *recorder, uint64_t pause_ns)
{
    while (pause_ns > 0) {
        uint64_t step = pause_ns < frame_ns ? pause_ns : frame_ns;

        if (!recorder->stage->plays)
            step = pause_ns;
        stage_tick(recorder->stage, step);
        recorder->time_ns += step;
        pause_ns -= step;
        if (!put_frame(recorder))
            return false;
    }
    return true;
}

static bool press_all(struct recorder *recorder)
{
    const char *typed = recorder->recording->keys;
    struct script_step step;

    typed = typed ? typed : whole_trace;
    if (!put_frame(recorder))
        return false;
    while (!recorder->stage->quits && script_next(&typed, &step) > 0) {
        if (step.code != CODE_NONE)
            keys_press(recorder->stage, step.code);
        if (!put_frame(recorder) || !pass(recorder, step.pause_ns))
            return false;
    }
    return true;
}

// ---- From the beginning to the end ------------------------------------------

static bool begin(struct recorder *recorder)
{
    const struct recording *recording = recorder->recording;
    bool large = recorder->stage->large;

    recorder->is_svg = ends_in(recording->path, ".svg");
    if (!recorder->is_svg)
        return cast_begin(&recorder->cast, recording->path, false,
                          recording->theme, large, recording->rows,
                          recording->columns);
    cast_svg_begin(&recorder->svg, recording->theme, large, recording->rows,
                   recording->columns);
    return true;
}

static bool finish(struct recorder *recorder, bool went_well)
{
    int reason = errno;
    bool ended = recorder->is_svg
                     ? cast_svg_end(&recorder->svg, recorder->time_ns,
                                    recorder->recording->path)
                     : cast_end(&recorder->cast, recorder->time_ns);

    grid_free(&recorder->grid);
    if (!went_well)
        errno = reason;
    return went_well && ended;
}

bool record_keys(struct stage *stage, const struct recording *recording,
                 char *error, size_t size)
{
    struct recorder recorder = {.recording = recording, .stage = stage};

    stage->is_dirty = true;
    if (begin(&recorder) && finish(&recorder, press_all(&recorder)))
        return true;
    snprintf(error, size,
             M("could not write %s: %s", "no se pudo escribir %s: %s"),
             recording->path, error_words(errno));
    return false;
}
