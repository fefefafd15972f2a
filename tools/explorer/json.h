// json.h - an exploration for programs: one object
//
// Interface: json_exploration, json_error, json_put.
// Threads: one. Ownership: the caller decrefs.
#ifndef TELAR_EXPLORER_JSON_H
#define TELAR_EXPLORER_JSON_H

#include <jansson.h>
#include <stdio.h>

#include "tools/explorer/explorer.h"

json_t *json_exploration(const struct exploration *result);

// {"verdict":"error","message":...,"refused":true where the program does what
// the engine does not support}
json_t *json_error(const char *message, bool refused);

// Writes it and a newline, and decrefs it.
void json_put(FILE *out, json_t *object);

#endif
