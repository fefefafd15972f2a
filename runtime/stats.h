// stats.h - figures from a sample: median, spread, how sure we are of it
//
// Interface: stats_of.
// Threads: no shared state. Ownership: the sample is only read.
#ifndef TELAR_STATS_H
#define TELAR_STATS_H

#include <stdbool.h>
#include <stddef.h>

struct stats {
    size_t count;
    double minimum, maximum;
    double median;
    double quartile_low, quartile_high; // the spread: half of the sample lies
                                        // between them
    double sure_low, sure_high;         // 95 % interval of the median
};

// Quantiles interpolate between neighbours (Hyndman and Fan 1996, definition
// 7). The interval is the percentile bootstrap (Efron and Tibshirani 1993,
// section 13.3) with 2,000 resamples from a fixed seed, so that the same sample
// gives the same figures. Returns false, and leaves *result alone, when count
// is 0, a value is not finite or memory is short.
bool stats_of(const double *sample, size_t count, struct stats *result);

#endif
