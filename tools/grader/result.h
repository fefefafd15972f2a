// result.h - what came of grading a lab, and its JSON
//
// Interface: result_new, result_free, result_wants, result_add_up,
// result_replay, result_json, result_keep.
// Threads: no shared state. Ownership: a result owns its texts; the brief is
// somebody else's and must outlive it.
//
// The JSON of a lab (of `check --format json`: {"format": "telar-check 1",
// "labs": [LAB...], "earned": n, "points": n}):
//
//   lab        "02_pipes"
//   at         seconds since 1970, UTC
//   from       the folder that was graded, as it was named
//   seed       a decimal number as a string: --seed gives the same inputs again
//   isolation  what kept the student's code in, or null when nothing was run
//   earned, points            points; earned is 0 where status is not "graded"
//   levels     [{"level": "basic", "earned": n, "points": n}, ...]
//   status     "graded", "not compiled", "not there", "error"
//   text       for the last three: what there is to say; else null
//   warnings   what the compiler said of files that it took, or null
//   promises   [{"name", "level", "title", "points", "earned", "verdict",
//              "message", "replay", "man", "step"}, ...]; verdict is "kept",
//              "broken", "unjudged" (the grader's fault) or "untried"; the last
//              four may be null; step is "NN/id" of a lesson
//
// Titles and messages are in the language of the run.
#ifndef TELAR_RESULT_H
#define TELAR_RESULT_H

#include <jansson.h>
#include <stdbool.h>
#include <stdint.h>

#include "tools/grader/brief.h"

enum verdict { UNTRIED, KEPT, BROKEN, UNJUDGED };
enum status { GRADED, NO_COMPILE, NO_FILE, GRADER_ERROR };

struct finding {
    enum verdict verdict;
    char *message; // or NULL
};

struct result {
    const struct brief *brief;
    const char *from; // as the user named it
    const char *only; // one promise, or NULL: all
    uint64_t seed;
    int64_t at_s;
    enum status status;
    char *text, *warnings, *isolation; // or NULL
    struct finding *findings;          // one for each promise of the brief
    int earned, points;                // of the promises that were asked for
    int level_earned[LEVELS], level_points[LEVELS];
};

struct result *result_new(const struct brief *brief, const char *from,
                          const char *only, uint64_t seed);
void result_free(struct result *result);

// Is this promise among those asked for?
bool result_wants(const struct result *result, int promise);

// Counts points; a promise that was asked for and is not judged makes the whole
// an error of the grader, without points.
void result_add_up(struct result *result);

// The command that tries this promise again with the same inputs. Caller frees.
char *result_replay(const struct result *result, int promise);

// The caller owns the reference.
json_t *result_json(const struct result *result);

// Keeps it in STATE/labs/NN_topic.json. Returns false with errno.
bool result_keep(const struct result *result);

#endif
