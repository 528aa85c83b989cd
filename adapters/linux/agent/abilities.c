/* What is asked of a run that has to do without something is refused here, before it is made. */
#include "agent.h"

#include <linux/capability.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

static const char *const names[ABILITIES] = {"ids", "tree", "views"};
static int is_lacking[ABILITIES];

void do_without(const char *name) {
  for (int i = 0; i < ABILITIES; i++) {
    if (strcmp(names[i], name) == 0) {
      is_lacking[i] = 1;
      return;
    }
  }
  fail("harness", "the agent does not know what it is to do without: %.40s", name);
}

int is_able(enum ability ability) { return !is_lacking[ability]; }

static int takes_ids(enum operation op) {
  switch (op) {
  case OP_MAP_BY_ID:
  case OP_PROG_BY_ID:
  case OP_LINK_BY_ID:
  case OP_MAP_NEXT_ID:
  case OP_PROG_NEXT_ID:
  case OP_LINK_NEXT_ID:
  case OP_BPF: /* any command */
    return 1;
  default:
    return 0;
  }
}

static int takes_tree(const struct command *command) {
  switch (command->op) {
  case OP_BPF:
  case OP_EXECVE:
  case OP_FCHDIR:
  case OP_UNSHARE:
  case OP_UNSHARE_USER:
  case OP_OPEN_NAMESPACE:
  case OP_SETNS:
    return 1;
  default:
    return command->path_count > 0;
  }
}

void require_abilities(const struct command *command) {
  if (!is_able(TREE) && takes_tree(command)) {
    fail("harness", "this run has no tree of its own (see `agent probe`)");
  }
  if (!is_able(IDS) && takes_ids(command->op)) {
    fail("harness", "this run may not ask for objects by id (see `agent probe`)");
  }
}

static const struct {
  int number;
  const char *name;
} needed[] = {
    {CAP_CHOWN, "CAP_CHOWN"},
    {CAP_DAC_OVERRIDE, "CAP_DAC_OVERRIDE"},
    {CAP_DAC_READ_SEARCH, "CAP_DAC_READ_SEARCH"},
    {CAP_FOWNER, "CAP_FOWNER"},
    {CAP_KILL, "CAP_KILL"},
    {CAP_SETGID, "CAP_SETGID"},
    {CAP_SETUID, "CAP_SETUID"},
    {CAP_MKNOD, "CAP_MKNOD"},
};

const char *missing_capability(void) {
  struct __user_cap_header_struct header = {.version = _LINUX_CAPABILITY_VERSION_3};
  struct __user_cap_data_struct data[_LINUX_CAPABILITY_U32S_3] = {0};
  syscall(SYS_capget, &header, data);
  for (unsigned i = 0; i < sizeof(needed) / sizeof(needed[0]); i++) {
    /* All of these are in the first word. */
    if ((data[0].effective & (1u << needed[i].number)) == 0) {
      return needed[i].name;
    }
  }
  return NULL;
}
