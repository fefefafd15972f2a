// schedule.c - a schedule as a person hands it on
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "runtime/message.h"
#include "runtime/must.h"
#include "tools/explorer/schedule.h"

static const char *const point_words[] = {"sync", "races", "accesses"};

bool points_named(const char *word, enum points *points)
{
    for (int i = 0; i < 3; i++)
        if (strcmp(point_words[i], word) == 0) {
            *points = (enum points)i;
            return true;
        }
    return false;
}

const char *points_word(enum points points)
{
    return point_words[points];
}

// ---- STEPS ------------------------------------------------------------------

// A number from `least` to `most` without a zero in front; moves *at behind it.
static bool take_number(const char **at, long least, long most)
{
    long value = 0;

    if (**at < '0' || **at > '9' ||
        (**at == '0' && (*at)[1] >= '0' && (*at)[1] <= '9'))
        return false;
    for (; **at >= '0' && **at <= '9'; (*at)++) {
        value = value * 10 + (**at - '0');
        if (value > most)
            return false;
    }
    return value >= least;
}

static bool take_choice(const char **at)
{
    char what = *(*at)++;

    return take_number(at, what == 'w' ? 1 : 0, 199);
}

static bool take_segment(const char **at)
{
    if (!take_number(at, 0, 127) || *(*at)++ != '*')
        return false;
    return take_number(at, 1, 1000000000);
}

// Does all of text fit? *wrong is where it does not.
static bool check_steps(const char *text, const char **wrong)
{
    const char *at = text;
    bool after_segment = false;

    for (;;) {
        bool is_choice = *at == 'w' || *at == 't' || *at == 's';

        *wrong = at;
        if (is_choice ? !after_segment || !take_choice(&at)
                      : !take_segment(&at))
            return false;
        after_segment = !is_choice;
        if (!*at)
            return true;
        if (*at++ != ',')
            return false;
    }
}

bool schedule_steps_valid(const char *steps)
{
    const char *wrong;

    return !*steps || check_steps(steps, &wrong);
}

// ---- The whole --------------------------------------------------------------

static bool refuse(char *error, size_t size, const char *what,
                   const char *where)
{
    char shown[21];

    snprintf(shown, sizeof shown, "%s", where);
    for (char *at = shown; *at; at++)
        if (*at < ' ' || *at > '~')
            *at = '?';
    snprintf(error, size,
             M("the schedule does not make sense: %s at '%s'",
               "el plan no tiene sentido: %s en '%s'"),
             what, shown);
    return false;
}

// The field before the next ':' in *rest, which moves behind it, into field.
static bool next_field(const char **rest, char *field, size_t size)
{
    size_t length = strcspn(*rest, ":");

    if ((*rest)[length] != ':' || length >= size)
        return false;
    memcpy(field, *rest, length);
    field[length] = '\0';
    *rest += length + 1;
    return true;
}

static bool parse_hash(const char *field, uint64_t *hash)
{
    *hash = strtoull(field, NULL, 16);
    return strlen(field) == 16 && strspn(field, "0123456789abcdef") == 16;
}

static bool parse_spurious(const char *field, int *spurious)
{
    const char *at = field;

    if (!take_number(&at, 0, 1000) || *at)
        return false;
    *spurious = atoi(field);
    return true;
}

bool schedule_parse(const char *text, struct schedule *schedule, char *error,
                    size_t error_size)
{
    char field[20];
    const char *rest = text, *begin = rest;

    *schedule = (struct schedule){0};
    if (!next_field(&rest, field, sizeof field) || strcmp(field, "1") != 0)
        return refuse(error, error_size, M("version", "versión"), begin);
    begin = rest;
    if (!next_field(&rest, field, sizeof field) ||
        !points_named(field, &schedule->points))
        return refuse(error, error_size, M("points", "puntos"), begin);
    begin = rest;
    if (!next_field(&rest, field, sizeof field) ||
        !parse_spurious(field, &schedule->spurious))
        return refuse(error, error_size,
                      M("spurious wakeups", "despertares espurios"), begin);
    begin = rest;
    if (!next_field(&rest, field, sizeof field) ||
        !parse_hash(field, &schedule->build))
        return refuse(error, error_size,
                      M("number of the program", "número del programa"), begin);
    if (*rest && !check_steps(rest, &begin))
        return refuse(error, error_size, M("steps", "pasos"), begin);
    schedule->steps = MUST(strdup(rest));
    return true;
}

char *schedule_text(const struct schedule *schedule)
{
    char *text;

    MUST(asprintf(&text, "1:%s:%d:%016lx:%s", points_word(schedule->points),
                  schedule->spurious, (unsigned long)schedule->build,
                  schedule->steps));
    return text;
}

void schedule_free(struct schedule *schedule)
{
    free(schedule->steps);
    *schedule = (struct schedule){0};
}
