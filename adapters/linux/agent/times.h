/* Where the time of runs goes; measured always, told if asked for (`--times FILE`, play.c). */
#ifndef TIMES_H
#define TIMES_H

#include "command.h"

/*
 * SPAWN is a run's first process, without the NAMESPACE that it makes and furnishes. Its last processes die
 * in KILL, and with them their namespaces, mounts and pins; TEARDOWN is what is renewed for the next run.
 * WHOLE is all from the request that begins a run, and ends the one before, to its last answer.
 * SETTLE waits for releases, SIGHTS look at everything, LIVENESS asks after each call what is still there.
 */
enum part { NAMESPACE, SPAWN, CALLS, LIVENESS, SIGHTS, SETTLE, KILL, TEARDOWN, WHOLE, PARTS };

/* In nanoseconds, from some moment on. */
uint64_t clock_now(void);
/* What began at `since` is over. */
void count_part(enum part part, uint64_t since);
void count_call(enum operation op, uint64_t since);
/* By the first process of a run, for the supervisor to count. */
void note_namespace(uint64_t since);
void count_start(uint64_t since);
/* From now on times are counted for all processes that are forked. 0, or an error number below 0. */
int share_times(void);
/* Below 0 if it fails. */
int write_times(int fd);

#endif
