// play_stage.h - a game on a stage: a person is the scheduler, and sees it
//
// The game (play_game.h) stays the master of moves. Behind each command the
// replay so far becomes a trace, which the stage opens anew and at whose end it
// stands. Time can be gone back without undoing anything: then it is the past
// that is shown, and a move from there takes back what came after it.
//
// Interface: struct play_stage, play_stage_open, play_stage_close,
// play_stage_obey, play_stage_move, play_stage_continue, play_stage_walk,
// play_stage_go, play_stage_go_step, play_stage_look, play_stage_moves_behind,
// play_stage_selected, play_stage_select, play_stage_thread, play_stage_name,
// play_stage_words.
// Threads: one. Ownership: the game and the stage are the caller's; both must
// stay where they are in between.
#ifndef TELAR_PLAY_STAGE_H
#define TELAR_PLAY_STAGE_H

#include "viz/play_scene.h"
#include "viz/stage.h"

struct play_stage {
    struct game *game;
    struct stage *stage;
    struct play_scene scene;
    char *path; // that the trace had
    // Where the stage stands:
    uint64_t count; // steps of the schedule up to there
    bool is_past;   // more have been made
    struct replay past;
    struct outlook outlook[PLAY_TASKS]; // of the past
    char pending[8];                    // what was to be done from the past
    bool shows_schedule; // on a page of its own, up to the next key
    bool is_spanish;     // the scene
    bool is_stale;       // the scene has to be made anew
    char error[600];     // why the stage had to quit; "": it had not
};

// Begins the game and opens the stage on it, at its end, in the play view.
// Returns false with a line in error; nothing is left to close then.
bool play_stage_open(struct play_stage *play, struct stage *stage,
                     struct game *game, char *error, size_t error_size);

// Closes the stage, too.
void play_stage_close(struct play_stage *play);

// A line of commands (game_obey), from where the game stands. Takes a moment.
void play_stage_obey(struct play_stage *play, const char *line);

// The same from where the stage stands: in the past it asks first.
void play_stage_move(struct play_stage *play, const char *line);

// Takes back what came behind the past that is shown, then obeys pending.
void play_stage_continue(struct play_stage *play);

// To the end of the move before (by -1) or behind (by 1).
void play_stage_walk(struct play_stage *play, int by);

// To behind so many steps of the schedule; at most to its end.
void play_stage_go(struct play_stage *play, uint64_t count);

// To behind the step of that number, as the trace counts them: its time.
void play_stage_go_step(struct play_stage *play, uint64_t number);

// Looks at where the stage stands now. To be called before a frame is drawn.
void play_stage_look(struct play_stage *play);

// How many moves came behind the past that is shown.
size_t play_stage_moves_behind(const struct play_stage *play);

// The number of the thread that is selected, -1: none; and the other way round.
int play_stage_selected(const struct play_stage *play);
void play_stage_select(struct play_stage *play, int number);

// A task of the trace as the scene has it; NULL: it has not.
const struct scene_thread *play_stage_thread(const struct play_stage *play,
                                             uint32_t task);

// "lost_update.c"; "move 3, 1 preemption (each access)".
const char *play_stage_name(const struct play_stage *play);
char *play_stage_words(const struct play_stage *play, char *text, size_t size);

#endif
