// complaint.c - err.h and error.h: say what failed, and perhaps end
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "tools/explorer/engine/format.h"
#include "tools/explorer/engine/output.h"
#include "tools/explorer/engine/process.h"
#include "tools/explorer/engine/touch.h"

// "NAME: what: reason"; format NULL: nothing to say, reason 0: none.
static void complain(const char *format, struct arguments *arguments,
                     int reason, const void *pc)
{
    static const char name[] = "program: ";
    const char *why = strerror(reason);
    struct text text;

    text_begin(&text, TEXT_LIMIT);
    text_put(&text, name, sizeof name - 1);
    if (format)
        text_format(&text, format, arguments, pc);
    if (format && reason)
        text_put(&text, ": ", 2);
    if (reason)
        text_put(&text, why, strlen(why));
    text_put(&text, "\n", 1);
    output_write(2, text.bytes, text_kept(&text), pc);
    text_end(&text);
}

#define COMPLAINT(type, name, parameters, reason, end)                         \
    type weave_##name parameters                                               \
    {                                                                          \
        struct arguments arguments;                                            \
                                                                               \
        va_start(arguments.list, format);                                      \
        complain(format, &arguments, reason, CALLER);                          \
        va_end(arguments.list);                                                \
        end;                                                                   \
    }
COMPLAINT(_Noreturn void, err, (int status, const char *format, ...),
          TASK->errno_value, process_exit(status))
COMPLAINT(_Noreturn void, errx, (int status, const char *format, ...), 0,
          process_exit(status))
COMPLAINT(void, warn, (const char *format, ...), TASK->errno_value, (void)0)
COMPLAINT(void, warnx, (const char *format, ...), 0, (void)0)
COMPLAINT(void, error, (int status, int reason, const char *format, ...),
          reason, if (status) process_exit(status))
