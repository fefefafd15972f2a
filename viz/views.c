// views.c - which views there are, in the order in which v goes through them
#include <stdio.h>
#include <string.h>

#include "viz/view.h"

const struct view views[] = {
    {"timeline", "timeline", "línea de tiempo", view_timeline,
     view_timeline_move, NULL},
    {"locks", "locks", "cerrojos", view_locks, NULL, NULL},
    {"factory", "factory", "fábrica", view_factory, NULL, NULL},
    {"pipes", "pipes", "tuberías", view_pipe, NULL, NULL},
    {"heap", "heap", "montón", view_heap, NULL, NULL},
    {"source", "source", "fuente", view_code, NULL, NULL},
    {"statistics", "statistics", "estadísticas", view_statistics,
     view_statistics_move, NULL},
    {"charts", "charts", "gráficos", view_charts, view_charts_move,
     view_charts_turn},
    {"play", "play", "jugar", view_play, NULL, NULL},
};
const int view_count = sizeof views / sizeof *views;

int view_named(const char *word)
{
    for (int i = 0; i < view_count; i++)
        if (strcmp(word, views[i].word) == 0)
            return i;
    return -1;
}

const char *view_words(void)
{
    static char words[256];
    size_t used = 0;

    for (int i = 0; i < view_count; i++)
        if (!view_plays(i) && used < sizeof words)
            used += (size_t)snprintf(words + used, sizeof words - used, "%s%s",
                                     used ? ", " : "", views[i].word);
    return words;
}
