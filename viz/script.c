// script.c - "v<1s>..<enter>", step by step
#include <ctype.h>
#include <string.h>

#include "viz/keys.h"
#include "viz/script.h"

enum { KEY_PAUSE_MS = 400, LONGEST_PAUSE_S = 3600 };

static const struct {
    const char *name;
    int code;
} named[] = {
    {"space", ' '},
    {"enter", '\n'},
    {"esc", 27},
    {"back", 127},
    {"tab", '\t'},
    {"lt", '<'},
    {"up", CODE_UP},
    {"down", CODE_DOWN},
    {"left", CODE_LEFT},
    {"right", CODE_RIGHT},
    {"pgup", CODE_PAGE_UP},
    {"home", CODE_HOME},
    {"pgdn", CODE_PAGE_DOWN},
    {"end", CODE_END},
};

static bool find_name(const char *name, size_t length, int *code)
{
    for (size_t i = 0; i < sizeof named / sizeof *named; i++)
        if (strlen(named[i].name) == length &&
            strncmp(named[i].name, name, length) == 0) {
            *code = named[i].code;
            return true;
        }
    return false;
}

// Digits, perhaps a point and digits, "s" or "ms", then ">".
static bool find_pause(const char *text, uint64_t *pause_ns)
{
    uint64_t thousandths = 0, unit;
    int digits = -1; // behind the point

    if (!isdigit((unsigned char)*text))
        return false;
    for (; isdigit((unsigned char)*text) || (*text == '.' && digits < 0);
         text++) {
        if (*text == '.')
            digits = 0;
        else if (digits < 3 && thousandths < UINT64_C(1) << 40)
            thousandths = thousandths * 10 + (uint64_t)(*text - '0');
        digits += *text != '.' && digits >= 0 && digits < 3;
    }
    for (digits = digits < 0 ? 0 : digits; digits < 3; digits++)
        thousandths *= 10;
    unit = strncmp(text, "s>", 2) == 0    ? 1000000
           : strncmp(text, "ms>", 3) == 0 ? 1000
                                          : 0;
    *pause_ns = thousandths * unit;
    return unit && *pause_ns <= LONGEST_PAUSE_S * UINT64_C(1000000000);
}

static bool in_brackets(const char *text, struct script_step *step)
{
    size_t length = strcspn(text, ">");

    if (text[length] != '>')
        return false;
    if (find_name(text, length, &step->code))
        return true;
    step->code = CODE_NONE;
    return find_pause(text, &step->pause_ns);
}

int script_next(const char **text, struct script_step *step)
{
    if (**text == '\0')
        return 0;
    *step = (struct script_step){(unsigned char)**text,
                                 KEY_PAUSE_MS * UINT64_C(1000000)};
    if (**text != '<') {
        *text += 1;
        return 1;
    }
    if (!in_brackets(*text + 1, step))
        return -1;
    *text += strcspn(*text, ">") + 1;
    return 1;
}
