/*
 * Tests of the agent's own parts, without a driver. Each case runs in a process of its own, because the
 * agent's way to refuse something is to say so and end; each prints "ok NAME" or "not ok NAME: WHY".
 */
#ifndef TEST_H
#define TEST_H

#include "../agent.h"

/* How a case ended: what it said to its driver, and its exit status, or 256 and the signal. */
struct ending {
  int status;
  char said[8192];
};

struct ending end_of(void (*body)(void));

/* In a case: ends it with 1 if this does not hold, and says where. */
#define EXPECT(holds) expect((holds) != 0, #holds, __LINE__)
void expect(int holds, const char *what, int line);

/* A case that must come to its end. */
void passes(const char *name, void (*body)(void));
/* A case that must be refused by exactly one sentence of the harness, which has these words. */
void refuses(const char *name, void (*body)(void), const char *words);
/* As passes, and it must have said this, and nothing else. */
void says(const char *name, void (*body)(void), const char *said);

#endif
