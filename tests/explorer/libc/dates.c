// dates.c - dates of the calendar
// Expect: proved
#include <assert.h>
#include <string.h>
#include <time.h>

int main(void)
{
    time_t leap = 951782400; // 2000-02-29
    struct tm date;
    char text[32];

    assert(gmtime_r(&leap, &date) && date.tm_mday == 29 && date.tm_mon == 1);
    assert(strftime(text, sizeof text, "%Y-%m-%d", &date) == 10);
    assert(!strcmp(text, "2000-02-29") && timegm(&date) == leap);
    return 0;
}
