// calendar.c - dates; the time zone is UTC
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "tools/explorer/engine/touch.h"

// All threads share them, as they do in the C library: a race is seen.
static struct tm shared_date __attribute__((section("telar_data"))) = {0};
static char shared_text[26] __attribute__((section("telar_data"))) = "";

static struct tm *split(const time_t *time, struct tm *result, const void *pc)
{
    struct tm date;

    touch_read(time, sizeof *time, pc);
    if (!gmtime_r(time, &date))
        return NULL;
    touch_write(result, sizeof *result, pc);
    *result = date;
    return result;
}

struct tm *weave_gmtime(const time_t *time)
{
    return split(time, &shared_date, CALLER);
}

struct tm *weave_localtime(const time_t *time)
{
    return split(time, &shared_date, CALLER);
}

struct tm *weave_gmtime_r(const time_t *time, struct tm *result)
{
    return split(time, result, CALLER);
}

struct tm *weave_localtime_r(const time_t *time, struct tm *result)
{
    return split(time, result, CALLER);
}

// Puts the date's fields in order, as mktime promises.
static time_t join(struct tm *date, const void *pc)
{
    time_t time;

    touch_read(date, sizeof *date, pc);
    touch_write(date, sizeof *date, pc);
    date->tm_isdst = 0;
    time = timegm(date);
    return time;
}

time_t weave_mktime(struct tm *date)
{
    return join(date, CALLER);
}

time_t weave_timegm(struct tm *date)
{
    return join(date, CALLER);
}

static char *spell(const struct tm *date, char *result, const void *pc)
{
    char text[26];

    touch_read(date, sizeof *date, pc);
    if (!asctime_r(date, text))
        return NULL;
    touch_write(result, strlen(text) + 1, pc);
    return strcpy(result, text);
}

static char *spell_time(const time_t *time, char *result, const void *pc)
{
    struct tm date;

    touch_read(time, sizeof *time, pc);
    return gmtime_r(time, &date) ? spell(&date, result, pc) : NULL;
}

char *weave_asctime(const struct tm *date)
{
    return spell(date, shared_text, CALLER);
}

char *weave_asctime_r(const struct tm *date, char *result)
{
    return spell(date, result, CALLER);
}

char *weave_ctime(const time_t *time)
{
    return spell_time(time, shared_text, CALLER);
}

char *weave_ctime_r(const time_t *time, char *result)
{
    return spell_time(time, result, CALLER);
}

size_t weave_strftime(char *result, size_t size, const char *format,
                      const struct tm *date)
{
    size_t length;
    char *text;

    touch_string(format, CALLER);
    touch_read(date, sizeof *date, CALLER);
    text = scratch_take(size);
    length = strftime(text, size, format, date);
    if (length) {
        touch_write(result, length + 1, CALLER);
        memcpy(result, text, length + 1);
    }
    scratch_release(text);
    return length;
}

void weave_tzset(void)
{
}
