// play_keys.c - the keys of a person who is the scheduler
#include <stdio.h>
#include <string.h>

#include "runtime/message.h"
#include "viz/play_keys.h"
#include "viz/play_stage.h"

static void undo(struct stage *stage)
{
    play_stage_obey(stage->play, "u");
}

static void restart(struct stage *stage)
{
    play_stage_obey(stage->play, "r");
}

static void other_grain(struct stage *stage)
{
    play_stage_obey(stage->play, "x");
}

static void hint(struct stage *stage)
{
    play_stage_obey(stage->play, "h");
}

static void schedule(struct stage *stage)
{
    play_stage_obey(stage->play, "p");
}

static void finish(struct stage *stage)
{
    play_stage_move(stage->play, "f");
}

static void ask(struct stage *stage, enum prompt prompt, const char *line)
{
    stage->prompt = prompt;
    snprintf(stage->line, sizeof stage->line, "%s", line);
}

static void chance(struct stage *stage)
{
    const struct play *game = stage->play->game->play;

    play_stage_look(stage->play);
    if (stage->play->is_past)
        play_stage_move(stage->play, "w");
    else if (game->chance_count == 0)
        play_stage_obey(stage->play, "w"); // says why there is none
    else
        ask(stage, PROMPT_CHANCE, "");
}

static void move_back(struct stage *stage)
{
    play_stage_walk(stage->play, -1);
}

static void move_on(struct stage *stage)
{
    play_stage_walk(stage->play, 1);
}

// A digit; with more than ten threads, the first one of a number.
static void run_thread(struct stage *stage, int digit)
{
    char line[2] = {(char)digit, '\0'};

    if (stage->play->game->play->now.task_count > 10)
        ask(stage, PROMPT_THREAD, line);
    else
        play_stage_move(stage->play, line);
}

const struct key play_keys[] = {
    {'0', 0, "0-9", "that thread goes on to its next operation",
     "ese hilo sigue hasta su próxima operación", NULL},
    {'u', 0, "u", "undo the latest move", "deshacer la última jugada", undo},
    {'r', 0, "r", "begin again", "volver a empezar", restart},
    {'f', 0, "f", "all go on to the end", "todos siguen hasta el final",
     finish},
    {'w', 0, "w", "and a letter: what chance may do",
     "y una letra: lo que puede el azar", chance},
    {'x', 0, "x", "finer moves, coarser, as at first",
     "jugadas más finas, gruesas, normales", other_grain},
    {'h', 0, "h", "a hint towards the goal", "una pista hacia la meta", hint},
    {'p', 0, "p", "the schedule so far", "el plan hasta aquí", schedule},
    {'<', 0, "<", "look at the move before", "mirar la jugada anterior",
     move_back},
    {'>', 0, ">", "and at the one behind", "y la siguiente", move_on},
};
const int play_key_count = sizeof play_keys / sizeof *play_keys;

static bool is_digit(int code)
{
    return code >= '0' && code <= '9';
}

bool play_keys_has(int code)
{
    for (int i = 0; i < play_key_count; i++)
        if (play_keys[i].code == code)
            return true;
    return is_digit(code);
}

bool play_keys_press(struct stage *stage, int code)
{
    if (!stage->play)
        return false;
    if (stage->play->shows_schedule) { // any key goes on
        stage->play->shows_schedule = false;
        return true;
    }
    if (is_digit(code)) {
        run_thread(stage, code);
        return true;
    }
    for (int i = 0; i < play_key_count; i++)
        if (play_keys[i].code == code && play_keys[i].act) {
            play_keys[i].act(stage);
            return true;
        }
    return false;
}

// ---- Prompts ----------------------------------------------------------------

static bool is_enter(int code)
{
    return code == '\n' || code == '\r';
}

static void type_thread(struct stage *stage, int code)
{
    size_t n = strlen(stage->line);

    if (is_enter(code)) {
        stage->prompt = NO_PROMPT;
        if (n)
            play_stage_move(stage->play, stage->line);
    } else if ((code == 127 || code == 8) && n) {
        stage->line[n - 1] = '\0';
    } else if (is_digit(code) && n < 4) {
        stage->line[n] = (char)code;
        stage->line[n + 1] = '\0';
    } else if (!is_digit(code)) {
        stage->prompt = NO_PROMPT;
    }
}

static void type_chance(struct stage *stage, int code)
{
    char line[4];

    stage->prompt = NO_PROMPT;
    if (code < 'a' || code > 'z')
        return;
    snprintf(line, sizeof line, "w%c", code);
    play_stage_obey(stage->play, line);
}

// What was pending may ask for more.
static void type_continue(struct stage *stage, int code)
{
    bool was_chance = strcmp(stage->play->pending, "w") == 0;

    stage->prompt = NO_PROMPT;
    if (!is_enter(code))
        return;
    if (was_chance)
        *stage->play->pending = '\0';
    play_stage_continue(stage->play);
    play_stage_look(stage->play);
    if (was_chance && !stage->quits)
        chance(stage);
}

bool play_keys_type(struct stage *stage, int code)
{
    if (code == CODE_RESIZE)
        return stage->play != NULL;
    switch (stage->prompt) {
    case PROMPT_THREAD:
        type_thread(stage, code);
        return true;
    case PROMPT_CHANCE:
        type_chance(stage, code);
        return true;
    case PROMPT_CONTINUE:
        type_continue(stage, code);
        return true;
    default:
        return false;
    }
}

static char *ask_to_continue(const struct stage *stage, char *text, size_t size)
{
    size_t moves = play_stage_moves_behind(stage->play);

    snprintf(text, size,
             moves == 1 ? M("From here? %zu move is undone: Enter. Esc: no",
                            "¿Desde aquí? Se deshace %zu jugada: Enter. "
                            "Esc: no")
                        : M("From here? %zu moves are undone: Enter. Esc: no",
                            "¿Desde aquí? Se deshacen %zu jugadas: Enter. "
                            "Esc: no"),
             moves);
    return text;
}

char *play_keys_prompt(const struct stage *stage, char *text, size_t size)
{
    *text = '\0';
    if (stage->prompt == PROMPT_THREAD)
        snprintf(text, size, M("thread: %s_ (Enter)", "hilo: %s_ (Enter)"),
                 stage->line);
    else if (stage->prompt == PROMPT_CHANCE)
        snprintf(text, size,
                 M("chance: which letter, a to %c?",
                   "azar: ¿qué letra, de a hasta %c?"),
                 'a' + (int)stage->play->game->play->chance_count - 1);
    else if (stage->prompt == PROMPT_CONTINUE)
        ask_to_continue(stage, text, size);
    return text;
}
