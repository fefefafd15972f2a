// export_findings.h - what is wrong, for those who write it down
//
// Interface: export_findings.
// Threads: one at a time. Ownership: nothing is kept.
#ifndef TELAR_EXPORT_FINDINGS_H
#define TELAR_EXPORT_FINDINGS_H

#include "tools/trace/export.h"

typedef void finding_teller(void *context, const struct model *model,
                            const struct finding *finding);

// Tells of each finding of that stretch, in the order of their beginnings; they
// are looked for unless what has them. The model stands at the end of the trace
// then. Returns 0 or ENOMEM.
int export_findings(struct model *model, const struct export_what *what,
                    finding_teller *tell, void *context);

#endif
