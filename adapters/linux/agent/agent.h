/*
 * What the parts of the agent share. The agent is one program with two modes: `probe` says whether
 * this machine lets it work, `supervise` plays runs for the driver that started it (protocol.c).
 *
 * The supervisor talks to the modelled processes through one shared mapping, so that no descriptor
 * of ours has to be open in them: their first descriptor is 3, as the specification says.
 */
#ifndef AGENT_H
#define AGENT_H

#define _GNU_SOURCE
#include <stdint.h>
#include <sys/types.h>

enum {
  MAX_PROCESSES = 4096,
  MAX_DESCRIPTORS = 65536,
  /* The kernel reads no more than 4096 bytes of a path; what is longer is cut here. */
  PATH_ROOM = 8192,
  CONTENT_KEYS = 2,
};

/* In the order of the table in protocol.c. */
enum operation {
  OP_MAP_CREATE,
  OP_MAP_UPDATE,
  OP_MAP_LOOKUP,
  OP_PROG_LOAD,
  OP_OBJ_PIN,
  OP_OBJ_GET,
  OP_CLOSE,
  OP_DUP,
  OP_FORK,
  OP_EXIT,
  OP_KILL,
  OP_MKDIR,
  OP_RMDIR,
  OP_UNLINK,
  OP_MOUNT,
  OP_BIND,
  OP_UMOUNT,
  OP_UNSHARE,
  /* No call of the specification: the process lists the objects behind its descriptors. */
  OP_LIST,
};

/* One call with its arguments, for one process. */
struct command {
  enum operation op;
  int64_t number[4];
  int is_null[2];
  char path[2][PATH_ROOM];
  /* OP_FORK: the number of the child. OP_KILL: the victim as the kernel numbers it. */
  uint32_t child;
  pid_t victim;
};

/* An object behind a descriptor. */
struct descriptor {
  uint32_t fd;
  uint64_t object;
};

struct answer {
  /* A value, or an error number below 0. */
  int64_t result;
  /* What was being done when the start of a run failed. */
  char stage[128];
  /* The object behind the descriptor that the call returned, or 0. */
  uint64_t object;
  uint32_t count;
  struct descriptor descriptors[MAX_DESCRIPTORS];
};

/* Only one process acts at a time, so one command and one answer are enough. */
struct shared {
  pid_t supervisor;
  uint32_t answered;
  uint32_t bell[MAX_PROCESSES + 1];
  struct command command;
  struct answer answer;
};

/* The world in which a run starts. */
struct setup {
  uint32_t descriptors;
  uint32_t host_count;
  char **host;
  uint32_t watch_count;
  char **watch;
};

extern struct shared *shared;

/* protocol.c */
void serve(int input);

/* answer.c */
void answer_to(int fd);
void flush_answers(void);
void put_number(int64_t number);
void end_line(void);
/* Ends everything: the driver is told who is to blame and why, in a sentence. */
__attribute__((noreturn, format(printf, 2, 3))) void fail(const char *blame, const char *why, ...);

/* bpf.c: identities are 2 * id for a map and 2 * id + 1 for a program; 0 is none. */
void make_buffers(void);
int64_t map_create(const int64_t *number);
int64_t map_update(int fd, uint32_t key, uint32_t value, uint64_t flags);
int64_t map_lookup(int fd, uint32_t key);
int64_t prog_load(int has_map, int map_fd);
int64_t obj_pin(const char *path, int fd);
int64_t obj_get(const char *path);
uint64_t object_behind(int fd);
int is_listed(uint64_t object);
/* Values of the keys 0 and 1, or -1 where there is no element; 0 if the map holds other words. */
int read_content(uint64_t map, int64_t *values);

/* calls.c */
int64_t call_kernel(const struct command *command);

/* process.c */
__attribute__((noreturn)) void process_main(const struct setup *setup);
void futex_wait(uint32_t *word, uint32_t value, int ms);
void futex_wake(uint32_t *word);

/* world.c */
int open_proc(void);
int enter_home(const char **stage);
int enter_host_tree(const struct setup *setup);
uint64_t namespace_of(pid_t pid);
int look_from(pid_t pid);
void look_from_home(void);

/* objects.c */
void note_object(uint64_t object);
uint32_t live_objects(const uint64_t **objects);
void forget_run(void);
void wait_for_releases(void);
void wait_for_late_objects(void);

/* run.c */
void run_start(const struct setup *setup);
int64_t run_step(uint32_t pid);
void run_end(void);
void run_abandon(void);
void ask(uint32_t pid);
uint32_t process_count(void);
pid_t running(uint32_t pid);
extern int call_deadline_ms;

/* sight.c */
void put_sight(const struct setup *setup);

/* probe.c */
void probe(void);

#endif
