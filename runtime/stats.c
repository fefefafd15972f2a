// stats.c - figures from a sample: median, spread, how sure we are of it
#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "runtime/stats.h"

#define RESAMPLES 2000

static int compare(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;

    return (x > y) - (x < y);
}

static double quantile(const double *sorted, size_t count, double share)
{
    double place = share * (double)(count - 1);
    size_t below = (size_t)place;
    double part = place - (double)below;

    if (below + 1 == count)
        return sorted[below];
    return sorted[below] + part * (sorted[below + 1] - sorted[below]);
}

// splitmix64 (Steele, Lea and Flood 2014, figure 16).
static uint64_t next_random(uint64_t *state)
{
    uint64_t z = *state += 0x9e3779b97f4a7c15;

    z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9;
    z = (z ^ z >> 27) * 0x94d049bb133111eb;
    return z ^ z >> 31;
}

static double resampled_median(const double *sorted, double *scratch,
                               size_t count, uint64_t *state)
{
    for (size_t i = 0; i < count; i++)
        scratch[i] = sorted[next_random(state) % count];
    qsort(scratch, count, sizeof *scratch, compare);
    return quantile(scratch, count, 0.5);
}

static void bootstrap(const double *sorted, double *scratch, double *medians,
                      struct stats *result)
{
    uint64_t state = 1;

    for (int i = 0; i < RESAMPLES; i++)
        medians[i] = resampled_median(sorted, scratch, result->count, &state);
    qsort(medians, RESAMPLES, sizeof *medians, compare);
    result->sure_low = quantile(medians, RESAMPLES, 0.025);
    result->sure_high = quantile(medians, RESAMPLES, 0.975);
}

static bool all_finite(const double *sample, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (!isfinite(sample[i]))
            return false;
    return true;
}

bool stats_of(const double *sample, size_t count, struct stats *result)
{
    double *sorted, *scratch, *medians;

    if (count == 0 || count > SIZE_MAX / sizeof *sample / 2 - RESAMPLES ||
        !all_finite(sample, count))
        return false;
    sorted = malloc((2 * count + RESAMPLES) * sizeof *sorted);
    if (!sorted)
        return false;
    scratch = sorted + count;
    medians = scratch + count;
    memcpy(sorted, sample, count * sizeof *sample);
    qsort(sorted, count, sizeof *sorted, compare);
    result->count = count;
    result->minimum = sorted[0];
    result->maximum = sorted[count - 1];
    result->median = quantile(sorted, count, 0.5);
    result->quartile_low = quantile(sorted, count, 0.25);
    result->quartile_high = quantile(sorted, count, 0.75);
    bootstrap(sorted, scratch, medians, result);
    free(sorted);
    return true;
}
