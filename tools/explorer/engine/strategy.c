// strategy.c - choosing at random, in ways known to find failures
#include "tools/explorer/engine/loom.h"
#include "tools/explorer/engine/strategy.h"

// xorshift64*: Vigna, ACM TOMS 42(4) 2016.
static uint64_t random_state;

static uint64_t draw(void)
{
    random_state ^= random_state >> 12;
    random_state ^= random_state << 25;
    random_state ^= random_state >> 27;
    return random_state * 0x2545f4914f6cdd1du;
}

static uint64_t below(uint64_t limit)
{
    return (draw() >> 32) * limit >> 32;
}

static uint32_t events[TASK_LIMIT];   // of this execution
static uint32_t usual[TASK_LIMIT];    // most that the task had in any
static int usual_length = 1;          // of the longest execution
static uint64_t priority[TASK_LIMIT]; // 0: none yet. PCT: of the task; POS: of
                                      // its next operation
enum { DEPTH_LIMIT = 32 };
static int change_at[DEPTH_LIMIT];

static void learn(void)
{
    if (trail_length > usual_length)
        usual_length = trail_length;
    for (int t = 0; t < TASK_LIMIT; t++) {
        if (events[t] > usual[t])
            usual[t] = events[t];
        events[t] = 0;
        priority[t] = 0;
    }
}

void strategy_begin(void)
{
    if (!random_state)
        random_state = (loom.seed + 1) * 0x9e3779b97f4a7c15u;
    learn();
    for (int i = 0; i < DEPTH_LIMIT; i++)
        change_at[i] = (int)below((uint64_t)usual_length);
}

static int choose_any(taskset enabled)
{
    int count = 0, chosen = -1;

    for (; enabled; enabled &= enabled - 1)
        if (below((uint64_t)++count) == 0)
            chosen = set_first(enabled);
    return chosen;
}

static uint64_t still_to_do(int task)
{
    return usual[task] > events[task] ? usual[task] - events[task] : 1;
}

static int choose_in_proportion(taskset enabled)
{
    uint64_t sum = 0;
    int chosen = -1;

    for (; enabled; enabled &= enabled - 1) {
        uint64_t weight = still_to_do(set_first(enabled));

        sum += weight;
        if (below(sum) < weight)
            chosen = set_first(enabled);
    }
    return chosen;
}

// Priorities of tasks lie above those that change points give.
static int choose_highest(taskset enabled)
{
    int chosen = set_first(enabled);

    for (; enabled; enabled &= enabled - 1) {
        int task = set_first(enabled);

        if (!priority[task])
            priority[task] = DEPTH_LIMIT + (draw() >> 1);
        if (priority[task] > priority[chosen])
            chosen = task;
    }
    return chosen;
}

static int choose_by_pct(taskset enabled)
{
    int chosen = choose_highest(enabled);

    for (int i = 0; i + 1 < search.depth && i < DEPTH_LIMIT; i++)
        if (change_at[i] == trail_length) {
            priority[chosen] = (uint64_t)i + 1;
            chosen = choose_highest(enabled);
        }
    return chosen;
}

int strategy_choose(taskset enabled)
{
    switch (search.strategy) {
    case STRATEGY_WALK:
        return choose_in_proportion(enabled);
    case STRATEGY_PCT:
        return choose_by_pct(enabled);
    case STRATEGY_POS:
        return choose_highest(enabled);
    default:
        return choose_any(enabled);
    }
}

uint8_t strategy_alternative(int count)
{
    return count > 1 ? (uint8_t)below((uint64_t)count) : 0;
}

// POS: whoever was in a race with it draws again.
void strategy_took(int task, const struct op *op)
{
    events[task]++;
    if (search.strategy != STRATEGY_POS)
        return;
    for (int t = 0; t < task_count; t++)
        if (t != task && tasks[t].life == TASK_LIVE &&
            search_dependent(&tasks[t].op, op))
            priority[t] = 0;
    priority[task] = 0;
}
