// moment.c - "3.5s" and "#17"
#include <ctype.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "tools/trace/moment.h"

static bool whole_number(const char *text, uint64_t *number)
{
    char *end;

    errno = 0;
    *number = strtoull(text, &end, 10);
    return isdigit((unsigned char)*text) && *end == '\0' && errno == 0;
}

static uint64_t unit_ns(const char *unit)
{
    static const struct {
        const char *name;
        uint64_t ns;
    } units[] = {{"ns", 1},
                 {"us", 1000},
                 {"µs", 1000},
                 {"ms", 1000 * 1000},
                 {"s", 1000000000}};

    for (size_t i = 0; i < sizeof units / sizeof *units; i++)
        if (strcmp(units[i].name, unit) == 0)
            return units[i].ns;
    return 0;
}

// Digits, then perhaps a point or a comma and digits, then a unit. No strtod:
// it would ask the locale what a point is.
static bool duration(const char *text, uint64_t *ns)
{
    uint64_t whole = 0, part = 0, scale = 1, unit;
    const char *at = text;

    for (; isdigit((unsigned char)*at) && whole < 1000000000; at++)
        whole = whole * 10 + (uint64_t)(*at - '0');
    if (at == text)
        return false;
    if (*at == '.' || *at == ',')
        for (at++; isdigit((unsigned char)*at); at++)
            if (scale < 1000000000) {
                part = part * 10 + (uint64_t)(*at - '0');
                scale *= 10;
            }
    unit = unit_ns(at);
    *ns = whole * unit + part * unit / scale;
    return unit != 0;
}

static bool event_number(const struct reader *reader, const char *text,
                         size_t *position)
{
    uint64_t number;

    if (*text != '#' || !whole_number(text + 1, &number))
        return false;
    *position = number < reader->count ? (size_t)number : reader->count;
    return true;
}

static bool since_start(const struct reader *reader, const char *text,
                        uint64_t *time)
{
    bool is_steps = reader->header.clock == TRACE_STEPS;
    uint64_t start = reader->header.start, since;

    if (!(is_steps ? whole_number(text, &since) : duration(text, &since)))
        return false;
    *time = since < UINT64_MAX - start ? start + since : UINT64_MAX;
    return true;
}

bool moment_find(const struct reader *reader, const char *text,
                 size_t *position)
{
    uint64_t time;

    if (*text == '#')
        return event_number(reader, text, position);
    if (!since_start(reader, text, &time))
        return false;
    *position = reader_at(reader, time);
    return true;
}

bool moment_time(const struct reader *reader, const char *text, uint64_t *time)
{
    size_t position;

    if (*text != '#')
        return since_start(reader, text, time);
    if (!event_number(reader, text, &position))
        return false;
    *time = position ? reader_event(reader, position - 1)->time
                     : reader->header.start;
    return true;
}
