/*
 * Tries everything that a run needs once, in this process alone, and prints "ok", "ok without execve
 * for NEED" if this machine lets processes do all but that (NEED: what there is not, a static link or
 * a segment of memory), or "missing STAGE ERROR-NUMBER" for the first thing that is refused.
 */
#include "agent.h"

#include <errno.h>
#include <linux/bpf.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

static void need(const char *stage, int64_t result) {
  if (result < 0) {
    printf("missing %s %lld\n", stage, (long long)-result);
    exit(0);
  }
}

static int64_t next_id(void) {
  union bpf_attr attr = {0};
  int listed = syscall(SYS_bpf, BPF_MAP_GET_NEXT_ID, &attr, sizeof(attr)) == 0 || errno == ENOENT;
  return listed ? 0 : -errno;
}

static int64_t checked(int result) { return result < 0 ? -errno : result; }

void probe(void) {
  const int64_t array[] = {BPF_MAP_TYPE_ARRAY, 4, 4, 1, 0};
  const char *stage = "";
  need("memory", make_buffers());
  need("memory", map_shared());
  need("proc", open_proc());
  need("list", next_id());
  int64_t map = map_create(array);
  need("map", map);
  need("program", prog_load(0, 0));
  int result = enter_home(&stage);
  need(stage, result);
  need("bpffs", checked(mount("bpf", "/run", "bpf", 0, NULL)));
  need("pin", obj_pin("/run/map", (int)map));
  need("pin", obj_get("/run/map"));
  need("info", object_behind((int)map) != 0 ? 0 : -EOPNOTSUPP);
  if (!is_static()) {
    printf("ok without execve for static\n");
  } else {
    printf(can_exec() ? "ok\n" : "ok without execve for segment\n");
  }
}
