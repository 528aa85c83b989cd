/* The objects that runs have made, and waiting for those that the kernel releases late. */
#include "agent.h"

#include <linux/membarrier.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

enum { LATE_SECONDS = 6, PRUNE_EVERY = 32, FEW = 64, QUIET_ROUNDS = 2, MOST_ROUNDS = 12 };

enum { TURN_US = 200, REMEMBERED = 4096 };

struct objects {
  uint64_t *list;
  uint32_t count;
  uint32_t room;
};

/* Ascending. An object that is no longer listed never comes back and is dropped. */
static struct objects current;
/* Objects of ended runs that were still listed when these ended. */
static struct objects late;
/* Whether in the current run a release may lead to others, of which each takes time of its own. */
static int has_chains;

/* The last that were seen to be gone, and when; the oldest is forgotten first. */
static struct {
  uint64_t object;
  uint64_t ns;
} gone[REMEMBERED];
static uint32_t gone_count;

static void note_gone(uint64_t object) {
  uint32_t at = gone_count++ % REMEMBERED;
  gone[at].object = object;
  gone[at].ns = clock_now();
}

uint64_t gone_since(uint64_t object) {
  for (uint32_t i = 0; i < REMEMBERED && i < gone_count; i++) {
    if (gone[i].object == object) {
      return gone[i].ns;
    }
  }
  return 0;
}

static void add(struct objects *objects, uint64_t object) {
  if (objects->count == objects->room) {
    objects->room = objects->room * 2 + 64;
    objects->list = realloc(objects->list, objects->room * sizeof(*objects->list));
    if (objects->list == NULL) {
      fail("harness", "out of memory");
    }
  }
  uint32_t at = objects->count++;
  for (; at > 0 && objects->list[at - 1] > object; at--) {
    objects->list[at] = objects->list[at - 1];
  }
  objects->list[at] = object;
}

static void drop_gone(struct objects *objects) {
  uint32_t kept = 0;
  for (uint32_t i = 0; i < objects->count; i++) {
    if (is_listed(objects->list[i])) {
      objects->list[kept++] = objects->list[i];
    } else {
      note_gone(objects->list[i]);
    }
  }
  objects->count = kept;
}

void note_object(uint64_t object) {
  if (!is_able(IDS)) {
    return;
  }
  for (uint32_t i = 0; i < current.count; i++) {
    if (current.list[i] == object) {
      return;
    }
  }
  add(&current, object);
}

uint32_t live_objects(const uint64_t **objects) {
  drop_gone(&current);
  *objects = current.list;
  return current.count;
}

void expect_chains(void) { has_chains = 1; }

void forget_broken_run(void) {
  has_chains = 0;
  drop_gone(&current);
  for (uint32_t i = 0; i < current.count; i++) {
    add(&late, current.list[i]);
  }
  current.count = 0;
}

void forget_run(void) {
  static uint32_t runs;
  if (has_chains) {
    collect_cycles();
  }
  forget_broken_run();
  /* Soon, so that it is known when they went; but many of them would take longer than a run. */
  if (++runs % PRUNE_EVERY == 0 || late.count <= FEW) {
    drop_gone(&late);
  }
}

static void sleep_ms(long ms) {
  struct timespec time = {0, ms * 1000000};
  nanosleep(&time, NULL);
}

void wait_for_grace_period(void) {
  if (syscall(SYS_membarrier, MEMBARRIER_CMD_GLOBAL, 0, 0) != 0) {
    sleep_ms(50);
  }
}

/*
 * A map that a program used is released by a callback of RCU and a workqueue. Merely sleeping may
 * take seconds on a busy machine; after two grace periods and a turn for the workqueue there is seldom more
 * to wait for, and who has to know asks again.
 */
static void wait_for_releases(void) {
  collect_cycles();
  sleep_ms(1);
  wait_for_grace_period();
  wait_for_grace_period();
  usleep(TURN_US);
}

/*
 * A collected socket lets a program go, which lets a map go, which lets programs go: each link of
 * such a chain takes a wait of its own, and is over when objects have stopped to vanish.
 */
void settle_objects(void) {
  wait_for_releases();
  drop_gone(&current);
  uint32_t before = current.count;
  for (int round = 0, quiet = 0; has_chains && quiet < QUIET_ROUNDS && round < MOST_ROUNDS; round++) {
    wait_for_releases();
    drop_gone(&current);
    quiet = current.count == before ? quiet + 1 : 0;
    before = current.count;
  }
  drop_gone(&late);
}

static int is_any_listed(const uint64_t *objects, uint32_t count) {
  for (uint32_t i = 0; i < count; i++) {
    if (objects[i] != 0 && is_listed(objects[i])) {
      return 1;
    }
  }
  return 0;
}

/* A workqueue has its turn once a grace period is over. */
void settle_until_gone(const uint64_t *objects, uint32_t count) {
  int round = 0;
  collect_cycles();
  for (; round < MOST_ROUNDS && is_any_listed(objects, count); round++) {
    wait_for_grace_period();
    usleep(TURN_US);
    collect_cycles();
  }
  if (round == MOST_ROUNDS) {
    settle_objects();
  }
  drop_gone(&current);
  drop_gone(&late);
}

uint32_t late_objects(const uint64_t **objects) {
  *objects = late.list;
  return late.count;
}

/* Called at the end, so that nothing is left behind; gives up after some seconds. Returns what is left. */
uint32_t wait_for_late_objects(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  time_t end = now.tv_sec + LATE_SECONDS;
  drop_gone(&late);
  while (late.count > 0 && now.tv_sec <= end) {
    wait_for_releases();
    drop_gone(&late);
    clock_gettime(CLOCK_MONOTONIC, &now);
  }
  return late.count;
}
