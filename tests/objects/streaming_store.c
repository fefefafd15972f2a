// refused: .
#include <emmintrin.h>

void lab(int *anywhere)
{
    _mm_stream_si32(anywhere, 7);
}
