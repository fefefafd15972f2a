// search.c - which of the tasks that could run does
#include <stdlib.h>
#include <sys/mman.h>

#include "runtime/must.h"
#include "tools/explorer/engine/cell.h"
#include "tools/explorer/engine/loom.h"
#include "tools/explorer/engine/schedule.h"
#include "tools/explorer/engine/search.h"
#include "tools/explorer/engine/section.h"
#include "tools/explorer/engine/spin.h"
#include "tools/explorer/engine/strategy.h"

struct node *trail;
int trail_length;
struct search search;
static int prefix; // this many nodes of the trail are given

void search_begin(void)
{
    if (!trail)
        trail =
            MUST(mmap(NULL, NODE_LIMIT * sizeof *trail, PROT_READ | PROT_WRITE,
                      MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0));
    prefix = 0;
    trail_length = -1;
    search.is_asleep = false;
    search.executions = search.asleep = search.cut = 0;
}

void search_widen(int number)
{
    int old = clock_width;

    clock_width = (number + 4) & ~3;
    for (int i = 0; trail && i < NODE_LIMIT && i < trail_length + prefix + 1;
         i++)
        memset(trail[i].order.of + old, 0,
               (size_t)(clock_width - old) * sizeof *trail[i].order.of);
}

// ---- Dependence -------------------------------------------------------------

static bool overlap(const struct op *a, const struct op *b)
{
    return a->address < b->address + b->size &&
           b->address < a->address + a->size;
}

static bool share_object(const struct op *a, const struct op *b)
{
    return a->object == b->object ||
           (a->second && (a->second == b->object || a->second == b->second)) ||
           (b->second && b->second == a->object);
}

// Does it matter which of them comes first?
bool search_dependent(const struct op *a, const struct op *b)
{
    int class = op_class_of[a->kind];

    if (class != op_class_of[b->kind])
        return false;
    if (a->kind == OP_SECTION || b->kind == OP_SECTION)
        return class == CLASS_CELL;
    if (class == CLASS_CELL)
        return (a->kind != OP_READ || b->kind != OP_READ) && overlap(a, b);
    return class == CLASS_OBJECT && share_object(a, b);
}

// ---- Races between events, and what they ask to be tried --------------------

// The event of task w with that clock would begin a way to do w before event
// number `early`: is it one that no other event of that way has to precede?
struct initials {
    taskset seen, initial;
    uint32_t first[TASK_LIMIT]; // number of the first event of each seen task
};

static void initials_add(struct initials *way, int task, uint32_t events,
                         const struct clock *order)
{
    taskset others = way->seen;

    if (set_has(way->seen, task))
        return;
    way->seen |= set_of(task);
    way->first[task] = events;
    for (; others; others &= others - 1) {
        int other = set_first(others);

        if (clock_covers(order, other, way->first[other]))
            return;
    }
    way->initial |= set_of(task);
}

// Event `early` and the op that task is about to do could have come in the
// other order: sees to it that an execution begins that way at the node of
// `early`.
static void reverse(int early, int task)
{
    struct node *node = &trail[early];
    struct initials way = {0};
    bool is_preceded = false; // the op, by an event of the way

    for (int i = early + 1; i < trail_length; i++) {
        const struct node *later = &trail[i];

        if (clock_covers(&later->order, node->task, node->events))
            continue;
        initials_add(&way, later->task, later->events, &later->order);
        is_preceded |= search_dependent(&later->op, &tasks[task].op);
    }
    if (!is_preceded)
        initials_add(&way, task, tasks[task].events + 1, &tasks[task].order);
    way.initial &= node->enabled; // the task may have come there only later
    if (!(way.initial & (node->backtrack | node->sleep)))
        node->backtrack |= way.initial & -way.initial;
}

static void reverse_unless_ordered(int early, int task)
{
    struct node *node = &trail[early];

    if (node->task != task &&
        !clock_covers(&tasks[task].order, node->task, node->events))
        reverse(early, task);
}

static void reverse_section_race(const struct op *op, int task)
{
    const struct cell *cell = section_cell(op);

    if (cell && cell->last_write >= 0)
        reverse_unless_ordered(cell->last_write, task);
}

static void reverse_cell_races(const struct op *op, int task)
{
    uintptr_t end = op->address + op->size;
    bool is_woken = op->is_parked && op->kind != OP_SECTION;

    reverse_section_race(op, task);
    for (struct cell *cell = cell_first(op->address, op->size); cell;
         cell = cell_next(cell, end)) {
        taskset reading = op->kind == OP_READ ? 0 : cell->reading;

        if (cell->last_write >= 0 && !is_woken)
            reverse_unless_ordered(cell->last_write, task);
        for (; reading; reading &= reading - 1)
            reverse_unless_ordered(cell_reader(cell, set_first(reading))->event,
                                   task);
    }
}

static struct object_state *before(int event, uint32_t object)
{
    struct node *node = &trail[event];

    return &node->before[node->op.object == object ? 0 : 1];
}

static int previous(int event, uint32_t object)
{
    const struct node *node = &trail[event];

    return node->previous[node->op.object == object ? 0 : 1];
}

// As it was when event number `at` was about to happen.
static const struct object_state *state_at(uint32_t object, int at)
{
    const struct object_state *state = &objects[object].state;

    for (int e = objects[object].last_event; e >= at; e = previous(e, object))
        state = before(e, object);
    return state;
}

// The latest event on the object before which op could have gone on too.
static void reverse_object_race(uint32_t object, const struct op *op, int task)
{
    int early = objects[object].last_event;

    while (early >= 0 &&
           !op_possible(op, state_at(op->object, early), &trail[early].budget))
        early = previous(early, object);
    if (early >= 0)
        reverse_unless_ordered(early, task);
}

static void reverse_races(const struct op *op, int task)
{
    if (op_class_of[op->kind] == CLASS_CELL) {
        reverse_cell_races(op, task);
        return;
    }
    reverse_object_race(op->object, op, task);
    if (op->second)
        reverse_object_race(op->second, op, task);
}

// ---- The trail --------------------------------------------------------------

static void join_event(struct clock *order, int event)
{
    if (event >= 0)
        clock_join(order, &trail[event].order);
}

static void order_after_cells(struct task *task, const struct op *op)
{
    uintptr_t end = op->address + op->size;
    const struct cell *section = section_cell(op);

    if (section)
        join_event(&task->order, section->last_write);
    for (struct cell *cell = cell_first(op->address, op->size); cell;
         cell = cell_next(cell, end)) {
        taskset reading = op->kind == OP_READ ? 0 : cell->reading;

        join_event(&task->order, cell->last_write);
        for (; reading; reading &= reading - 1)
            join_event(&task->order,
                       cell_reader(cell, set_first(reading))->event);
    }
}

static void mark_reading(struct cell *cell, int number, int task)
{
    cell_new_reader(cell, task)->event = number;
    cell->reading |= set_of(task);
}

static void mark_cells(const struct op *op, int number, int task)
{
    uintptr_t end = op->address + op->size;
    struct cell *section = section_cell(op);

    if (section)
        mark_reading(section, number, task);
    for (struct cell *cell = cell_first(op->address, op->size); cell;
         cell = cell_next(cell, end)) {
        if (op->kind == OP_READ) {
            mark_reading(cell, number, task);
        } else {
            cell->last_write = number;
            cell->reading = 0;
        }
    }
}

static void mark_object(struct node *node, int which, uint32_t object,
                        int number, struct task *task)
{
    node->previous[which] = objects[object].last_event;
    node->before[which] = objects[object].state;
    join_event(&task->order, objects[object].last_event);
    objects[object].last_event = number;
}

// Those of sleep and done that the event of node leaves asleep: what they are
// about to do does not depend on it. To be asked before it takes effect.
static taskset asleep_after(const struct node *node)
{
    taskset still = 0;
    taskset ask = (node->sleep | node->done) & ~set_of(node->task);

    for (; ask; ask &= ask - 1) {
        int task = set_first(ask);

        if (!search_dependent(&tasks[task].op, &node->op) &&
            !spin_watches(&tasks[task], &node->op))
            still |= set_of(task);
    }
    return still;
}

static bool is_systematic(void)
{
    return search.strategy == STRATEGY_DFS || search.strategy == STRATEGY_DPOR;
}

// Who sleeps could wake for no reason, or by the clock, until the event takes
// that away (a signal, the last of the budget): before it, it must be tried.
static void try_sleepers(struct node *node)
{
    taskset others = node->enabled & ~set_of(node->task);

    for (; others; others &= others - 1) {
        const struct op *op = &tasks[set_first(others)].op;

        if (op->kind == OP_COND_SLEEP && search_dependent(op, &node->op))
            node->backtrack |= set_of(set_first(others));
    }
}

// Event `number` takes its place in the order.
static void append(int number, bool is_new)
{
    struct node *node = &trail[number];
    struct task *task = &tasks[node->task];
    struct op *op = &task->op;

    node->op = *op;
    node->budget = loom.left;
    if (!is_systematic())
        strategy_took(node->task, op);
    if (search.strategy != STRATEGY_DPOR || search.is_leaving)
        return;
    if (is_new) {
        node->asleep_after = asleep_after(node);
        try_sleepers(node);
        reverse_races(op, node->task);
    }
    if (op_class_of[op->kind] == CLASS_CELL) {
        order_after_cells(task, op);
        mark_cells(op, number, node->task);
    } else {
        mark_object(node, 0, op->object, number, task);
        if (op->second)
            mark_object(node, 1, op->second, number, task);
    }
    node->events = task->order.of[node->task] = ++task->events;
    clock_copy(&node->order, &task->order);
}

// ---- What a bounded search can afford ---------------------------------------

// Neither a spurious wakeup nor an expiry is needed to run it.
static bool runs_freely(taskset enabled, int task)
{
    return set_has(enabled, task) && tasks[task].op.kind != OP_COND_SLEEP;
}

static int preemption_cost(taskset enabled, int task)
{
    return (task != task_now && runs_freely(enabled, task_now)) +
           !runs_freely(enabled, task);
}

// How many that could run are passed over, going round from the one that ran.
static int delay_cost(taskset enabled, int task)
{
    int cost = 0;

    for (int t = task_now; t != task; t = (t + 1) % task_count)
        cost += set_has(enabled, t);
    return cost;
}

static int cost_of(taskset enabled, int task)
{
    return search.delay_limit >= 0 ? delay_cost(enabled, task)
                                   : preemption_cost(enabled, task);
}

taskset search_afford_some(taskset enabled)
{
    int limit =
        search.delay_limit >= 0 ? search.delay_limit : search.preemption_limit;
    int spent = trail_length ? trail[trail_length - 1].cost : 0;
    taskset affordable = 0;

    for (taskset left = enabled; left; left &= left - 1) {
        int task = set_first(left);

        if (spent + cost_of(enabled, task) <= limit)
            affordable |= set_of(task);
    }
    return affordable;
}

int search_preemptions(void)
{
    int count = 0;

    for (int i = 0; i < trail_length; i++) {
        uint8_t chosen = trail[i].alternatives[trail[i].alternative];

        count += trail[i].is_preemption;
        count += chosen == SPURIOUS || chosen == EXPIRE;
    }
    return count;
}

// ---- Choosing ---------------------------------------------------------------

enum { PATIENCE = 1000 }; // events

// The task has had the latest events all to itself: it may wait for another one
// in a loop that the engine does not see through, and never come to an end.
static bool runs_on_and_on(void)
{
    int first = trail_length - PATIENCE;

    return first >= 0 && trail_length % PATIENCE == 0 &&
           trail[first].task == task_now &&
           trail[trail_length - 1].task == task_now;
}

// Going on with the one that runs is no preemption and reads best.
static int preferred(taskset candidates)
{
    bool is_mine = set_has(candidates, task_now);
    taskset others = candidates & ~set_of(task_now);

    if (others && (!is_mine || runs_on_and_on()))
        return set_first(others);
    return is_mine ? task_now : set_first(candidates);
}

static int choose_new(struct node *node, taskset enabled)
{
    taskset candidates = enabled;

    node->enabled = enabled;
    node->done = 0;
    node->sleep = 0;
    node->backtrack = enabled;
    if (search.strategy == STRATEGY_DPOR) {
        node->sleep = trail_length ? node[-1].asleep_after : 0;
        candidates &= ~node->sleep;
        if (!candidates)
            return -1;
        node->backtrack = set_of(preferred(candidates));
    }
    return is_systematic() ? preferred(candidates) : strategy_choose(enabled);
}

static void grant(struct node *node, bool is_new)
{
    struct task *task = &tasks[node->task];

    if (search.is_forced) {
        node->alternative_count = 1;
        node->alternatives[0] = EXPIRE;
        node->alternative = 0;
    } else if (is_new) {
        node->alternative_count =
            (uint8_t)op_alternatives(task, node->alternatives);
        node->alternative =
            is_systematic() ? 0 : strategy_alternative(node->alternative_count);
    }
    task->granted = node->alternatives[node->alternative];
}

static void count_costs(struct node *node)
{
    node->is_preemption = node->task != task_now && !search.is_forced &&
                          runs_freely(node->enabled, task_now);
    if (!search_is_bounded())
        return;
    node->cost = trail_length ? node[-1].cost : 0;
    if (!search.is_forced)
        node->cost += cost_of(node->enabled, node->task);
}

int search_choose(taskset enabled)
{
    struct node *node = &trail[trail_length];
    bool is_given = trail_length < prefix;
    bool is_last_given = trail_length + 1 == prefix;
    int task;

    if (is_given) {
        task = node->task;
    } else {
        task = choose_new(node, enabled);
        if (task < 0) {
            search.is_asleep = true;
            return -1;
        }
        node->task = (uint8_t)task;
    }
    count_costs(node);
    grant(node, !is_given || (is_last_given && !node->alternative));
    append(trail_length, !is_given || is_last_given);
    trail_length++;
    return task;
}

int search_leave(taskset waiting)
{
    struct node *node = &trail[trail_length];
    int task;

    search.is_leaving = true;
    task = search_choose(waiting);
    search.is_leaving = false;
    if (task >= 0)
        node->backtrack = waiting;
    return task;
}

int search_expire(taskset waiting)
{
    int task;

    search.is_forced = true;
    loom.left.expiries++;
    task = search_choose(waiting);
    search.is_forced = false;
    return task;
}

// ---- From one execution to the next -----------------------------------------

// Those who could not go on, and would if others had gone on in another order.
void search_end(taskset blocked)
{
    if (search.strategy != STRATEGY_DPOR)
        return;
    for (; blocked; blocked &= blocked - 1) {
        int task = set_first(blocked);

        if (op_class_of[tasks[task].op.kind] == CLASS_OBJECT)
            reverse_races(&tasks[task].op, task);
    }
}

// The last node at which something is left to try becomes the end of what is
// given.
static bool backtrack(void)
{
    for (; trail_length > 0; trail_length--) {
        struct node *node = &trail[trail_length - 1];
        taskset todo;

        if (node->alternative + 1 < node->alternative_count) {
            node->alternative++;
            break;
        }
        node->done |= set_of(node->task);
        todo = node->backtrack & ~node->done & ~node->sleep;
        if (todo) {
            node->task = (uint8_t)set_first(todo);
            node->alternative = 0;
            break;
        }
    }
    prefix = trail_length;
    return prefix > 0;
}

bool search_next(void)
{
    bool is_first = trail_length < 0;
    bool is_more = is_first || !is_systematic() || backtrack();

    if (!is_systematic())
        strategy_begin();
    trail_length = 0;
    search.is_asleep = false;
    return is_more;
}
