/* What programs are attached to besides sockets: cgroups, and the device of a network. */
#ifndef TARGETS_H
#define TARGETS_H

#include "command.h"

struct setup;

/* attachments.c */
int64_t cgroup_attach(int target_fd, int prog_fd, uint32_t flags);
int is_link(int fd);
int64_t call_attachment(const struct command *command);

/* network.c */
/* These two return 0, or an error number below 0. */
int64_t enter_network(const char **stage);
int64_t try_filter(int prog_fd);
int64_t call_network(const struct command *command);
/* The run may have changed the network, and at its end it is as before. */
void touch_network(void);
void end_network(void);

/* hierarchy.c */
/* Where our directory is in the home of the supervisor, and the cgroups in the tree of a run. */
#define CGROUPS "/cgroup"
/* These two return 0, or an error number below 0. */
int open_hierarchy(const char **stage);
int make_cgroup(const char *path);
void leave_hierarchy(void);

/* directories.c: `root` is the machine's hierarchy. */
#define OURS "pinproof-" /* begins the names, which go on with a number, or two with a dot between */
/* What is not there is no failure. */
int remove_cgroup(const char *path);
/* A descriptor that holds the lock, or below 0: there is no such directory, or it has an owner. */
int lock_directory(int root, const char *name);
/* 0, or an error number below 0. */
int mark_directory(int fd);
void remove_directory(int root, const char *name);
/* Removes what is ours and has no owner. */
void sweep_hierarchy(int root);

/* cgroups.c */
/* Before the first process of a run is forked. */
void ready_cgroups(const struct setup *setup);
/* Whether a path of the tree of the host is there once the cgroups are bound. */
int is_cgroup(const char *host);
int bind_cgroups(void);
/* A call of the run may reach them, and at its end what was reached is removed. */
void touch_cgroups(const struct command *command);
void end_cgroups(void);

#endif
