// play.c - a lesson from its first step to its last
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "runtime/message.h"
#include "runtime/must.h"
#include "tools/course/course.h"
#include "tools/course/error_words.h"
#include "tools/course/keep.h"
#include "tools/course/terminal.h"
#include "tools/player/claim.h"
#include "tools/player/experiment.h"
#include "tools/player/explore.h"
#include "tools/player/find.h"
#include "tools/player/play.h"
#include "tools/player/plot.h"
#include "tools/player/predict.h"
#include "tools/player/render.h"
#include "tools/player/screen.h"
#include "tools/player/session.h"
#include "tools/player/show.h"
#include "tools/player/stop.h"

enum { SOURCE_LIMIT_BYTES = 1 << 20 };

// ---- The pieces of a step ---------------------------------------------------

static void show_text(const char *markdown)
{
    char *text = render_markdown(markdown, screen_measure(), screen.large);

    screen_show(text);
    screen_show("\n");
    free(text);
}

static void print_code(const struct item *item, const char *source,
                       struct cut cut)
{
    char *text;
    size_t size;
    FILE *out = MUST(open_memstream(&text, &size));

    show_print(out, item_value(item, "file"), source, cut);
    fputc('\n', out);
    fclose(out);
    screen_show(text);
    free(text);
}

static void show_code(struct session *session, const struct item *item)
{
    const char *file = item_value(item, "file");
    char *path = course_path("lessons/%s/%s", session->name, file);
    char *source = keep_read(path, SOURCE_LIMIT_BYTES, NULL), reason[256];
    struct cut cut;

    if (!source)
        session_fault(session, item->line, "%s: %s", file, error_words(errno));
    else if (show_cut(source, item_value(item, "mark"), item_value(item, "to"),
                      (int)item_number(item, "lines", 0), &cut, reason,
                      sizeof reason))
        print_code(item, source, cut);
    else
        session_fault(session, item->line, "%s: %s", file, reason);
    free(source);
    free(path);
}

static void show_note(const struct session *session, const struct item *item)
{
    if (!session->notes)
        return;
    screen_say("  %s[%s]%s\n", style(WARNING),
               M("for the teacher", "para quien enseña"), style(PLAIN_TEXT));
    show_text(item->body);
}

// "false. 100 of 100 answers came from another core."
static void show_verdict(const struct session *session,
                         const struct item *claim, enum verdict verdict)
{
    char *figure = claim_figure(claim, &session->facts), *text;

    MUST(asprintf(&text, "%s: **%s**%s%s",
                  M("On this machine, now", "En esta máquina, ahora"),
                  verdict_words(verdict), figure ? ". " : "",
                  figure ? figure : ""));
    show_text(text);
    free(text);
    free(figure);
}

static void show_claim(struct session *session, const struct item *claim)
{
    enum verdict verdict = claim_verdict(claim, &session->facts);

    screen_say("  %s%s (%s)%s\n\n", style(TITLE),
               M("A claim put to the test", "Una afirmación a prueba"),
               claim_source(claim), style(PLAIN_TEXT));
    show_text(claim->body);
    show_verdict(session, claim, verdict);
    progress_claim(&session->progress, item_value(claim, "id"),
                   verdict_key(verdict));
}

// ---- Waiting for the person -------------------------------------------------

static void explain_keys(void)
{
    screen_say("%s", M("  Enter goes on. b goes back a step, r runs the last "
                       "program again,\n"
                       "  q quits (your progress is kept), ? shows this.\n",
                       "  Enter sigue. b vuelve un paso, r ejecuta otra vez el "
                       "último programa,\n"
                       "  q sale (tu avance queda guardado), ? muestra esto."
                       "\n"));
    if (screen.look)
        screen_say("%s", M("  v opens what ran last in the visualizer; q comes "
                           "back from there.\n",
                           "  v abre en el visualizador lo último que corrió; "
                           "con q vuelves.\n"));
}

static void run_and_settle(struct session *session, const struct item *item)
{
    if (item->verb == VERB_EXPLORE)
        explore_program(session, item);
    else if (item->verb == VERB_PLOT)
        plot_draw(session, item);
    else
        experiment_run(session, item);
    predict_settle(session);
}

static void run_again(struct session *session)
{
    if (!session->last_run) {
        screen_say("%s", M("  Nothing has run in this step yet.\n",
                           "  En este paso no se ejecutó nada todavía.\n"));
        return;
    }
    predict_reopen(session);
    run_and_settle(session, session->last_run);
}

// Waits for Enter; everything else that can be wished for is granted here or
// left in screen.wish. Returns false when the person would rather skip.
static bool pause_with(struct session *session, const char *prompt)
{
    char typed[64];

    while (screen.wish == GO_ON && screen_ask(prompt, typed, sizeof typed)) {
        enum wish wish = screen_command(typed);

        if (!*typed || wish == SKIP)
            return wish != SKIP;
        if (wish == RUN_AGAIN)
            run_again(session);
        else if (wish == GO_ON)
            explain_keys();
        else
            screen.wish = wish;
    }
    return false;
}

static const char *prompt_before(const struct item *item)
{
    if (item->verb == VERB_EXPLORE)
        return M("  Enter: explore it", "  Enter: explorar");
    if (item->verb == VERB_PLOT)
        return M("  Enter: measure and draw", "  Enter: medir y dibujar");
    if (item->verb == VERB_PLAY)
        return M("  Enter: play it", "  Enter: jugar");
    return M("  Enter: run it", "  Enter: ejecutar");
}

// Before a program runs the person has predicted, or presses Enter.
static void wait_before_run(struct session *session, const struct item *item,
                            const struct item *before)
{
    if (!screen.asks || (before && before->verb == VERB_ASK))
        return;
    pause_with(session, prompt_before(item));
    screen_show("\n");
}

// A person sees it on the screen, if she likes; what comes before it stays
// below.
static void show_view(struct session *session, const struct item *item)
{
    if (experiment_offer_view(session, item) &&
        !pause_with(session, M("  Enter: see it in the visualizer (q comes "
                               "back)   s: skip",
                               "  Enter: verlo en el visualizador (q vuelve)   "
                               "s: saltar")))
        return;
    experiment_view(session, item);
}

// ---- A step -----------------------------------------------------------------

static void play_item(struct session *session, const struct item *item,
                      const struct item *before)
{
    switch (item->verb) {
    case VERB_TEXT:
        show_text(item->body);
        break;
    case VERB_SHOW:
        show_code(session, item);
        break;
    case VERB_ASK:
        predict_ask(session, item);
        break;
    case VERB_RUN:
    case VERB_EXPLORE:
    case VERB_PLOT:
        wait_before_run(session, item, before);
        if (screen.wish == GO_ON)
            run_and_settle(session, item);
        break;
    case VERB_PLAY:
        if (explore_playable())
            wait_before_run(session, item, before);
        if (screen.wish == GO_ON)
            explore_play(session, item);
        break;
    case VERB_CLAIM:
        show_claim(session, item);
        break;
    case VERB_NOTE:
        show_note(session, item);
        break;
    default:
        show_view(session, item);
    }
}

// Of the whole lesson, as its author planned it.
static int count_minutes(const struct lesson *lesson)
{
    int minutes = 0;

    for (size_t i = 1; i < lesson->step_count; i++)
        minutes += lesson->steps[i].minutes;
    return minutes;
}

static void spell_minutes(int minutes, char *text, size_t size)
{
    *text = '\0';
    if (minutes > 0)
        snprintf(text, size, ", %d min", minutes);
}

static void show_heading(const struct session *session, size_t index)
{
    const struct lesson *lesson = &session->lesson;
    const struct step *step = session->step;
    size_t count = lesson->step_count - 1;
    char minutes[32];

    spell_minutes(index ? step->minutes : count_minutes(lesson), minutes,
                  sizeof minutes);
    if (index == 0)
        screen_say(
            M("\n%s%s%s  %s%zu steps%s%s\n\n", "\n%s%s%s  %s%zu pasos%s%s\n\n"),
            style(TITLE), step->title, style(PLAIN_TEXT), style(QUIET), count,
            minutes, style(PLAIN_TEXT));
    else
        screen_say(M("\n%s%s%s  %sstep %zu of %zu%s%s\n\n",
                     "\n%s%s%s  %spaso %zu de %zu%s%s\n\n"),
                   style(TITLE), step->title, style(PLAIN_TEXT), style(QUIET),
                   index, count, minutes, style(PLAIN_TEXT));
}

static const char *prompt_at_end(void)
{
    if (screen.look)
        return M("Enter: go on   b: back   r: run again   v: see it   q: quit "
                 "  ?: help",
                 "Enter: seguir   b: atrás   r: otra vez   v: verlo   q: salir "
                 "  ?: ayuda");
    return M("Enter: go on   b: back   r: run again   q: quit   ?: help",
             "Enter: seguir   b: atrás   r: otra vez   q: salir   ?: ayuda");
}

static void finish_step(struct session *session, size_t index)
{
    if (!session->run_failed && !session->no_instrument)
        predict_check_all(session);
    if (index > 0)
        progress_finish(&session->progress, session->step->id);
    if (!session_save(session) || !screen.asks)
        return;
    if (index == 0)
        pause_with(session, M("Enter: begin   q: quit   ?: help",
                              "Enter: empezar   q: salir   ?: ayuda"));
    else
        pause_with(session, prompt_at_end());
}

static void play_step(struct session *session, size_t index)
{
    const struct item *before = NULL;

    session_begin_step(session, index);
    screen_begin();
    show_heading(session, index);
    for (size_t i = 0; i < session->step->item_count; i++) {
        const struct item *item = &session->step->items[i];

        play_item(session, item, before);
        if (screen.wish != GO_ON)
            return;
        if (item->verb != VERB_NOTE || session->notes)
            before = item;
    }
    finish_step(session, index);
}

// ---- The lesson -------------------------------------------------------------

static void say_goodbye(const struct session *session)
{
    bool away = stop_signal && stop_signal != SIGINT;

    if (screen.wish == QUIT && session->stores && screen.asks && !away)
        printf(M("\nYour progress is kept. Go on with: ./telar lesson %.2s\n",
                 "\nTu avance queda guardado. Sigue con: ./telar lesson "
                 "%.2s\n"),
               session->name);
}

static bool has_lab(const char *name)
{
    char *folder = course_path("labs/%s", name);
    bool there = access(folder, F_OK) == 0;

    free(folder);
    return there;
}

static void say_end(const struct session *session)
{
    screen_say(M("\n%sEnd of the lesson.%s\n", "\n%sFin de la lección.%s\n"),
               style(GOOD), style(PLAIN_TEXT));
    if (has_lab(session->name))
        screen_say(M("Its lab: read labs/%s/lab.en.md, then ./telar check "
                     "%.2s.\n",
                     "Su laboratorio: lee labs/%s/lab.es.md, y después ./telar "
                     "check %.2s.\n"),
                   session->name, session->name);
}

// index: the step to begin with, 0 the introduction.
static void play_steps(struct session *session, size_t index)
{
    while (index < session->lesson.step_count) {
        play_step(session, index);
        if (screen.wish == QUIT)
            return;
        if (screen.wish == GO_BACK)
            index -= index > 0;
        else
            index++;
        screen.wish = GO_ON;
    }
    say_end(session);
}

// Where to begin; false, and said, when options name a step that is not there.
static bool choose_step(const struct session *session,
                        const struct play_options *options, size_t *index)
{
    const struct lesson *lesson = &session->lesson;

    *index = 0;
    if (options->step) {
        *index = lesson_step_named(lesson, options->step);
        if (*index == 0)
            could_not(M("lesson %s has no step \"%s\"; its steps are 1 to %zu",
                        "la lección %s no tiene el paso \"%s\"; sus pasos van "
                        "de 1 a %zu"),
                      session->name, options->step, lesson->step_count - 1);
        return *index != 0;
    }
    if (options->automatic)
        return true;
    *index = progress_next(&session->progress, lesson);
    if (*index == 1 && !progress_begun(&session->progress))
        *index = 0;
    return true;
}

static void say_where(const struct session *session, size_t index)
{
    const struct progress *progress = &session->progress;
    char answer[16];

    if (!screen.asks || !progress_begun(progress))
        return;
    if (index > 0)
        screen_say(M("%s\nYou go on at step %zu.\n", "%s\nSigues en el paso "
                                                     "%zu.\n"),
                   session->lesson.steps[0].title, index);
    else
        screen_say(M("%s\nYou have done every step; here it is again.\n",
                     "%s\nYa hiciste todos los pasos; aquí va otra vez.\n"),
                   session->lesson.steps[0].title);
    screen_ask(M("Enter: go on", "Enter: seguir"), answer, sizeof answer);
    if (screen_command(answer) == QUIT)
        screen.wish = QUIT;
}

static int play_in_scratch(struct session *session,
                           const struct play_options *options)
{
    size_t index;

    if (!choose_step(session, options, &index) || !session_scratch(session))
        return 2;
    if (!options->step)
        say_where(session, index);
    if (screen.wish == GO_ON)
        play_steps(session, index);
    say_goodbye(session);
    session_end(session);
    return session->faults > 0 ? 2 : 0;
}

// Refuses at the start what could not be kept at the end.
static bool open_progress(struct session *session)
{
    char notice[512];
    enum progress_opening opening =
        progress_open(session->name, session->stores, &session->progress,
                      notice, sizeof notice);

    if (*notice)
        screen_warn("%s", notice);
    if (opening == PROGRESS_FAILED)
        return false;
    if (!session->stores || progress_save(&session->progress))
        return true;
    could_not(M("cannot write %s: %s; TELAR_STATE=FOLDER keeps your progress "
                "elsewhere, --no-save plays without keeping it",
                "no se puede escribir %s: %s; TELAR_STATE=CARPETA guarda tu "
                "avance en otro lugar, --no-save juega sin guardarlo"),
              session->progress.path, error_words(errno));
    progress_close(&session->progress);
    return false;
}

static int play_read(struct session *session,
                     const struct play_options *options)
{
    char error[512];
    int status;

    session->stores =
        options->save && (!options->automatic || options->answers);
    session->notes = options->notes;
    if (options->answers &&
        !answers_read(options->answers, &session->lesson, &session->answers,
                      error, sizeof error))
        return could_not("%s", error);
    if (!open_progress(session))
        return 2;
    status = play_in_scratch(session, options);
    progress_close(&session->progress);
    return status;
}

static int play_found(char *name, const struct play_options *options)
{
    struct session session = {.name = name};
    char *path = course_path("lessons/%s/lesson.%s.md", name, lang_name());
    char error[512];
    int status;

    if (lesson_read(path, &session.lesson, error, sizeof error)) {
        status = play_read(&session, options);
        answers_free(&session.answers);
        lesson_free(&session.lesson);
    } else {
        status = could_not("%s", error);
    }
    free(path);
    return status;
}

int play_lesson(const struct play_options *options)
{
    char *name = course_find("lessons", options->lesson);
    int status;

    if (!name)
        return find_say_unknown(options->lesson);
    if (!render_ready()) {
        free(name);
        return could_not("%s",
                         M("lowdown is missing: \"./telar\" installs it, or "
                           "\"sudo apt-get install lowdown\"",
                           "falta lowdown: \"./telar\" lo instala, o \"sudo "
                           "apt-get install lowdown\""));
    }
    status = play_found(name, options);
    free(name);
    return status;
}
