/* The commands of bpf(2), and calls of it as they are. */
#ifndef BPF_H
#define BPF_H

#include "command.h"

/* Not in the headers of every machine. */
enum {
  MAP_FREEZE = 22,
  LINK_CREATE = 28,
  LINK_UPDATE = 29,
  LINK_BY_ID = 30,
  LINK_NEXT_ID = 31,
  LINK_DETACH = 34,
  PROG_BIND_MAP = 35,
};

/* bpf.c. A NULL word is a NULL pointer to the kernel. */
union bpf_attr;
int64_t bpf(int command, union bpf_attr *attr);
/* With attributes of that size, of which the headers of some machines do not know. */
int64_t bpf_of(int command, const void *attr, uint32_t size);
uint64_t address(const void *pointer);
/* 64 KiB with no memory behind them; NULL, with errno, if there is no room. */
char *guarded_buffer(void);
/* 0, or an error number below 0. */
int make_buffers(void);
int64_t map_create(const int64_t *number);
int64_t map_update(int fd, const uint32_t *key, const uint32_t *value, uint64_t flags);
int64_t map_lookup(int fd, const uint32_t *key);
int64_t map_delete(int fd, const uint32_t *key);
int64_t map_next_key(int fd, const uint32_t *key);
int64_t map_freeze(int fd);
/* `start`: the directory in which a relative path starts, or AT_FDCWD. */
int64_t obj_pin(int start, const char *path, int fd);
/* `flags`: what the new descriptor is restricted to. */
int64_t obj_get(int start, const char *path, uint32_t flags);

/* cookies.c */
/* From now on, as on a kernel without ids. */
void use_cookies(void);
int has_ids(void);
/* Whether the kernel has ids, used or not. */
int has_listing(void);
int64_t create_with_cookie(union bpf_attr *attr);
/* 0 if there is none. */
uint32_t cookie_behind(int fd);
uint32_t cookie_of_array(int fd);
int is_cookie_key(int64_t key);

/* readonly.c. A descriptor of what is pinned at a path, whatever it is restricted to. */
int64_t get_to_look(const char *path);

/* raw.c */
int64_t raw_bpf(const struct command *command);

#endif
