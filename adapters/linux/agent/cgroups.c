/*
 * The cgroups of a run: directories of our own one in the hierarchy (hierarchy.c), which is bound
 * into the run's tree. One that a run has never reached is as fresh as a new one. Where the machine
 * has no hierarchy for us, they are plain directories.
 */
#include "agent.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>

enum { MOST = 16, BELOW = sizeof(CGROUPS "/") - 1 };

static struct cgroup {
  char name[NAME_MAX + 1];
  int touched;
  int wanted;
} cgroups[MOST];

static uint32_t cgroup_count;
static enum { UNTRIED, THERE, MISSING } hierarchy;
/* Whether the run's tree has them. */
static int in_run;

static int is_root(const char *host) { return strcmp(host, CGROUPS "/") == 0; }

static struct cgroup *cgroup_of(const char *name) {
  for (uint32_t i = 0; i < cgroup_count; i++) {
    if (strcmp(cgroups[i].name, name) == 0) {
      return &cgroups[i];
    }
  }
  return NULL;
}

static const char *path_of(const struct cgroup *cgroup) {
  static char path[BELOW + NAME_MAX + 1];
  snprintf(path, sizeof(path), CGROUPS "/%s", cgroup->name);
  return path;
}

static void make(const char *name) {
  if (cgroup_count == MOST) {
    fail("harness", "more than %d cgroups in a run", MOST);
  }
  struct cgroup *cgroup = &cgroups[cgroup_count];
  *cgroup = (struct cgroup){.wanted = 1};
  strcpy(cgroup->name, name);
  int result = make_cgroup(path_of(cgroup));
  if (result < 0) {
    fail("harness", "cannot make a cgroup (%.40s): %s", name, strerror(-result));
  }
  cgroup_count++;
}

static void make_missing(const char *name) {
  if (cgroup_of(name) == NULL) {
    make(name);
  }
}

static void keep(const char *name) {
  struct cgroup *cgroup = cgroup_of(name);
  if (cgroup != NULL) {
    cgroup->wanted = 1;
  }
}

static const char *name_in(const char *host) {
  static char name[NAME_MAX + 1];
  size_t length = strlen(host) - BELOW - 1;
  const char *slash = strchr(host + BELOW, '/');
  if (slash == NULL || slash[1] != '\0' || length > NAME_MAX) {
    fail("harness", "the tree of the host has a cgroup that is no directory of one level: %.40s", host);
  }
  memcpy(name, host + BELOW, length);
  name[length] = '\0';
  return name;
}

static void for_each_wanted(const struct setup *setup, void (*use)(const char *name)) {
  for (uint32_t i = 0; i < setup->host_count; i++) {
    if (is_cgroup(setup->host[i]) && !is_root(setup->host[i])) {
      use(name_in(setup->host[i]));
    }
  }
}

static void remove_all(int (*is_to_go)(const struct cgroup *)) {
  uint32_t kept = 0;
  for (uint32_t i = 0; i < cgroup_count; i++) {
    int gone = is_to_go(&cgroups[i]) ? remove_cgroup(path_of(&cgroups[i])) : 1;
    if (gone < 0) {
      fail("harness", "cannot remove a cgroup (%.40s): %s", cgroups[i].name, strerror(-gone));
    }
    if (gone > 0) {
      cgroups[kept++] = cgroups[i];
    }
  }
  cgroup_count = kept;
}

static int is_touched(const struct cgroup *cgroup) { return cgroup->touched; }

static int is_unwanted(const struct cgroup *cgroup) { return !cgroup->wanted; }

static int has_root(const struct setup *setup) {
  for (uint32_t i = 0; i < setup->host_count; i++) {
    if (is_root(setup->host[i])) {
      return 1;
    }
  }
  return 0;
}

void ready_cgroups(const struct setup *setup) {
  const char *stage;
  in_run = has_root(setup);
  if (!is_able(TREE)) {
    hierarchy = MISSING;
  }
  if (in_run && hierarchy == UNTRIED) {
    hierarchy = open_hierarchy(&stage) == 0 ? THERE : MISSING;
  }
  in_run = in_run && hierarchy == THERE;
  if (!in_run) {
    return;
  }
  for (uint32_t i = 0; i < cgroup_count; i++) {
    cgroups[i].wanted = 0;
  }
  for_each_wanted(setup, keep);
  /* First, as there is room for those of one run. */
  remove_all(is_unwanted);
  for_each_wanted(setup, make_missing);
}

int is_cgroup(const char *host) { return in_run && strncmp(host, CGROUPS "/", BELOW) == 0; }

/* By a process, in whose working directory its tree begins. */
int bind_cgroups(void) {
  if (!in_run) {
    return 0;
  }
  return mkdir(CGROUPS + 1, 0755) == 0 && mount(CGROUPS, CGROUPS + 1, NULL, MS_BIND, NULL) == 0
             ? 0
             : -errno;
}

static const char *below_root(const struct command *command, int which) {
  const char *path = path_argument(command, which);
  const char *found = path == NULL ? NULL : strstr(path, CGROUPS + 1);
  return found == NULL ? NULL : found + BELOW - 2;
}

/*
 * Makes another way to the cgroups, of which later paths need not tell: a mount, a symbolic link (or
 * the first of several), another name for what is on their way.
 */
static int is_detour(const struct command *command) {
  switch (command->op) {
  case OP_BIND:
  case OP_MOVE:
  case OP_SYMLINK:
  case OP_RENAME:
  case OP_RENAMEAT2:
    return below_root(command, 0) != NULL || below_root(command, 1) != NULL;
  default:
    return 0;
  }
}

/* Where there is no detour, a path that leads to a cgroup has both names in it. */
static int may_reach(const struct command *command, const char *name) {
  const char *below = below_root(command, 0);
  return is_detour(command) || (below != NULL && strstr(below, name) != NULL);
}

void touch_cgroups(const struct command *command) {
  for (uint32_t i = 0; in_run && i < cgroup_count; i++) {
    cgroups[i].touched = cgroups[i].touched || may_reach(command, cgroups[i].name);
  }
}

void end_cgroups(void) { remove_all(is_touched); }
