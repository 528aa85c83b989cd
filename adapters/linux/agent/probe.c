/*
 * Tries everything that a run needs once, in this process alone, and prints "missing STAGE
 * ERROR-NUMBER" for the first thing that is refused, or "ok" and then, line by line, what some calls
 * need: "without execve static" or "segment" (a static link, a segment of memory), "without network
 * STAGE ERROR-NUMBER", "without cgroups STAGE ERROR-NUMBER", "without users STAGE ERROR-NUMBER".
 */
#include "agent.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/bpf.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

static void need(const char *stage, int64_t result) {
  if (result < 0) {
    printf("missing %s %lld\n", stage, (long long)-result);
    exit(0);
  }
}

static int64_t next_id(void) {
  union bpf_attr attr = {0};
  int64_t result = bpf(BPF_MAP_GET_NEXT_ID, &attr);
  return result == -ENOENT ? 0 : result;
}

static int64_t network(const char **stage) {
  int64_t result = enter_network(stage);
  if (result < 0) {
    return result;
  }
  *stage = "program";
  int64_t program = prog_load(BPF_PROG_TYPE_SCHED_CLS, 0, 0);
  if (program < 0) {
    return program;
  }
  *stage = "filter";
  return try_filter((int)program);
}

static int64_t cgroups(const char **stage) {
  int64_t result = open_hierarchy(stage);
  if (result < 0) {
    return result;
  }
  *stage = "program";
  int64_t program = prog_load(BPF_PROG_TYPE_CGROUP_SKB, 0, 0);
  if (program < 0) {
    return program;
  }
  *stage = "attach";
  int own = open(CGROUPS, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  return own < 0 ? -errno : cgroup_attach(own, (int)program, 0);
}

/* Root may, and so may anybody else: some machines let fewer, or none (user.max_user_namespaces). */
static int64_t users(const char **stage) {
  static const uid_t uids[] = {0, 65534};
  *stage = "unshare";
  for (int i = 0; i < 2; i++) {
    int status = 0;
    pid_t pid = fork();
    if (pid == 0) {
      int made = setresuid(uids[i], uids[i], uids[i]) == 0 && unshare(CLONE_NEWUSER | CLONE_NEWNS) == 0;
      _exit(made ? 0 : errno);
    }
    if (pid < 0 || waitpid(pid, &status, 0) != pid) {
      return -errno;
    }
    if (!WIFEXITED(status) || WEXITSTATUS(status) != 0) {
      return WIFEXITED(status) ? -WEXITSTATUS(status) : -EIO;
    }
  }
  return 0;
}

static void want(const char *what, int64_t (*try_out)(const char **)) {
  const char *stage = "";
  int64_t result = try_out(&stage);
  if (result < 0) {
    printf("without %s %s %lld\n", what, stage, (long long)-result);
  }
}

void probe(void) {
  const int64_t array[] = {BPF_MAP_TYPE_ARRAY, 4, 4, 1, 0, 0};
  const char *stage = "";
  need("memory", make_buffers());
  need("memory", map_shared());
  need("proc", open_proc());
  need("list", next_id());
  int64_t map = map_create(array);
  need("map", map);
  need("program", prog_load(BPF_PROG_TYPE_SOCKET_FILTER, 0, 0));
  int result = enter_home(&stage);
  need(stage, result);
  need("bpffs", answered(mount("bpf", "/run", "bpf", 0, NULL)));
  need("pin", obj_pin(AT_FDCWD, "/run/map", (int)map));
  need("pin", obj_get(AT_FDCWD, "/run/map", 0));
  need("info", object_behind((int)map) != 0 ? 0 : -EOPNOTSUPP);
  printf("ok\n");
  if (!is_static() || !can_exec()) {
    printf("without execve %s\n", is_static() ? "segment" : "static");
  }
  want("network", network);
  want("cgroups", cgroups);
  want("users", users);
  leave_hierarchy();
}
