/*
 * The file of times:
 *
 *   part NAME COUNT NANOSECONDS                   of all runs
 *   call NAME COUNT NANOSECONDS COUNT NANOSECONDS of all calls of that name; of those that were long
 *
 * A call that takes more than half a tick of a slow clock (HZ=250) has waited: for a grace period of RCU,
 * in calls on maps of maps. Where a machine is busy with something else, others are long, too.
 */
#include "times.h"
#include "agent.h"

#include <errno.h>
#include <stdio.h>
#include <sys/mman.h>
#include <time.h>

enum { LONG_NS = 2000000 };

struct sum {
  uint64_t count;
  uint64_t ns;
};

struct times {
  struct sum parts[PARTS];
  struct sum calls[OPERATIONS];
  struct sum long_calls[OPERATIONS];
};

static struct times own;
static struct times *times = &own;

static const char *const names[PARTS] = {"namespace", "spawn",  "calls", "liveness",
                                         "sights",    "settle", "kill",  "teardown", "whole"};

uint64_t clock_now(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return (uint64_t)now.tv_sec * 1000000000 + (uint64_t)now.tv_nsec;
}

static void add(struct sum *sum, uint64_t ns) {
  sum->count++;
  sum->ns += ns;
}

void count_part(enum part part, uint64_t since) { add(&times->parts[part], clock_now() - since); }

void count_call(enum operation op, uint64_t since) {
  uint64_t ns = clock_now() - since;
  add(&times->parts[CALLS], ns);
  add(&times->calls[op], ns);
  if (ns >= LONG_NS) {
    add(&times->long_calls[op], ns);
  }
}

void note_namespace(uint64_t since) { shared->namespace_ns = clock_now() - since; }

void count_start(uint64_t since) {
  add(&times->parts[NAMESPACE], shared->namespace_ns);
  add(&times->parts[SPAWN], clock_now() - since - shared->namespace_ns);
}

int share_times(void) {
  void *mapped = mmap(NULL, sizeof(own), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  if (mapped == MAP_FAILED) {
    return -errno;
  }
  times = mapped;
  return 0;
}

static int write_sum(int fd, const char *before, const struct sum *sum) {
  return dprintf(fd, "%s %llu %llu", before, (unsigned long long)sum->count, (unsigned long long)sum->ns);
}

int write_times(int fd) {
  int result = 0;
  for (int i = 0; result >= 0 && i < PARTS; i++) {
    result = dprintf(fd, "part ") < 0 ? -1 : write_sum(fd, names[i], &times->parts[i]);
    result = result < 0 ? result : dprintf(fd, "\n");
  }
  for (int i = 0; result >= 0 && i < OPERATIONS; i++) {
    if (times->calls[i].count > 0) {
      result = dprintf(fd, "call ") < 0 ? -1 : write_sum(fd, name_of((enum operation)i), &times->calls[i]);
      result = result < 0 ? result : write_sum(fd, "", &times->long_calls[i]);
      result = result < 0 ? result : dprintf(fd, "\n");
    }
  }
  return result;
}
