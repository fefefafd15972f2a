// near.c - which name somebody meant
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "runtime/message.h"
#include "runtime/must.h"
#include "tools/course/course.h"
#include "tools/course/near.h"

enum { WORD_LIMIT = 64 };

static int least(int a, int b, int c)
{
    int low = a < b ? a : b;

    return low < c ? low : c;
}

// Insertions, deletions and changes from one word to the other (Levenshtein).
static int distance(const char *from, const char *to)
{
    int row[WORD_LIMIT + 1], columns = (int)strnlen(to, WORD_LIMIT);

    for (int c = 0; c <= columns; c++)
        row[c] = c;
    for (int r = 1; from[r - 1] && r <= WORD_LIMIT; r++) {
        int diagonal = row[0];

        row[0] = r;
        for (int c = 1; c <= columns; c++) {
            int above = row[c];

            row[c] = least(above + 1, row[c - 1] + 1,
                           diagonal + (from[r - 1] != to[c - 1]));
            diagonal = above;
        }
    }
    return row[columns];
}

const char *near_name(char **names, size_t count, const char *asked)
{
    const char *found = NULL;
    int length = (int)strnlen(asked, WORD_LIMIT);
    int best = length < 4 ? length : 4; // farther is no likeness

    for (size_t i = 0; i < count; i++) {
        int whole = distance(asked, names[i]);
        int topic = distance(asked, names[i] + 3);

        if ((whole < topic ? whole : topic) < best) {
            best = whole < topic ? whole : topic;
            found = names[i];
        }
    }
    return found;
}

char *near_words(const char *folder, const char *asked)
{
    char **names, *words;
    size_t count = course_list(folder, &names), size;
    const char *meant = near_name(names, count, asked);
    FILE *out = MUST(open_memstream(&words, &size));

    if (meant)
        fprintf(out,
                M("did you mean %s? There are: ", "¿quisiste decir %s? Hay: "),
                meant);
    else
        fputs(M("there are: ", "hay: "), out);
    for (size_t i = 0; i < count; i++)
        fprintf(out, "%s%s", i ? ", " : "", names[i]);
    fclose(out);
    course_free(names, count);
    return words;
}
