// claims.c - the claims of the lessons: found, and what came out of them
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "runtime/message.h"
#include "runtime/must.h"
#include "tools/course/course.h"
#include "tools/player/claims.h"
#include "tools/player/find.h"

// ---- Finding them -----------------------------------------------------------

static void add_claim(struct claims *claims, const struct claims_lesson *home,
                      const struct step *step, const struct item *claim)
{
    claims->list =
        MUST(realloc(claims->list, (claims->count + 1) * sizeof *claims->list));
    claims->list[claims->count++] =
        (struct tested){.claim = claim, .home = home, .step = step};
}

static void add_claims(struct claims *claims, const struct claims_lesson *home,
                       const char *id)
{
    for (size_t s = 1; s < home->lesson.step_count; s++) {
        const struct step *step = &home->lesson.steps[s];

        for (size_t i = 0; i < step->item_count; i++) {
            const struct item *item = &step->items[i];

            if (item->verb == VERB_CLAIM &&
                (!id || strcmp(item_value(item, "id"), id) == 0))
                add_claim(claims, home, step, item);
        }
    }
}

static void read_lesson(struct claims *claims, const char *name)
{
    struct claims_lesson *home = &claims->lessons[claims->lesson_count];
    char *path = course_path("lessons/%s/lesson.%s.md", name, lang_name());
    char error[512];

    if (lesson_read(path, &home->lesson, error, sizeof error)) {
        home->name = MUST(strdup(name));
        claims->lesson_count++;
    } else {
        could_not("%s", error);
        claims->faults++;
    }
    free(path);
}

// Is the lesson among those asked for?
static bool is_asked(const char *name, char **asked, size_t count)
{
    bool found = count == 0;

    for (size_t i = 0; i < count && !found; i++) {
        char *meant = course_find("lessons", asked[i]);

        found = meant && strcmp(meant, name) == 0;
        free(meant);
    }
    return found;
}

static bool all_exist(char **asked, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        char *name = course_find("lessons", asked[i]);

        if (!name) {
            find_say_unknown(asked[i]);
            return false;
        }
        free(name);
    }
    return true;
}

static void read_lessons(struct claims *claims, char **asked, size_t count)
{
    char **names;
    size_t there = course_list("lessons", &names);

    claims->lessons = MUST(calloc(there + 1, sizeof *claims->lessons));
    for (size_t i = 0; i < there; i++)
        if (is_asked(names[i], asked, count))
            read_lesson(claims, names[i]);
    course_free(names, there);
}

static bool say_unknown_id(struct claims *claims, const char *id)
{
    char *list;
    size_t size;
    FILE *out = MUST(open_memstream(&list, &size));

    for (size_t i = 0; i < claims->lesson_count; i++)
        add_claims(claims, &claims->lessons[i], NULL);
    for (size_t i = 0; i < claims->count; i++)
        fprintf(out, "%s%s", i ? ", " : "",
                item_value(claims->list[i].claim, "id"));
    fclose(out);
    could_not(M("there is no claim \"%s\"; there are: %s",
                "no hay una afirmación \"%s\"; hay: %s"),
              id, claims->count ? list : M("none", "ninguna"));
    free(list);
    return false;
}

bool claims_read(struct claims *claims, char **asked, size_t count,
                 const char *id)
{
    if (!all_exist(asked, count))
        return false;
    read_lessons(claims, asked, count);
    for (size_t i = 0; i < claims->lesson_count; i++)
        add_claims(claims, &claims->lessons[i], id);
    return !id || claims->count > 0 || say_unknown_id(claims, id);
}

// ---- What came out ----------------------------------------------------------

enum verdict claims_verdict(const struct tested *tested)
{
    int most = 0;

    for (int i = 1; i < VERDICTS; i++)
        if (tested->counts[i] > tested->counts[most])
            most = i;
    return (enum verdict)most;
}

bool claims_flipped(const struct tested *tested)
{
    return tested->counts[CLAIM_TRUE] > 0 && tested->counts[CLAIM_FALSE] > 0;
}

void claims_forget(struct finding *finding)
{
    free(finding->figure);
    free(finding->reason);
    free(finding->facts);
    *finding = (struct finding){0};
}

void claims_free(struct claims *claims)
{
    for (size_t i = 0; i < claims->count; i++)
        for (int v = 0; v < VERDICTS; v++)
            claims_forget(&claims->list[i].found[v]);
    for (size_t i = 0; i < claims->lesson_count; i++) {
        lesson_free(&claims->lessons[i].lesson);
        free(claims->lessons[i].name);
    }
    free(claims->list);
    free(claims->lessons);
    *claims = (struct claims){0};
}
