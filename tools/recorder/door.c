// door.c - the environment as the front door was given it
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "runtime/must.h"
#include "tools/recorder/door.h"
#include "tools/recorder/inside.h"

// ---- What the shell was given -----------------------------------------------

static unsigned digit(char c)
{
    return (unsigned)(c >= 'a' ? c - 'a' + 10 : c - '0') & 15;
}

// The bytes, with a zero behind them; length is how many.
static char *decode(const char *digits, size_t *length)
{
    char *bytes;

    *length = strlen(digits) / 2;
    bytes = MUST(malloc(*length + 1));
    for (size_t i = 0; i < *length; i++)
        bytes[i] = (char)(digit(digits[2 * i]) << 4 | digit(digits[2 * i + 1]));
    bytes[*length] = '\0';
    return bytes;
}

// The variables stand one behind the other, each with a zero at its end.
static char **split(char *bytes, size_t length)
{
    char **variables, *at = bytes;
    size_t count = 0;

    for (size_t i = 0; i < length; i++)
        count += bytes[i] == '\0';
    variables = MUST(calloc(count + 1, sizeof *variables));
    for (size_t i = 0; i < count; i++, at += strlen(at) + 1)
        variables[i] = at;
    return variables;
}

// Where the shell is recorded itself, what it was given has variables that the
// library inside keeps out of sight.
static bool is_recorded(char *const *variables)
{
    for (; *variables; variables++)
        if (strncmp(*variables, RECORD_TRACE_VARIABLE "=",
                    sizeof RECORD_TRACE_VARIABLE) == 0)
            return true;
    return false;
}

// Returns false where that is not known. The environment stands on these bytes
// from here on.
static bool take_given(void)
{
    static char **variables, *bytes;
    const char *given = getenv("TELAR_GIVEN");
    size_t length;

    if (!given)
        return false;
    bytes = decode(given, &length);
    variables = split(bytes, length);
    if (!is_recorded(variables)) {
        environ = variables;
        return true;
    }
    free(variables);
    free(bytes);
    unsetenv("TELAR_GIVEN");
    return false;
}

// ---- Without that -----------------------------------------------------------

static void put_back(const char *name, const char *before)
{
    const char *value = getenv(before);

    if (value)
        MUST(setenv(name, value, 1));
    else
        unsetenv(name);
    unsetenv(before);
}

void door_give_back(void)
{
    if (!getenv("TELAR_DOOR") || take_given())
        return;
    unsetenv("TELAR_DOOR");
    put_back("TELAR_ROOT", "TELAR_ROOT_BEFORE");
    put_back("TELAR_LANG", "TELAR_LANG_BEFORE");
}
