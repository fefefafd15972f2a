// directive.h - one directive of a lesson, checked by itself
//
// What each verb may say is in lesson.h.
// Interface: directive_take, directive_has_body, directive_in_introduction.
// Threads: no shared state. Ownership: item points into content, which is cut
// in place.
#ifndef TELAR_DIRECTIVE_H
#define TELAR_DIRECTIVE_H

#include "tools/player/lesson.h"

// content is what stands between "telar:" and "-->". Returns false, with the
// reason in error, when it is no directive.
bool directive_take(char *content, int line, struct item *item, char *error,
                    size_t error_size);

// Does it go on until an "end"?
bool directive_has_body(enum verb verb);

// May it stand before the first step?
bool directive_in_introduction(enum verb verb);

#endif
