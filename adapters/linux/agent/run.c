/* The life of a run: its processes, numbered by creation, and the steps they make. */
#include "agent.h"

#include <errno.h>
#include <linux/bpf.h>
#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

enum { ABANDON_MS = 1000 };

static uint32_t last;

uint32_t process_count(void) { return last; }

pid_t running(uint32_t pid) { return pid >= 1 && pid <= last ? shared->pids[pid] : 0; }

void run_start(const struct setup *setup) {
  uint64_t since = clock_now();
  shared->answered = 0;
  shared->limit = setup->descriptors;
  shared->highest = 2;
  shared->made_count = 0;
  last = 1;
  ready_cgroups(setup);
  pid_t pid = fork();
  if (pid == 0) {
    process_main(setup);
  }
  if (pid < 0) {
    fail("harness", "cannot fork: %s", strerror(errno));
  }
  shared->pids[1] = pid;
  await_answer(1);
  if (shared->answer.result < 0) {
    fail("harness", "cannot start a run: %s: %s", shared->answer.stage,
         strerror((int)-shared->answer.result));
  }
  shared->answer.stage[0] = '\0';
  count_start(since);
}

static int64_t fork_step(uint32_t pid) {
  if (last == MAX_PROCESSES) {
    fail("harness", "more than %d processes in a run", MAX_PROCESSES);
  }
  uint32_t child = last + 1;
  shared->command.child = child;
  ask(pid);
  if (shared->answer.result < 0) {
    return shared->answer.result;
  }
  last = child;
  shared->pids[child] = (pid_t)shared->answer.result;
  return child;
}

static int64_t exec_step(uint32_t pid) {
  place_program(shared->pids[pid]);
  ask(pid);
  remove_program(shared->pids[pid]);
  return shared->answer.result;
}

/* 0 for who does not run. */
static pid_t running_pid(int64_t pid) {
  return pid < 1 || pid > last ? 0 : shared->pids[pid];
}

static int64_t kill_step(uint32_t pid) {
  int64_t victim = shared->command.number[0];
  if (victim < 1 || victim > last || shared->pids[victim] == 0) {
    return -ESRCH;
  }
  shared->command.victim = shared->pids[victim];
  if (victim == pid) {
    ring(pid);
    reap(pid);
    return 0;
  }
  ask(pid);
  if (shared->answer.result == 0) {
    reap((uint32_t)victim);
  }
  return shared->answer.result;
}

/* Plays the command in the shared mapping. A step of a process that does not run is ESRCH. */
int64_t run_step(uint32_t pid) {
  shared->answer.object = 0;
  shared->answer.details = 0;
  if (running(pid) == 0) {
    return -ESRCH;
  }
  require_abilities(&shared->command);
  switch (shared->command.op) {
  case OP_FORK:
  case OP_CLONE:
    return fork_step(pid);
  case OP_EXECVE:
    return exec_step(pid);
  case OP_KILL:
    return kill_step(pid);
  case OP_EXIT:
    ring(pid);
    reap(pid);
    return 0;
  case OP_OPEN_NAMESPACE:
    shared->command.victim = running_pid(shared->command.number[0]);
    break;
  case OP_BIND_NAMESPACE:
    shared->command.victim = running_pid(shared->command.number[0]);
    touch_cgroups(&shared->command);
    break;
  case OP_SOCKETPAIR:
    expect_chains();
    start_janitor();
    break;
  case OP_OPEN:
  case OP_RMDIR:
  case OP_BIND:
  case OP_MOVE:
  case OP_SYMLINK:
  case OP_RENAME:
  case OP_RENAMEAT2:
    touch_cgroups(&shared->command);
    break;
  case OP_NEW_FILTER:
  case OP_DEL_FILTER:
  case OP_DEL_QDISC:
    expect_chains();
    touch_network();
    break;
  case OP_PROG_ATTACH:
  case OP_LINK_CREATE:
    expect_chains();
    break;
  case OP_MAP_BY_ID:
    hold_array(shared->command.number[0]);
    break;
  case OP_BPF: /* whatever it may be that is made */
    if (shared->command.number[0] == BPF_MAP_CREATE) {
      expect_chains();
    }
    break;
  case OP_MAP_CREATE:
    if (holding_of_type((uint32_t)shared->command.number[0]) != HOLDS_WORDS) {
      expect_chains();
    }
    break;
  default:
    break;
  }
  ask(pid);
  let_array_go();
  number_object();
  if (shared->answer.object != 0) {
    note_object(shared->answer.object);
  }
  return shared->answer.result;
}

/* The run's namespaces, mounts and pins die with its last process. */
void run_end(void) {
  uint64_t since = clock_now();
  for (uint32_t i = 1; i <= last; i++) {
    if (shared->pids[i] != 0) {
      kill(shared->pids[i], SIGKILL);
    }
  }
  for (uint32_t i = 1; i <= last; i++) {
    if (shared->pids[i] != 0) {
      reap(i);
    }
  }
  count_part(KILL, since);
  since = clock_now();
  end_cgroups();
  end_network();
  memset(shared->bell, 0, (last + 1) * sizeof(shared->bell[0]));
  forget_run();
  last = 0;
  count_part(TEARDOWN, since);
}

/* For the way out after a failure: a process that hangs in the kernel must not hang us too. */
void run_abandon(void) {
  for (uint32_t i = 1; i <= last; i++) {
    if (shared->pids[i] != 0) {
      kill(shared->pids[i], SIGKILL);
    }
  }
  end_janitor();
  leave_hierarchy();
  for (int i = 0; i < ABANDON_MS && waitpid(-1, NULL, WNOHANG) >= 0; i++) {
    usleep(1000);
  }
  try_to_collect_cycles();
}
