// claims_report.h - the claims and their verdicts, for people and for programs
//
// Interface: claims_print_text, claims_print_json, claims_print_csv.
// Threads: one. Ownership: everything is only read.
#ifndef TELAR_CLAIMS_REPORT_H
#define TELAR_CLAIMS_REPORT_H

#include "tools/player/claims.h"

// A table that fits the terminal, lesson by lesson, and a line of totals.
void claims_print_text(const struct claims *claims);

// {"version": 1, "runs": N, "claims": [{"lesson", "step", "id", "source",
// "sentence", "verdict": "true|partly|false|undecided", "counts": {...},
// "flipped", "facts": {NAME: value or null}, "figure", "reason", "repeat"}]}
void claims_print_json(const struct claims *claims);

// One row a claim under a header, quoted as RFC 4180 says; lines end in LF.
void claims_print_csv(const struct claims *claims);

#endif
