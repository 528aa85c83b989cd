/*
 * Objects by id. A run counts the objects that it makes from 1, of all kinds together; the
 * kernel counts each kind for itself, whoever on the machine makes them. The supervisor fills the
 * table that the modelled processes translate with, since they make the calls.
 */
#include "agent.h"

#include <linux/bpf.h>

static int makes_object(const struct command *command) {
  switch (command->op) {
  case OP_MAP_CREATE:
  case OP_PROG_LOAD:
  case OP_LINK_CREATE:
    return 1;
  case OP_BPF:
    return command->number[0] == BPF_MAP_CREATE || command->number[0] == BPF_PROG_LOAD;
  default:
    return 0;
  }
}

void number_object(void) {
  if (!makes_object(&shared->command) || shared->answer.result < 0) {
    return;
  }
  if (shared->made_count == MAX_MADE) {
    fail("harness", "more than %d objects in a run", MAX_MADE);
  }
  shared->made[++shared->made_count] = shared->answer.object;
  note_made(shared->made_count, &shared->command);
}

uint64_t object_numbered(int64_t number) {
  return number >= 1 && number <= shared->made_count ? shared->made[number] : 0;
}

static int is_made(enum kind kind, uint32_t number) {
  uint64_t object = shared->made[number];
  return object != 0 && kind_of(object) == kind;
}

/* 0, which no object has, for what the run did not make. */
static uint32_t id_numbered(enum kind kind, int64_t number) {
  int known = number >= 1 && number <= shared->made_count && is_made(kind, (uint32_t)number);
  return known ? id_of(shared->made[number]) : 0;
}

/* Of the last one of the kind that the run made up to this number; 0 if there is none. */
static uint32_t id_up_to(enum kind kind, int64_t number) {
  for (int64_t i = number < shared->made_count ? number : shared->made_count; i >= 1; i--) {
    if (is_made(kind, (uint32_t)i)) {
      return id_of(shared->made[i]);
    }
  }
  return 0;
}

/* 0 for an object that is not of the run. */
static uint32_t number_of(enum kind kind, uint32_t id) {
  for (uint32_t i = 1; i <= shared->made_count; i++) {
    if (shared->made[i] == identity(kind, id)) {
      return i;
    }
  }
  return 0;
}

static int64_t open_by_id(enum kind kind, int64_t number, uint32_t flags) {
  static const int commands[] = {BPF_MAP_GET_FD_BY_ID, BPF_PROG_GET_FD_BY_ID, LINK_BY_ID};
  union bpf_attr attr = {0};
  attr.map_id = id_numbered(kind, number);
  attr.open_flags = flags;
  return bpf(commands[kind], &attr);
}

/* Ids grow in the order of creation. What others on the machine have made is passed over. */
static int64_t next_of_run(enum kind kind, int64_t number) {
  static const int commands[] = {BPF_MAP_GET_NEXT_ID, BPF_PROG_GET_NEXT_ID, LINK_NEXT_ID};
  union bpf_attr attr = {0};
  uint32_t found = 0;
  attr.next_id = id_up_to(kind, number);
  while (found == 0) {
    attr.start_id = attr.next_id;
    int64_t result = bpf(commands[kind], &attr);
    if (result < 0) {
      return result;
    }
    found = number_of(kind, attr.next_id);
  }
  return found;
}

int64_t call_by_id(const struct command *command) {
  int64_t number = command->number[0];
  uint32_t flags = (uint32_t)command->number[1];
  switch (command->op) {
  case OP_MAP_BY_ID:
    return open_by_id(MAP, number, flags);
  case OP_PROG_BY_ID:
    return open_by_id(PROGRAM, number, flags);
  case OP_LINK_BY_ID:
    return open_by_id(LINK, number, flags);
  case OP_MAP_NEXT_ID:
    return next_of_run(MAP, number);
  case OP_PROG_NEXT_ID:
    return next_of_run(PROGRAM, number);
  default:
    return next_of_run(LINK, number);
  }
}
