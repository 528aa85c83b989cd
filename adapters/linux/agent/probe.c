/*
 * Tries everything that a run needs once, in this process alone, and prints "missing STAGE
 * ERROR-NUMBER" for the first thing without which there is no run at all, or "ok" and then, line by
 * line, what a run has to do without, and why: "without WHAT STAGE ERROR-NUMBER", WHAT being an ability
 * (abilities.h), or what some calls need: permissions (of root), network, cgroups, users. Of execve it is
 * "without execve static" or "segment" (a static link, a segment of memory). "cookies kernel" is no need: the
 * kernel gives no ids (cookies.c); "cookies asked": it does, and they are not used.
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

static int map;

static void need(const char *stage, int64_t result) {
  if (result < 0) {
    printf("missing %s %lld\n", stage, (long long)-result);
    exit(0);
  }
}

/* Where there are none, that is no refusal: maps are known by cookies then (cookies.c). */
static int64_t next_id(void) {
  union bpf_attr attr = {0};
  int64_t result = bpf(BPF_MAP_GET_NEXT_ID, &attr);
  return result == -ENOENT || shared->uses_cookies ? 0 : result;
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

static int64_t ids(const char **stage) {
  *stage = "list";
  return next_id();
}

static int64_t tree(const char **stage) {
  int64_t result = enter_home(stage);
  if (result < 0) {
    return result;
  }
  *stage = "bpffs";
  result = answered(mount("bpf", "/run", "bpf", 0, NULL));
  if (result < 0) {
    return result;
  }
  *stage = "pin";
  result = obj_pin(AT_FDCWD, "/run/map", map);
  return result < 0 ? result : obj_get(AT_FDCWD, "/run/map", 0);
}

static int64_t views(const char **stage) {
  *stage = "chroot";
  return try_view();
}

/* As the user that all files of a run belong to at first. */
static int64_t permissions(const char **stage) {
  const char *missing = missing_capability();
  *stage = geteuid() != 0 ? "user" : missing;
  return *stage != NULL ? -EPERM : 0;
}

/* Returns whether it can be done. */
static int want(const char *what, int64_t (*try_out)(const char **)) {
  const char *stage = "";
  int64_t result = try_out(&stage);
  if (result < 0) {
    printf("without %s %s %lld\n", what, stage, (long long)-result);
  }
  return result >= 0;
}

void probe(void) {
  const int64_t array[] = {BPF_MAP_TYPE_ARRAY, 4, 4, 1, 0, 0};
  need("memory", make_buffers());
  need("memory", map_shared());
  need("files", raise_limit());
  shared->uses_cookies = !has_ids();
  need("proc", open_proc());
  int64_t made = map_create(array);
  need("map", made);
  map = (int)made;
  need("program", prog_load(BPF_PROG_TYPE_SOCKET_FILTER, 0, 0));
  need("info", object_behind(map) != 0 ? 0 : -EOPNOTSUPP);
  printf("ok\n");
  if (shared->uses_cookies) {
    printf("cookies %s\n", has_listing() ? "asked" : "kernel");
  }
  if (!is_static() || !can_exec()) {
    printf("without execve %s\n", is_static() ? "segment" : "static");
  }
  want("ids", ids);
  int has_tree = want("tree", tree);
  want("views", views);
  want("permissions", permissions);
  want("network", network);
  /* In our own tree only: it mounts the hierarchy. */
  if (has_tree) {
    want("cgroups", cgroups);
  }
  want("users", users);
  leave_hierarchy();
}
