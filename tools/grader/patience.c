// patience.c - a deadline that does not run while the machine serves others
#include "tools/grader/patience.h"
#include "tools/grader/proc.h"
#include "tools/grader/trial.h"

enum {
    LONGEST = 12,   // times what was allowed
    HARDLY = 20,    // a 20th of what was allowed is enough to judge
    AGAIN_MS = 50,  // at least, before the next look
    QUICK_MS = 100, // who answers so soon has not stood in line
};

struct patience patience_begin(pid_t pid, int64_t allowed_ms)
{
    int64_t now_ms = trial_now_ms();

    return (struct patience){.pid = pid,
                             .allowed_ms = allowed_ms,
                             .began_ms = now_ms,
                             .until_ms = now_ms + allowed_ms,
                             .before = proc_times(pid),
                             .idle_ms = proc_idle_ms()};
}

// At most what has passed; where those who stood in line are dead, nothing.
static int64_t stood_in_line(const struct patience *patience,
                             const struct proc_times *now, int64_t passed_ms)
{
    int64_t delay_ms = now->delay_ms - patience->before.delay_ms;

    if (delay_ms < 0)
        return 0;
    return delay_ms < passed_ms ? delay_ms : passed_ms;
}

int64_t patience_lent_ms(const struct patience *patience)
{
    int64_t passed_ms = trial_now_ms() - patience->began_ms, lent_ms;

    if (passed_ms < QUICK_MS)
        return 0;
    lent_ms = passed_ms - (proc_idle_ms() - patience->idle_ms) -
              (proc_times(patience->pid).cpu_ms - patience->before.cpu_ms);
    return lent_ms > 0 ? lent_ms : 0;
}

bool patience_is_over(struct patience *patience, bool *starved)
{
    int64_t now_ms = trial_now_ms(), passed_ms = now_ms - patience->began_ms;
    int64_t allowed_ms = patience->allowed_ms, had_ms;
    struct proc_times now;

    *starved = false;
    if (now_ms < patience->until_ms)
        return false;
    now = proc_times_below(patience->pid);
    had_ms = passed_ms - stood_in_line(patience, &now, passed_ms);
    if (now.cpu_ms - patience->before.cpu_ms >= allowed_ms ||
        had_ms >= allowed_ms)
        return true;
    *starved = had_ms < allowed_ms / HARDLY;
    if (passed_ms >= LONGEST * allowed_ms)
        return true;
    patience->until_ms =
        now_ms +
        (allowed_ms - had_ms > AGAIN_MS ? allowed_ms - had_ms : AGAIN_MS);
    return false;
}
