/*
 * Program arrays by id. When the last user of one is gone, work is queued that empties it, and the
 * work holds it. If it is opened by id before the work begins, and closed again, the kernel takes a
 * hold for work that is queued already, and nobody ever lets go of it (prog_array_map_clear, seen on
 * 6.18): the machine would be left with the map. So the work must have begun when a process opens one.
 * Meanwhile we are a user, so that it is not queued again, and see how far it is.
 */
#include "agent.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/bpf.h>
#include <unistd.h>

enum { BLIND_WAIT_US = 5000, PASSES = 3 };

static uint8_t is_array[MAX_MADE + 1];
static int held = -1;

static int may_make_array(const struct command *command) {
  return command->op == OP_BPF || holding_of_type((uint32_t)command->number[0]) == HOLDS_PROGRAMS;
}

/*
 * Of a raw call, it is not looked at which map is made. By the id of what is no map, a map could be
 * opened that others on the machine have.
 */
void note_made(uint32_t number, const struct command *command) {
  is_array[number] = kind_of(shared->made[number]) == MAP && may_make_array(command);
}

/*
 * The kernel refreshes its statistics by work in the same queues, one for each processor, and waits
 * for it: what was queued before has begun, or waits for an earlier run of the same work.
 */
static void wait_for_queues(void) {
  char nothing;
  int fd = open_in_proc("sys/vm/stat_refresh", O_RDONLY);
  if (fd < 0 || read(fd, &nothing, 1) < 0) {
    usleep(BLIND_WAIT_US);
  }
  close(fd);
}

static uint32_t live_programs(void) {
  const uint64_t *objects;
  uint32_t count = live_objects(&objects);
  uint32_t programs = 0;
  for (uint32_t i = 0; i < count; i++) {
    programs += kind_of(objects[i]) == PROGRAM;
  }
  return programs;
}

/*
 * To empty slot 0 takes a grace period for each program that calls what is in it. To delete what is
 * not there changes nothing, but waits for that; except that a frozen map refuses (-EPERM).
 */
static int64_t wait_for_earlier_work(void) {
  const uint32_t slot = 0;
  return map_lookup(held, &slot) == -ENOENT ? map_delete(held, &slot) : 0;
}

static void wait_for_programs(void) {
  for (uint32_t rounds = live_programs() + 1; rounds > 0; rounds--) {
    wait_for_grace_period();
  }
}

void hold_array(int64_t number) {
  if (number < 1 || number > shared->made_count || !is_array[number]) {
    return;
  }
  union bpf_attr attr = {0};
  attr.map_id = id_of(shared->made[number]);
  held = (int)bpf(BPF_MAP_GET_FD_BY_ID, &attr);
  for (int pass = 0; held >= 0 && pass < PASSES; pass++) {
    wait_for_queues();
    if (wait_for_earlier_work() == -EPERM && pass == 0) {
      wait_for_programs();
    }
  }
}

void let_array_go(void) {
  if (held >= 0) {
    close(held);
    held = -1;
  }
}
