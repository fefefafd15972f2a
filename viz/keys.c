// keys.c - what each key does
#include <stdio.h>
#include <string.h>

#include "runtime/message.h"
#include "viz/by_hand.h"
#include "viz/help.h"
#include "viz/play_keys.h"
#include "viz/save.h"
#include "viz/statistics.h"
#include "viz/view.h"

// ---- Time -------------------------------------------------------------------

static void play_or_pause(struct stage *stage)
{
    if (!stage->plays && stage->now >= stage->lanes.end && !stage->follows)
        stage_go_event(stage, 0);
    stage->plays = !stage->plays;
    stage->left_over = 0;
}

static void step_on(struct stage *stage)
{
    stage_step(stage, 1);
}

static void step_back(struct stage *stage)
{
    stage_step(stage, -1);
}

// What it means in the present view, if anything.
static bool turned(struct stage *stage, int by)
{
    const struct view *view = &views[stage->view];

    return view->turn && view->turn(stage, by);
}

static void go_left(struct stage *stage)
{
    if (!turned(stage, -1))
        stage_pan(stage, -1);
}

static void go_right(struct stage *stage)
{
    if (!turned(stage, 1))
        stage_pan(stage, 1);
}

static void page_left(struct stage *stage)
{
    stage_pan(stage, -8);
}

static void page_right(struct stage *stage)
{
    stage_pan(stage, 8);
}

static void go_begin(struct stage *stage)
{
    stage->follows = false;
    stage_go_event(stage, 0);
}

static void go_end(struct stage *stage)
{
    stage_go_event(stage, stage->reader.count);
}

static void follow(struct stage *stage)
{
    stage->follows = !stage->follows;
    if (stage->follows)
        go_end(stage);
}

static void faster(struct stage *stage)
{
    stage->speed += stage->speed < SPEED_MAX;
}

static void slower(struct stage *stage)
{
    stage->speed -= stage->speed > SPEED_MIN;
}

static void zoom_in(struct stage *stage)
{
    stage_zoom(stage, 1);
}

static void zoom_out(struct stage *stage)
{
    stage_zoom(stage, -1);
}

static void zoom_all(struct stage *stage)
{
    stage_zoom(stage, -60);
}

// A, then B, then none.
static void mark(struct stage *stage)
{
    int which = stage->marks[0].is_set ? 1 : 0;

    if (stage->marks[1].is_set) {
        stage->marks[0].is_set = stage->marks[1].is_set = false;
        return;
    }
    stage->marks[which].is_set = true;
    stage->marks[which].time = stage_edge(stage);
}

// ---- What is looked at ------------------------------------------------------

static void select_by(struct stage *stage, int by)
{
    const struct view *view = &views[stage->view];

    if (!view->move || !view->move(stage, by))
        stage_select(stage, by);
}

static void select_up(struct stage *stage)
{
    select_by(stage, -1);
}

static void select_down(struct stage *stage)
{
    select_by(stage, 1);
}

// Those of a game only where one is played.
static void other_view(struct stage *stage, int by)
{
    do
        stage->view = (stage->view + view_count + by) % view_count;
    while (view_plays(stage->view) && !stage->play);
    stage->scroll = stage->row = 0;
}

static void next_view(struct stage *stage)
{
    other_view(stage, 1);
}

static void previous_view(struct stage *stage)
{
    other_view(stage, -1);
}

// To the charts; there, to the next one.
static void charts(struct stage *stage)
{
    if (views[stage->view].draw == view_charts) {
        view_charts_turn(stage, 1);
        return;
    }
    for (int i = 0; i < view_count; i++)
        if (views[i].draw == view_charts)
            stage->view = i;
    stage->scroll = stage->row = 0;
}

static void next_order(struct stage *stage)
{
    stage->order = (stage->order + 1) % STATISTICS_ORDERS;
    stage->row = 0;
}

static void next_grouping(struct stage *stage)
{
    stage->grouping = (stage->grouping + 1) % GROUPINGS;
    stage->scroll = 0;
}

// ---- Who is to blame --------------------------------------------------------

static void to_blocker(struct stage *stage)
{
    uint32_t who = stage_blocker(stage, stage->selected, NULL);

    if (!who || who == stage->selected) {
        stage_say(stage, "%s",
                  M("nobody that is known blocks it now",
                    "no se sabe de nadie que la bloquee ahora"));
        return;
    }
    if (stage->jump_count == JUMPS)
        memmove(stage->jumps, stage->jumps + 1,
                --stage->jump_count * sizeof *stage->jumps);
    stage->jumps[stage->jump_count++] = stage->selected;
    stage->selected = who;
}

static void come_back(struct stage *stage)
{
    if (stage->jump_count == 0)
        stage_say(
            stage, "%s",
            M("no jump to come back from", "no hay salto del que volver"));
    else
        stage->selected = stage->jumps[--stage->jump_count];
}

// To the next thing that is wrong, and behind the last one to the first.
static void to_finding(struct stage *stage)
{
    const struct findings *findings = &stage->findings;
    const struct finding *finding;
    char text[LINE_BYTES];

    if (findings->count == 0) {
        stage_say(stage, "%s",
                  M("nothing wrong was found in this trace",
                    "no se encontró nada malo en esta traza"));
        return;
    }
    stage->finding = stage->finding % findings->count + 1;
    finding = &findings->all[stage->finding - 1];
    stage_go_event(stage, finding->event + 1);
    if (finding->task)
        stage->selected = finding->task;
    findings_words(&stage->model, finding, text, sizeof text);
    stage_say(stage, "%zu/%zu  %s", stage->finding, findings->count, text);
}

// ---- Lines that are typed ---------------------------------------------------

static void ask(struct stage *stage, enum prompt prompt, const char *line)
{
    stage->prompt = prompt;
    snprintf(stage->line, sizeof stage->line, "%s", line);
}

static void ask_search(struct stage *stage)
{
    ask(stage, PROMPT_SEARCH, "");
}

static void ask_filter(struct stage *stage)
{
    ask(stage, PROMPT_FILTER, stage->filter);
}

static void ask_export(struct stage *stage)
{
    char name[64];

    ask(stage, PROMPT_EXPORT, save_suggest(stage, name, sizeof name));
}

// A name that will not do is asked for again.
static void save(struct stage *stage)
{
    if (*stage->line && !save_window(stage, stage->line))
        stage->prompt = PROMPT_EXPORT;
}

static void search(struct stage *stage, int by)
{
    if (!*stage->search)
        ask_search(stage);
    else if (!stage_find(stage, by))
        stage_say(stage,
                  by > 0 ? M("no event with '%s' from here on",
                             "ningún evento con '%s' desde aquí")
                         : M("no event with '%s' before",
                             "ningún evento con '%s' antes"),
                  stage->search);
}

static void search_on(struct stage *stage)
{
    search(stage, 1);
}

static void search_back(struct stage *stage)
{
    search(stage, -1);
}

static void filter(struct stage *stage)
{
    snprintf(stage->filter, sizeof stage->filter, "%s", stage->line);
    stage_select(stage, 0);
    if (stage->selected)
        return;
    stage_say(stage,
              M("no task is named '%s': all are shown",
                "ninguna tarea se llama '%s': se muestran todas"),
              stage->filter);
    *stage->filter = '\0';
    stage_select(stage, 0);
}

static void enter_line(struct stage *stage)
{
    enum prompt prompt = stage->prompt;

    stage->prompt = NO_PROMPT;
    if (prompt == PROMPT_SEARCH && *stage->line) {
        snprintf(stage->search, sizeof stage->search, "%s", stage->line);
        search(stage, 1);
    } else if (prompt == PROMPT_FILTER) {
        filter(stage);
    } else if (prompt == PROMPT_EXPORT) {
        save(stage);
    }
}

static void drop_last(char *line)
{
    size_t n = strlen(line);

    while (n > 0 && ((unsigned char)line[n - 1] & 0xc0) == 0x80)
        n--; // the rest of a character of several bytes
    if (n > 0)
        line[n - 1] = '\0';
}

static void type(struct stage *stage, int code)
{
    size_t n = strlen(stage->line);

    if (code == '\n' || code == '\r')
        enter_line(stage);
    else if (code == 27)
        stage->prompt = NO_PROMPT;
    else if (code == 127 || code == 8)
        drop_last(stage->line);
    else if (code >= ' ' && code < 256 && n + 1 < sizeof stage->line) {
        stage->line[n] = (char)code;
        stage->line[n + 1] = '\0';
    }
}

// ---- The rest ---------------------------------------------------------------

static void other_language(struct stage *stage)
{
    (void)stage;
    lang_set(lang_is_spanish ? "en" : "es");
}

static void help(struct stage *stage)
{
    stage->helps = true;
    stage->scroll = 0;
}

static void record(struct stage *stage)
{
    stage->records = !stage->records;
}

static void quit(struct stage *stage)
{
    stage->quits = true;
}

const struct key keys[] = {
    {' ', 0, "space", "play, pause", "reproducir, pausar", play_or_pause},
    {'.', 0, ".", "one event on", "un evento adelante", step_on},
    {',', 0, ",", "one event back", "un evento atrás", step_back},
    {CODE_LEFT, 'a', "← a", "back in time", "atrás en el tiempo", go_left},
    {CODE_RIGHT, 'd', "→ d", "on in time", "adelante en el tiempo", go_right},
    {CODE_PAGE_UP, 0, "PgUp", "back by a window", "una ventana atrás",
     page_left},
    {CODE_PAGE_DOWN, 0, "PgDn", "on by a window", "una ventana adelante",
     page_right},
    {CODE_HOME, 'g', "Home g", "to the beginning", "al comienzo", go_begin},
    {CODE_END, 'G', "End G", "to the end", "al final", go_end},
    {'F', 0, "F", "follow what is being written", "seguir lo que se escribe",
     follow},
    {'+', '=', "+", "faster", "más rápido", faster},
    {'-', 0, "-", "slower", "más lento", slower},
    {'z', 0, "z", "zoom in", "acercar", zoom_in},
    {'Z', 0, "Z", "zoom out", "alejar", zoom_out},
    {'0', '*', "0 *", "the whole trace", "toda la traza", zoom_all},
    {'m', 0, "m", "mark A, then B, then none", "marca A, luego B, o ninguna",
     mark},
    {CODE_UP, 'w', "↑ w", "the task above", "la tarea de arriba", select_up},
    {CODE_DOWN, 's', "↓ s", "the task below", "la tarea de abajo", select_down},
    {'p', 0, "p", "go on by hand (explored)", "seguirla a mano (explorada)",
     by_hand_ask},
    {']', 0, "]", "to the one who blocks it", "a quien la bloquea", to_blocker},
    {'[', 0, "[", "and back", "y de vuelta", come_back},
    {'!', 0, "!", "to what is wrong", "a lo que está mal", to_finding},
    {'/', 0, "/", "search in the events", "buscar en los eventos", ask_search},
    {'n', 0, "n", "the next one found", "el siguiente encontrado", search_on},
    {'N', 0, "N", "the one before", "el anterior", search_back},
    {'f', '&', "f &", "only tasks with this name", "solo tareas con ese nombre",
     ask_filter},
    {'l', 0, "l", "by thread, process, CPU...", "por hilo, proceso, CPU...",
     next_grouping},
    {'c', 0, "c", "the charts; then the next one",
     "gráficos; luego el siguiente", charts},
    {'o', 0, "o", "order of the statistics", "orden de las estadísticas",
     next_order},
    {'v', 0, "v", "the next view", "la vista siguiente", next_view},
    {'V', 0, "V", "the view before", "la vista anterior", previous_view},
    {'e', 0, "e", "export this window, or A to B",
     "exportar esta ventana, o A-B", ask_export},
    {'L', 0, "L", "Spanish, English", "español, inglés", other_language},
    {'R', 0, "R", "record the screen; stop", "grabar la pantalla; terminar",
     record},
    {'?', 'h', "? h", "this help", "esta ayuda", help},
    {'q', 4, "q ^D", "quit", "salir", quit},
};
const int key_count = sizeof keys / sizeof *keys;

void keys_press(struct stage *stage, int code)
{
    if (code == 0) // so comes a Ctrl-D that was typed before the screen stood
        code = 4;
    stage->is_dirty = true;
    if (code == CODE_RESIZE) // no key: what was said stays
        return;
    *stage->message = '\0';
    if (code != 'p')
        stage->asks_by_hand = false;
    if (stage->prompt != NO_PROMPT) {
        if (!play_keys_type(stage, code))
            type(stage, code);
        return;
    }
    if (stage->helps) {
        stage->helps =
            code != 27 && code != 'q' &&
            ++stage->scroll < help_pages(stage, stage->rows, stage->columns);
        if (!stage->helps)
            stage->scroll = 0;
        return;
    }
    if (play_keys_press(stage, code))
        return;
    for (int i = 0; i < key_count; i++)
        if (code == keys[i].code || (keys[i].also && code == keys[i].also)) {
            keys[i].act(stage);
            return;
        }
    stage_say(stage, "%s", M("? shows the keys", "? muestra las teclas"));
}
