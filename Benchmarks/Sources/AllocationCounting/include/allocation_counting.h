/* Counts the calls of malloc, calloc, realloc, aligned_alloc and posix_memalign of this process. */
#ifndef ALLOCATION_COUNTING_H
#define ALLOCATION_COUNTING_H

#include <stdint.h>

/* Sets the counters to zero and starts counting, on all threads. */
void allocation_counting_start(void);

/* Stops counting; the number of calls since the start. */
uint64_t allocation_counting_stop(void);

/* The bytes that the calls between the last start and stop asked for. */
uint64_t allocation_counting_bytes(void);

#endif
