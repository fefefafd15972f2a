// chart_tasks.c - how each task spent its time, and how many did what at a time
#include <inttypes.h>
#include <stdlib.h>

#include "runtime/message.h"
#include "runtime/must.h"
#include "tools/trace/words.h"
#include "viz/chart_bars.h"
#include "viz/chart_draft.h"
#include "viz/lane_draw.h"

enum { TASKS_MOST = 20, TASKS_LOOKED_AT = 65536 };

static const struct way {
    enum model_doing doing;
    const char *key, *ink, *english, *spanish; // ink: Okabe and Ito's
} ways[] = {
    {MODEL_RUNNING, "running", "#009E73", "runs", "corre"},
    {MODEL_READY, "ready", "#E69F00", "ready, no CPU", "lista, sin CPU"},
    {MODEL_BLOCKED, "blocked", "#D55E00", "blocked", "bloqueada"},
    {MODEL_SLEEPING, "sleeping", "#56B4E9", "sleeps", "duerme"},
    {MODEL_UNKNOWN, "unknown", "#BBBBBB", "not known", "no se sabe"},
};
enum { WAYS = sizeof ways / sizeof *ways };

// Where nobody recorded the CPUs, a task that runs is one that does not wait.
static const char *words_of(const struct stage *stage, int i, bool spanish)
{
    if (ways[i].doing == MODEL_RUNNING && stage->source == 0)
        return spanish ? "no espera (CPU sin registrar)"
                       : "does not wait (CPU not recorded)";
    return spanish ? ways[i].spanish : ways[i].english;
}

// ---- How each task spent its time -------------------------------------------

struct spent {
    uint32_t task, place; // place: among the tasks as they are shown
    uint64_t shares[MODEL_DOINGS], lived;
};

static struct spent spent_of(const struct drafting *draft, uint32_t task,
                             uint32_t place)
{
    const struct lanes *lanes = &draft->stage->lanes;
    struct spent spent = {.task = task, .place = place};

    lanes_shares(lanes, &lanes->lanes[task], draft->asked->from,
                 draft->asked->to, spent.shares);
    for (int i = 0; i < WAYS; i++)
        spent.lived += spent.shares[ways[i].doing];
    return spent;
}

// Those that lived longest, each in its place.
static int by_life(const void *a, const void *b)
{
    const struct spent *x = a, *y = b;

    if (x->lived != y->lived)
        return x->lived > y->lived ? -1 : 1;
    return x->place < y->place ? -1 : x->place > y->place;
}

static int by_place(const void *a, const void *b)
{
    const struct spent *x = a, *y = b;

    return x->place < y->place ? -1 : x->place > y->place;
}

static double percent(const struct spent *spent, enum model_doing doing)
{
    return 100.0 * (double)spent->shares[doing] / (double)spent->lived;
}

static int find_most(const struct spent *all, int count, enum model_doing doing)
{
    int most = 0;

    for (int i = 1; i < count; i++)
        if (percent(&all[i], doing) > percent(&all[most], doing))
            most = i;
    return most;
}

static char *name_of(const struct drafting *draft, uint32_t task,
                     char name[DRAFT_NAME_SIZE])
{
    char label[300];

    model_task_brief(&draft->stage->model, task, DRAFT_NAME_MOST, label,
                     sizeof label);
    return draft_name(name, label);
}

// Who is blocked most, in both languages.
static void write_waiter(const struct drafting *draft, const struct spent *all,
                         int count, char words[2][256])
{
    int most = find_most(all, count, MODEL_BLOCKED), number = most + 1;
    char name[DRAFT_NAME_SIZE];

    if (percent(&all[most], MODEL_BLOCKED) == 0) {
        snprintf(words[0], 256, "nobody is blocked");
        snprintf(words[1], 256, "ninguna se bloquea");
        return;
    }
    name_of(draft, all[most].task, name);
    snprintf(words[0], 256, "%s is blocked most: {median:blocked:t%d:%d} %%",
             name, number, number);
    snprintf(words[1], 256, "%s, la más bloqueada: {median:blocked:t%d:%d} %%",
             name, number, number);
}

static void write_title(struct drafting *draft, const struct spent *all,
                        int count, int lived)
{
    int runs = find_most(all, count, MODEL_RUNNING) + 1;
    char runner[DRAFT_NAME_SIZE], waiter[2][256], more[2][80] = {"", ""};
    char english[640], spanish[640];

    name_of(draft, all[runs - 1].task, runner);
    write_waiter(draft, all, count, waiter);
    if (lived > count) {
        snprintf(more[0], 80, " (%d of %d tasks drawn)", count, lived);
        snprintf(more[1], 80, " (%d de %d tareas en el gráfico)", count, lived);
    }
    snprintf(english, sizeof english,
             "%s runs most: {median:running:t%d:%d} %% of its time; %s%s",
             runner, runs, runs, waiter[0], more[0]);
    snprintf(spanish, sizeof spanish,
             "%s es la que más corre: {median:running:t%d:%d} %% de su tiempo; "
             "%s%s",
             runner, runs, runs, waiter[1], more[1]);
    draft_text(draft, "title", english, spanish);
}

static bool occurs(const struct spent *all, int count, int way)
{
    for (int i = 0; i < count; i++)
        if (all[i].shares[ways[way].doing] > 0)
            return true;
    return false;
}

static void write_task(struct drafting *draft, const struct spent *spent,
                       int number)
{
    char key[16], label[300];

    snprintf(key, sizeof key, "t%d", number);
    model_task_brief(&draft->stage->model, spent->task, DRAFT_NAME_MOST, label,
                     sizeof label);
    draft_series(draft, key, label);
    fprintf(draft->rows, "%s,%d", key, number);
    for (int i = 0; i < WAYS; i++)
        fprintf(draft->rows, ",%.6g", percent(spent, ways[i].doing));
    fputc('\n', draft->rows);
}

// The shares side by side: each begins where those before it end.
static const char boxes[] =
    "\n"
    "set xrange [0:100]\n"
    "set yrange [words(series) + 0.6 : 0.4]\n"
    "x_words = label_x\n"
    "y_words = ''\n"
    "set ytics () scale 0\n"
    "set for [i=1:words(series)] ytics add (name(i) i)\n"
    "unset grid\n"
    "set style fill solid 1 noborder\n" DRAFT_KEY "half = 0.36\n"
    "share(k) = column(value('col_'.word(ways, k)))\n"
    "before(k) = k == 1 ? 0 : sum [j=1:k-1] share(j)\n"
    "\n"
    "plot for [k=1:words(ways)] raw \\\n"
    "    using (before(k)):2:(before(k)):(before(k) + share(k)): \\\n"
    "        (column(2) - half):(column(2) + half) \\\n"
    "    with boxxyerror lt k lc rgb word(inks, k) \\\n"
    "    title key_name(value('label_'.word(ways, k)))\n";

// Those that occur, and in which colour.
static void list_ways(struct drafting *draft, const struct spent *all,
                      int count)
{
    fputs("\nways = '", draft->script);
    for (int i = 0; i < WAYS; i++)
        if (occurs(all, count, i))
            fprintf(draft->script, "%s ", ways[i].key);
    fputs("'\ninks = '", draft->script);
    for (int i = 0; i < WAYS; i++)
        if (occurs(all, count, i))
            fprintf(draft->script, "%s ", ways[i].ink);
    fputs("'\n", draft->script);
}

// In letters those that the title names have room before others.
static void write_bars(struct drafting *draft, const struct spent *all,
                       int count)
{
    struct bars bars = {.count = count, .parts = WAYS};
    int runs = find_most(all, count, MODEL_RUNNING);
    int waits = find_most(all, count, MODEL_BLOCKED);

    bars.all = MUST(calloc((size_t)count, sizeof *bars.all));
    for (int i = 0; i < WAYS; i++) {
        bars.part[i].sign = glyph(lane_sign(draft->stage, ways[i].doing));
        bars.part[i].words = words_of(draft->stage, i, lang_is_spanish);
    }
    for (int i = 0; i < count; i++) {
        model_task_brief(&draft->stage->model, all[i].task, 20,
                         bars.all[i].name, sizeof bars.all[i].name);
        bars.all[i].must_show = i == runs || i == waits;
        for (int j = 0; j < WAYS; j++)
            bars.all[i].percent[j] = percent(&all[i], ways[j].doing);
    }
    bars_draw(draft->letters, &bars, draft->asked->rows, draft->asked->columns);
    free(bars.all);
}

static void write_shares(struct drafting *draft, const struct spent *all,
                         int count, int lived)
{
    write_title(draft, all, count, lived);
    draft_text(draft, "x", "share of the time it lived (%)",
               "parte del tiempo que vivió (%)");
    fputs("series,x", draft->rows);
    for (int i = 0; i < WAYS; i++) {
        draft_text(draft, ways[i].key, words_of(draft->stage, i, false),
                   words_of(draft->stage, i, true));
        fprintf(draft->rows, ",%s", ways[i].key);
    }
    fputc('\n', draft->rows);
    for (int i = 0; i < count; i++)
        write_task(draft, &all[i], i + 1);
    list_ways(draft, all, count);
    fputs(boxes, draft->script);
    if (draft->asked->rows > 0)
        write_bars(draft, all, count);
}

bool draft_shares(struct drafting *draft)
{
    uint32_t *tasks = MUST(calloc(TASKS_LOOKED_AT, sizeof *tasks));
    uint32_t shown = stage_tasks(draft->stage, tasks, TASKS_LOOKED_AT);
    struct spent *all = MUST(calloc(shown + 1, sizeof *all));
    int lived = 0, count;

    for (uint32_t i = 0; i < shown; i++) {
        all[lived] = spent_of(draft, tasks[i], i);
        lived += all[lived].lived > 0;
    }
    count = lived < TASKS_MOST ? lived : TASKS_MOST;
    qsort(all, (size_t)lived, sizeof *all, by_life);
    qsort(all, (size_t)count, sizeof *all, by_place);
    if (count > 0)
        write_shares(draft, all, count, lived);
    free(all);
    free(tasks);
    return count > 0 || draft_nothing(draft, M("no task lived in this stretch",
                                               "en este tramo no vivió ninguna "
                                               "tarea"));
}

// ---- How many did what at a time --------------------------------------------

// The time of all tasks in each way of doing, up to time.
static void sum_up(const struct lanes *lanes, uint64_t time,
                   uint64_t sums[MODEL_DOINGS])
{
    uint64_t of_one[MODEL_DOINGS];

    for (int i = 0; i < MODEL_DOINGS; i++)
        sums[i] = 0;
    for (uint32_t task = 1; task < lanes->count; task++) {
        lanes_sums(lanes, &lanes->lanes[task], time, of_one);
        for (int i = 0; i < MODEL_DOINGS; i++)
            sums[i] += of_one[i];
    }
}

struct profile { // the sums at each time that is looked at
    int slices;
    uint64_t times[DRAFT_SLICES + 1];
    uint64_t sums[DRAFT_SLICES + 1][MODEL_DOINGS];
};

static uint64_t whole_of(const struct profile *profile, int way)
{
    enum model_doing doing = ways[way].doing;

    return profile->sums[profile->slices][doing] - profile->sums[0][doing];
}

// How many tasks on average, in thousandths: no more is worth a title.
static uint64_t average_of(const struct drafting *draft,
                           const struct profile *profile, int way)
{
    double length = (double)(draft->asked->to - draft->asked->from);

    return (uint64_t)((double)whole_of(profile, way) * 1000 / length + 0.5);
}

// A line goes on to the end of the last slice.
static void write_way(struct drafting *draft, const struct profile *profile,
                      int way, double unit)
{
    uint64_t begin = draft->stage->lanes.begin;
    enum model_doing doing = ways[way].doing;

    for (int i = 0; i <= profile->slices; i++) {
        int at = i < profile->slices ? i : i - 1;
        uint64_t length = profile->times[at + 1] - profile->times[at];
        uint64_t time = profile->sums[at + 1][doing] - profile->sums[at][doing];

        fprintf(draft->rows, "%s,%.12g,%.6g\n", ways[way].key,
                (double)(profile->times[i] - begin) / unit,
                (double)time / (double)length);
    }
}

static const char steps[] =
    "\n"
    "x_words = label_x\n"
    "y_words = label_tasks\n"
    "set yrange [0:*]\n"
    "set autoscale xfix\n"
    "set format x '%g'\n"
    "set offsets 0, 0, graph 0.05, 0\n"
    "inks = '#009E73 #E69F00 #D55E00 #56B4E9'\n"
    "ways = 'running ready blocked sleeping'\n"
    "ink(i) = word(inks, sum [k=1:4] \\\n"
    "    (word(ways, k) eq word(series, i) ? k : 0))\n" DRAFT_KEY
    "of(i) = strcol(1) eq word(series, i) ? column(2) : NaN\n"
    "\n"
    "plot for [i=1:words(series)] raw using (of(i)):(column(col_tasks)) \\\n"
    "    with steps lt i lc rgb ink(i) title key_name(name(i))\n";

// Few enough lines for a drawing in letters, and whole tasks.
static void write_scale(struct drafting *draft, const struct profile *profile)
{
    uint64_t most = 0;

    for (int i = 0; i < profile->slices; i++)
        for (int j = 0; j < WAYS - 1; j++) {
            enum model_doing doing = ways[j].doing;
            uint64_t length = profile->times[i + 1] - profile->times[i];
            uint64_t time =
                profile->sums[i + 1][doing] - profile->sums[i][doing];

            most = time / length > most ? time / length : most;
        }
    if (most > 1)
        fprintf(draft->script, "if (preview) { set ytics %" PRIu64 " }\n",
                most / 4 + 1);
}

static void write_concurrency(struct drafting *draft,
                              const struct profile *profile)
{
    struct draft_unit unit = draft_time(draft);
    bool cpu_is_known = draft->stage->source != 0;
    char key[40];

    draft_text(
        draft, "title",
        cpu_is_known ? "Tasks on average: {running/thousand} running, "
                       "{ready/thousand} ready without a CPU, "
                       "{blocked/thousand} blocked"
                     : "Tasks on average: {running/thousand} not waiting, "
                       "{blocked/thousand} blocked (CPU not recorded)",
        cpu_is_known ? "Tareas en promedio: {running/thousand} en ejecución, "
                       "{ready/thousand} listas sin CPU, {blocked/thousand} "
                       "bloqueadas"
                     : "Tareas en promedio: {running/thousand} sin esperar, "
                       "{blocked/thousand} bloqueadas (CPU sin registrar)");
    draft_text(draft, "tasks", "tasks", "tareas");
    fputs("series,x,tasks\n", draft->rows);
    for (int i = 0; i < WAYS - 1; i++) { // what is not known is not counted
        draft_fact(draft, ways[i].key, average_of(draft, profile, i));
        if (whole_of(profile, i) == 0)
            continue;
        snprintf(key, sizeof key, "series.%s", ways[i].key);
        draft_text(draft, key, words_of(draft->stage, i, false),
                   words_of(draft->stage, i, true));
        write_way(draft, profile, i, unit.size);
    }
    draft_fact(draft, "thousand", 1000);
    write_scale(draft, profile);
    fputs(steps, draft->script);
}

bool draft_concurrency(struct drafting *draft)
{
    struct profile *profile = MUST(calloc(1, sizeof *profile));
    bool lives = false;

    profile->slices = draft_slices(draft->asked);
    for (int i = 0; i <= profile->slices; i++) {
        profile->times[i] = draft_slice(draft->asked, profile->slices, i);
        sum_up(&draft->stage->lanes, profile->times[i], profile->sums[i]);
    }
    for (int i = 0; i < WAYS - 1; i++)
        lives |= whole_of(profile, i) > 0;
    if (lives)
        write_concurrency(draft, profile);
    free(profile);
    return lives || draft_nothing(draft, M("no task lived in this stretch",
                                           "en este tramo no vivió ninguna "
                                           "tarea"));
}
