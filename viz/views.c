// views.c - which views there are, in the order in which v goes through them
#include "viz/view.h"

const struct view views[] = {
    {"timeline", "timeline", "línea de tiempo", view_timeline},
    {"locks", "locks", "cerrojos", view_locks},
    {"factory", "factory", "fábrica", view_factory},
    {"pipes", "pipes", "tuberías", view_pipe},
    {"heap", "heap", "montón", view_heap},
    {"source", "source", "fuente", view_code},
    {"statistics", "statistics", "estadísticas", view_statistics},
    {"play", "play", "jugar", view_play},
};
const int view_count = sizeof views / sizeof *views;
