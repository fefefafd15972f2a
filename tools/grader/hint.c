// hint.c - one more hint for a lab, each more direct
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "runtime/message.h"
#include "tools/course/course.h"
#include "tools/course/error_words.h"
#include "tools/course/keep.h"
#include "tools/course/terminal.h"
#include "tools/grader/hint.h"
#include "tools/grader/ladder.h"

enum { HINTS_MOST = 256 << 10 }; // bytes of the file

static int hints_given(const char *lab)
{
    char *path = course_state_path("hints/%s", lab);
    char *text = keep_read(path, 64, NULL);
    int given = text ? atoi(text) : 0;

    free(text);
    free(path);
    return given < 0 ? 0 : given;
}

static void remember(const char *lab, int given)
{
    char *path = course_state_path("hints/%s", lab);
    char number[16];

    snprintf(number, sizeof number, "%d\n", given);
    if (!keep_write(path, number, strlen(number)))
        fprintf(stderr,
                M("telar: which hint comes next is not kept: %s: %s "
                  "(TELAR_STATE names another folder)\n",
                  "telar: no se guarda qué pista sigue: %s: %s (TELAR_STATE "
                  "indica otra carpeta)\n"),
                path, error_words(errno));
    free(path);
}

static bool is_heading(const char *line)
{
    return strncmp(line, "## ", 3) == 0;
}

static const char *next_line(const char *line)
{
    line += strcspn(line, "\n");
    return line + (*line == '\n');
}

static int count_hints(const char *text)
{
    int count = 0;

    for (; *text; text = next_line(text))
        count += is_heading(text);
    return count;
}

// The body of the nth section; its length in *size.
static const char *hint_body(const char *text, int nth, size_t *size)
{
    const char *body;

    for (; *text; text = next_line(text))
        if (is_heading(text) && --nth == 0)
            break;
    body = text = next_line(text);
    while (*text && !is_heading(text))
        text = next_line(text);
    *size = (size_t)(text - body);
    return body;
}

static void print_hint(const char *text, int nth, int count)
{
    size_t size;
    const char *body = hint_body(text, nth, &size);

    printf(M("%sHint %d of %d%s\n\n", "%sPista %d de %d%s\n\n"), style(TITLE),
           nth, count, style(PLAIN_TEXT));
    while (size > 0 && *body == '\n') {
        body++;
        size--;
    }
    while (size > 0 && body[size - 1] == '\n')
        size--;
    print_printable(stdout, body, size);
    putchar('\n');
}

static void print_no_more(const char *lab, int count)
{
    printf(M("There are no more hints (%d were given). The lesson says the "
             "rest: ./telar lesson %.2s\n",
             "No hay más pistas (ya viste las %d). El resto lo dice la "
             "lección: ./telar lesson %.2s\n"),
           count, lab);
    printf(M("To see them again: labs/%s/hints.en.md\n",
             "Para verlas otra vez: labs/%s/hints.es.md\n"),
           lab);
}

int hint_give(const char *lab)
{
    char *path = course_path("labs/%s/hints.%s.md", lab, lang_name());
    char *text = keep_read(path, HINTS_MOST, NULL);
    int count = text ? count_hints(text) : 0;
    int given = hints_given(lab);

    if (count == 0) {
        could_not(M("lab %s has no hints here (%s)",
                    "el laboratorio %s no tiene pistas aquí (%s)"),
                  lab, path);
    } else if (given >= count) {
        print_no_more(lab, count);
    } else {
        print_hint(text, given + 1, count);
        remember(lab, given + 1);
    }
    free(text);
    free(path);
    return count == 0 ? 2 : 0;
}
