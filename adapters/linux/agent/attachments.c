/* Programs on cgroups, and links, which hold them there. */
#include "agent.h"

#include <errno.h>
#include <linux/bpf.h>

enum { ATTACH_TYPE = BPF_CGROUP_INET_EGRESS };

int64_t cgroup_attach(int target_fd, int prog_fd, uint32_t flags) {
  union bpf_attr attr = {0};
  attr.target_fd = (uint32_t)target_fd;
  attr.attach_bpf_fd = (uint32_t)prog_fd;
  attr.attach_type = ATTACH_TYPE;
  attr.attach_flags = flags;
  return bpf(BPF_PROG_ATTACH, &attr);
}

static int64_t cgroup_detach(int target_fd, int prog_fd) {
  union bpf_attr attr = {0};
  attr.target_fd = (uint32_t)target_fd;
  attr.attach_bpf_fd = (uint32_t)prog_fd;
  attr.attach_type = ATTACH_TYPE;
  return bpf(BPF_PROG_DETACH, &attr);
}

static int64_t link_create(int prog_fd, int target_fd) {
  const uint32_t attr[] = {(uint32_t)prog_fd, (uint32_t)target_fd, ATTACH_TYPE, 0 /* flags */};
  return bpf_of(LINK_CREATE, attr, sizeof(attr));
}

static int64_t link_detach(int fd) {
  const uint32_t attr[] = {(uint32_t)fd};
  return bpf_of(LINK_DETACH, attr, sizeof(attr));
}

/* Only with a link does the call get as far as to miss the new program. */
int is_link(int fd) {
  const uint32_t attr[] = {(uint32_t)fd, (uint32_t)-1, 0 /* flags */, 0 /* old program */};
  return bpf_of(LINK_UPDATE, attr, sizeof(attr)) == -EBADF;
}

int64_t call_attachment(const struct command *command) {
  const int64_t *number = command->number;
  switch (command->op) {
  case OP_PROG_ATTACH:
    return cgroup_attach((int)number[0], (int)number[1], (uint32_t)number[2]);
  case OP_PROG_DETACH:
    return cgroup_detach((int)number[0], (int)number[1]);
  case OP_LINK_CREATE:
    return link_create((int)number[0], (int)number[1]);
  default:
    return link_detach((int)number[0]);
  }
}
