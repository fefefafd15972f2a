// export_findings.c - findings of a stretch
#include <errno.h>

#include "tools/trace/export_findings.h"

static void tell_all(const struct findings *findings, const struct model *model,
                     const struct export_what *what, finding_teller *tell,
                     void *context)
{
    for (size_t i = 0; i < findings->count; i++) {
        const struct finding *finding = &findings->all[i];

        if (finding->begin <= what->until && finding->end >= what->from)
            tell(context, model, finding);
    }
}

int export_findings(struct model *model, const struct export_what *what,
                    finding_teller *tell, void *context)
{
    struct findings findings = {0};

    if (what->findings) {
        model_seek(model, model->reader->count);
        tell_all(what->findings, model, what, tell, context);
        return 0;
    }
    if (!findings_build(&findings, model))
        return ENOMEM;
    tell_all(&findings, model, what, tell, context);
    findings_free(&findings);
    return 0;
}
