/*
 * What the parts of the agent share. The agent is one program with three modes: `probe` says whether
 * this machine lets it work, `supervise` plays runs for the driver that started it (protocol.c),
 * `--play` those of a file, alone (play.c). A modelled process that execs is started in a fourth,
 * `resume`.
 *
 * The supervisor talks to the modelled processes through one shared mapping, so that no descriptor
 * of ours has to be open in them: their first descriptor is 3, as the specification says.
 */
#ifndef AGENT_H
#define AGENT_H

#define _GNU_SOURCE
#include "abilities.h"
#include "bpf.h"
#include "targets.h"
#include "times.h"

enum {
  MAX_PROCESSES = 4096,
  MAX_DESCRIPTORS = 65536,
  MAX_MADE = 65535, /* an id in a call ends there */
  CONTENT_KEYS = 2,
  MESSAGE_FDS = 2,
  LISTING_ROOM = 1 << 18,
};

/* An object behind a descriptor. */
struct descriptor {
  uint32_t fd;
  uint64_t object;
};

struct answer {
  /* A value, or an error number below 0. */
  int64_t result;
  /* What failed of our own, and not of a call; else "" once a run has started. */
  char stage[128];
  /* The object behind the descriptor that the call returned, or 0. */
  uint64_t object;
  /* What more the call returned; see protocol.c. */
  uint32_t details;
  int64_t detail[MESSAGE_FDS + 2];
  /* Of OP_READDIR, in the place of these: names, each with a NUL behind it. */
  char listing[LISTING_ROOM];
  uint32_t count;
  struct descriptor descriptors[MAX_DESCRIPTORS];
};

/* Only one process acts at a time, so one command and one answer are enough. */
struct shared {
  pid_t supervisor;
  /* Whether maps are known by cookies, and the last one that was given (cookies.c). */
  int uses_cookies;
  uint32_t last_cookie;
  /* Of the run: the limit of descriptors, and the highest at which a call has put an object. */
  uint32_t limit;
  int64_t highest;
  /* How long it took to make its first namespace (times.c). */
  uint64_t namespace_ns;
  /* Of the run: what it has made, from 1, in order (ids.c). */
  uint32_t made_count;
  uint64_t made[MAX_MADE + 1];
  /* What the kernel calls process i, or 0 when it does not run. */
  pid_t pids[MAX_PROCESSES + 1];
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

/* How a supervisor exits that has failed: who is to blame. */
enum { FAILED_THERE = 1, FAILED_HERE = 3 };

/* supervisor.c: returns where the requests are read. `lacking`: abilities that there are not, and NULL. */
int start_supervisor(pid_t parent, int answers, int call_ms, char **lacking);

/* protocol.c */
void serve(int input);
void serve_line(char *line, size_t length);

/* plan.c */
struct plan {
  /* The lines that go into the answers as they are. */
  const char *head;
  size_t head_length;
  uint32_t runs;
  /* Where each run begins, and behind the last one the end. */
  const char **run;
};
/* NULL, or what is wrong with the file, as a sentence. */
const char *read_plan(const char *file, struct plan *plan);

/* How far a child has come, in memory that it shares with who watches it. */
struct progress {
  uint32_t run;
  uint32_t requests;
};

/* play.c: returns what the program exits with. */
int play(char **arguments);
/* 0 once `pid` has ended; -1 if it was killed, because `progress` stood still. */
int watch(pid_t pid, const struct progress *progress, int *status);

/* machine.c */
/* What the probe says, line by line, into `said`; it is killed if it takes too long. */
int64_t ask_probe(char *said, size_t room);
/* What a plan takes and the probe was refused, by which error; NULL if nothing was. */
const char *refused_to_play(const char *said, int *error);
/* What who plays a plan can do about such an error, behind the sentence that tells of it. */
const char *mend_of(int error);
/* Writes the first lines of the answers; below 0 if that fails. */
int put_head(int output, const struct plan *plan, const char *lacks);

/* player.c */
/* Plays all runs and waits for what they leave; exits with what a supervisor exits with. */
__attribute__((noreturn)) void play_runs(const struct plan *plan, uint32_t from, const char *lacks,
                                         struct progress *progress);

/* place.c */
/* Opens /dev/null, or a device of that kind that is made. */
int null_device(void);
/* Sees to it that there are /proc and a null device. 0, or an error number below 0. */
int find_place(const char **stage);
/* The standard descriptors: the first process of a machine may have been given none. */
void open_standard(void);
void leave_place(void);

/* requests.c */
void begin_line(char *line);
char *next_field(void);
/* Refuses what follows the last field. */
void end_request(void);
int64_t to_number(const char *field);
int64_t next_number(void);
uint32_t next_count(uint32_t most);
/* Frees the old ones. */
char **next_paths(char **old, uint32_t old_count, uint32_t *count);
/* Returns 0 for a NULL pointer ("-"). What does not fit is cut: the kernel would not read it. */
int read_path(const char *field, char *path, size_t room);
void read_call(struct command *command);
const char *name_of(enum operation op);

/* fields.c: of OP_BPF. */
void read_fields(struct command *command);

/* answer.c */
void answer_to(int fd);
void flush_answers(void);
/* Those that have waited for long. */
void tell_in_time(void);
void put_number(int64_t number);
void put_text(const char *text);
/* Where a failure of ours is told besides. */
void complain_to(int fd);
/* Behind a failure of the implementation, once its run is over. */
void tell_after_failure(void (*words)(void));
void end_line(void);
/* Ends everything: the driver is told who is to blame and why, in a sentence. */
__attribute__((noreturn, format(printf, 2, 3))) void fail(const char *blame, const char *why, ...);

/* info.c: identities are 4 * id + kind; 0 is none. */
enum kind { MAP, PROGRAM, LINK, OTHER };
uint64_t identity(enum kind kind, uint32_t id);
enum kind kind_of(uint64_t object);
uint32_t id_of(uint64_t object);
uint64_t object_behind(int fd);
/* Of a descriptor of which something is told. */
enum kind kind_behind(int fd);
int64_t obj_info(int fd, struct answer *answer);
int is_listed(uint64_t object);

/* ids.c */
/* Gives the object that a call has just made its number in the run; by the supervisor. */
void number_object(void);
/* 0 for a number that the run has given to none. */
uint64_t object_numbered(int64_t number);
int64_t call_by_id(const struct command *command);

/* arrays.c: by the supervisor. */
/* What the command has made has got this number in the run. */
void note_made(uint32_t number, const struct command *command);
/* Around a call that opens the object of this number in the run by id. */
void hold_array(int64_t number);
void let_array_go(void);

/* contents.c */
enum holding { HOLDS_UNKNOWN, HOLDS_WORDS, HOLDS_PROGRAMS, HOLDS_MAPS };
/* What a map of this type holds; of the map behind a descriptor (unknown: it is no map). */
enum holding holding_of_type(uint32_t type);
enum holding holding_behind(int fd);
/*
 * For the keys 0 and 1, values, or -1 where there is no element; or, of a map that holds objects,
 * these, or 0 where there is none. Unknown if the map has other words.
 */
enum holding read_content(uint64_t map, int64_t *values);

/* programs.c */
int64_t prog_load(uint32_t type, int has_map, int map_fd);
int64_t prog_run(int fd);

/* messages.c */
int64_t socket_pair(struct answer *answer);
int64_t send_message(int fd, const int64_t *fds, uint32_t count);
int64_t receive_message(int fd, uint32_t room, int flags, struct answer *answer);
int64_t attach_program(int fd, int prog_fd);
int64_t detach_filter(int fd);

/* names.c */
int64_t call_name(const struct command *command, struct answer *answer);

/* listing.c */
int64_t list_directory(const char *path, struct answer *answer);
/* permissions.c */
int64_t call_permission(const struct command *command, struct answer *answer);

/* calls.c */
/* What a system call returned: a value, or an error number below 0. */
int64_t answered(long result);
/* proc.c: a /proc for the length of a call, whose paths lead to open files by it. */
int leads_through_proc(const struct command *command);
/* 0, or -1 with errno. */
int show_proc(void);
void hide_proc(void);
int64_t open_namespace(pid_t pid);
int64_t bind_namespace(pid_t pid, const char *target);

/* A path of a command: NULL where that is meant. */
const char *path_argument(const struct command *command, int which);
int64_t call_kernel(const struct command *command, struct answer *answer);
/* The descriptor that the call returned and whose object is told, or -1. */
int64_t returned_descriptor(const struct command *command, int64_t result);

/* process.c */
__attribute__((noreturn)) void process_main(const struct setup *setup);
/* Asked for anew after what clears it; the supervisor may already have died. */
void die_with_supervisor(void);
/* The supervisor will say that the process cannot do this, which is no answer to a call. */
int64_t lack(const char *what, int64_t error);
/* Process `number` goes on, after an exec, with 0 or what it lacks. */
__attribute__((noreturn)) void process_resume(uint32_t number, int64_t result);
/* A call has put an object there. What is behind the ends of a pipe or a socket is none. */
void note_descriptor(int64_t fd);
int close_from(unsigned first);
void futex_wait(uint32_t *word, uint32_t value, int ms);
void futex_wake(uint32_t *word);

/* exec.c */
int map_shared(void);
int is_static(void);
int can_exec(void);
void leave_shared(void);
int is_shared(void);
void keep_program(void);
/* Around an exec of the process, by the supervisor. */
void place_program(pid_t pid);
void remove_program(pid_t pid);
int64_t exec_program(uint32_t number);
__attribute__((noreturn)) void resume(int segment, uint32_t number);

/* cycles.c */
void collect_cycles(void);
/* 0, or an error number below 0. */
int try_to_collect_cycles(void);
void start_janitor(void);
void end_janitor(void);

/* world.c */
/* 0, or an error number below 0 if the limit of open files stays too low for us. */
int raise_limit(void);
int open_proc(void);
int open_high(const char *path, int flags);
int open_in_proc(const char *path, int flags);
/*
 * Nothing that is mounted from now on shows in another namespace. Out of a chroot, the root is that of
 * the namespace then.
 */
int make_private(void);
struct stat;
int stat_in_proc(const char *path, struct stat *found);
ssize_t readlink_in_proc(const char *path, char *into, size_t size);
int open_root_of(pid_t pid);
int enter_home(const char **stage);
/* 0, or an error number below 0. */
int try_view(void);
int enter_host_tree(const struct setup *setup);
uint64_t namespace_of(pid_t pid);
int look_from(pid_t pid);
void look_from_home(void);

/* objects.c */
void note_object(uint64_t object);
uint32_t live_objects(const uint64_t **objects);
/* When it was seen to be gone (clock_now); 0 if it was not, or too long ago. */
uint64_t gone_since(uint64_t object);
/* A step of the run may lead to releases that lead to others. */
void expect_chains(void);
void forget_run(void);
/* The same of a run that was broken off. */
void forget_broken_run(void);
uint32_t late_objects(const uint64_t **objects);
void settle_objects(void);
/* No longer than it takes these to be gone; as the other one if they stay. */
void settle_until_gone(const uint64_t *objects, uint32_t count);
void wait_for_grace_period(void);
uint32_t wait_for_late_objects(void);

/* run.c */
void run_start(const struct setup *setup);
int64_t run_step(uint32_t pid);
void run_end(void);
void run_abandon(void);
uint32_t process_count(void);
pid_t running(uint32_t pid);

/* waiting.c: each ends the run once it has taken call_deadline_ms. */
extern int call_deadline_ms;
void ring(uint32_t pid);
void await_answer(uint32_t pid);
void ask(uint32_t pid);
void reap(uint32_t pid);

/* sight.c */
void put_sight(const struct setup *setup);

/* probe.c */
void probe(void);

#endif
