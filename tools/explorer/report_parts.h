// report_parts.h - what the two readers of reports share
//
// Interface: parse_..., grow, take_refusal.
// Threads: no shared state. Ownership: nothing is handed over.
#ifndef TELAR_REPORT_PARTS_H
#define TELAR_REPORT_PARTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "tools/explorer/report.h"

// Each returns false unless all of text is such a number, within its limits.
bool parse_u64(const char *text, uint64_t *value);
bool parse_int(const char *text, int *value); // may be negative
bool parse_i64(const char *text, int64_t *value);
bool parse_flag(const char *text, bool *value);        // 0 or 1
bool parse_address(const char *text, uint64_t *value); // 0x..., 0, (nil)
bool parse_seconds(const char *text, double *value);
bool parse_operation(const char *text, enum op_kind *op);
bool parse_object(const char *text, enum object_kind *kind);

// Room for one more element behind count of them: an array that doubles.
void *grow(void *array, size_t count, size_t element_bytes);

// What a line "refuse" says.
struct refusal {
    bool refused, crowded;
    uint64_t pc; // where, 0: not told
    char text[400];
};
bool take_refusal(struct refusal *refusal, char **fields, size_t count);

#endif
