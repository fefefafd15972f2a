// message.c - what Telar says, in the language of the one who reads
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "runtime/message.h"

bool lang_is_spanish = true;

// Is the first language of text ("es_AR.UTF-8", "es:en") this one?
static bool names(const char *text, const char *language)
{
    return strncmp(text, language, 2) == 0 && strchr("_:.@", text[2]);
}

static bool take(const char *text)
{
    if (!text)
        return false;
    if (names(text, "es"))
        lang_is_spanish = true;
    else if (names(text, "en"))
        lang_is_spanish = false;
    else
        return false;
    return true;
}

bool lang_set(const char *option)
{
    static const char *const variables[] = {"TELAR_LANG", "LANGUAGE", "LC_ALL",
                                            "LC_MESSAGES", "LANG"};

    if (option)
        return take(option);
    lang_is_spanish = true;
    for (size_t i = 0; i < sizeof variables / sizeof *variables; i++)
        if (take(getenv(variables[i])))
            break;
    return true;
}

const char *lang_name(void)
{
    return M("en", "es");
}

int could_not(const char *format, ...)
{
    va_list arguments;

    fputs("telar: ", stderr);
    va_start(arguments, format);
    vfprintf(stderr, format, arguments);
    va_end(arguments);
    fputc('\n', stderr);
    return 2;
}
