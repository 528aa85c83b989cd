/*
 * What can be seen of a run: descriptors by asking the processes, paths through the roots of the
 * processes, the content of reachable maps through a descriptor of our own that is closed at once.
 */
#include "agent.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/magic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/vfs.h>
#include <unistd.h>

struct path_seen {
  uint32_t path;
  uint32_t kind; /* as the protocol numbers them */
  uint64_t instance;
  uint64_t object;
};

/* All processes of a namespace see the same. */
struct view {
  uint64_t namespace;
  uint32_t count;
  struct path_seen *seen;
};

enum { DIRECTORY, FIRST_OBJECT };

static uint64_t *reachable;
static uint32_t reachable_count;
static uint32_t reachable_room;

static void *grown(void *memory, uint32_t count, size_t size) {
  memory = realloc(memory, (count + 1) * size);
  if (memory == NULL) {
    fail("harness", "out of memory");
  }
  return memory;
}

static void reach(uint64_t object) {
  for (uint32_t i = 0; i < reachable_count; i++) {
    if (reachable[i] == object) {
      return;
    }
  }
  if (reachable_count == reachable_room) {
    reachable_room = reachable_room * 2 + 64;
    reachable = grown(reachable, reachable_room, sizeof(*reachable));
  }
  reachable[reachable_count++] = object;
  note_object(object);
}

static int is_reachable(uint64_t object) {
  for (uint32_t i = 0; i < reachable_count; i++) {
    if (reachable[i] == object) {
      return 1;
    }
  }
  return 0;
}

/*
 * A path counts if it leads, through symbolic links or not, into a bpffs, to a directory or to a pin
 * that can be opened. Wherever else it leads, nothing is opened there.
 */
static int see_path(const char *path, struct path_seen *seen) {
  struct statfs system;
  struct stat file;
  if (statfs(path, &system) != 0 || (uint32_t)system.f_type != BPF_FS_MAGIC ||
      stat(path, &file) != 0) {
    return 0;
  }
  seen->instance = file.st_dev;
  seen->kind = DIRECTORY;
  seen->object = 0;
  if (S_ISDIR(file.st_mode)) {
    return 1;
  }
  int64_t fd = get_to_look(path);
  if (fd < 0) {
    return 0;
  }
  seen->object = object_behind((int)fd);
  seen->kind = FIRST_OBJECT + kind_of(seen->object);
  close((int)fd);
  return seen->object != 0;
}

static void look(struct view *view, pid_t pid, const struct setup *setup) {
  view->count = 0;
  view->seen = grown(NULL, setup->watch_count, sizeof(*view->seen));
  if (!is_able(TREE) || !is_able(VIEWS)) {
    return;
  }
  int result = look_from(pid);
  if (result != 0) {
    look_from_home();
    if (result == -ENOENT) {
      fail("implementation", "process %d died without being asked to, as /proc shows", pid);
    }
    fail("harness", "cannot take the view of a process: %s", strerror(-result));
  }
  for (uint32_t i = 0; i < setup->watch_count; i++) {
    struct path_seen *seen = &view->seen[view->count];
    if (see_path(setup->watch[i], seen)) {
      seen->path = i;
      view->count++;
    }
  }
  look_from_home();
  for (uint32_t i = 0; i < view->count; i++) {
    if (view->seen[i].kind != DIRECTORY) {
      reach(view->seen[i].object);
    }
  }
}

static struct view *view_of(pid_t pid, const struct setup *setup, struct view **views,
                            uint32_t *count) {
  uint64_t namespace = namespace_of(pid);
  for (uint32_t i = 0; i < *count; i++) {
    if ((*views)[i].namespace == namespace) {
      return &(*views)[i];
    }
  }
  *views = grown(*views, *count, sizeof(**views));
  struct view *view = &(*views)[(*count)++];
  view->namespace = namespace;
  look(view, pid, setup);
  return view;
}

static void put_process(uint32_t pid, const struct view *view) {
  put_number(pid);
  put_number((int64_t)view->namespace);
  ask(pid);
  const struct answer *list = &shared->answer;
  put_number(list->count);
  for (uint32_t i = 0; i < list->count; i++) {
    put_number(list->descriptors[i].fd);
    put_number((int64_t)list->descriptors[i].object);
    reach(list->descriptors[i].object);
  }
  put_number(view->count);
  for (uint32_t i = 0; i < view->count; i++) {
    const struct path_seen *seen = &view->seen[i];
    put_number(seen->path);
    put_number(seen->kind);
    put_number((int64_t)seen->instance);
    put_number((int64_t)seen->object);
  }
}

static void put_values(const int64_t *values, int count) {
  put_number(count);
  for (int i = 0; i < count; i++) {
    put_number(values[i]);
  }
}

static void put_objects(void) {
  const uint64_t *objects;
  uint32_t count = live_objects(&objects);
  put_number(count);
  for (uint32_t i = 0; i < count; i++) {
    int64_t values[CONTENT_KEYS];
    enum holding holding = HOLDS_UNKNOWN;
    if (kind_of(objects[i]) == MAP && is_reachable(objects[i])) {
      holding = read_content(objects[i], values);
    }
    put_number((int64_t)objects[i]);
    put_values(values, holding == HOLDS_WORDS ? CONTENT_KEYS : 0);
    put_values(values, holding == HOLDS_PROGRAMS || holding == HOLDS_MAPS ? CONTENT_KEYS : 0);
  }
}

void put_sight(const struct setup *setup) {
  struct view *views = NULL;
  uint32_t count = 0;
  uint32_t alive = 0;
  reachable_count = 0;
  shared->command.op = OP_LIST;
  for (uint32_t pid = 1; pid <= process_count(); pid++) {
    alive += running(pid) != 0;
  }
  put_number(alive);
  for (uint32_t pid = 1; pid <= process_count(); pid++) {
    if (running(pid) != 0) {
      put_process(pid, view_of(running(pid), setup, &views, &count));
    }
  }
  put_objects();
  for (uint32_t i = 0; i < count; i++) {
    free(views[i].seen);
  }
  free(views);
}
