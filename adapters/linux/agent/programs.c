/* Programs of a few instructions. */
#include "agent.h"

#include <linux/bpf.h>

enum { PACKET = 64 /* at least an Ethernet header */ };

#define LOAD_MAP(reg, fd)                                                                         \
  {.code = BPF_LD | BPF_DW | BPF_IMM, .dst_reg = (reg), .src_reg = BPF_PSEUDO_MAP_FD, .imm = (fd)}, \
      {0}
#define MOVE(reg, value) {.code = BPF_ALU64 | BPF_MOV | BPF_K, .dst_reg = (reg), .imm = (value)}
#define CALL(function) {.code = BPF_JMP | BPF_CALL, .imm = (function)}
#define EXIT {.code = BPF_JMP | BPF_EXIT}

static int64_t load(uint32_t type, const struct bpf_insn *instructions, uint32_t count) {
  union bpf_attr attr = {0};
  attr.prog_type = type;
  attr.expected_attach_type = type == BPF_PROG_TYPE_CGROUP_SKB ? BPF_CGROUP_INET_EGRESS : 0;
  attr.insns = address(instructions);
  attr.insn_cnt = count;
  attr.license = address("GPL");
  return bpf(BPF_PROG_LOAD, &attr);
}

/* bpf_tail_call(ctx, map, 0), and 1 if that falls through. */
static int64_t load_tail_call(uint32_t type, int map_fd) {
  const struct bpf_insn instructions[] = {LOAD_MAP(2, map_fd), MOVE(3, 0),
                                          CALL(BPF_FUNC_tail_call), MOVE(0, 1), EXIT};
  return load(type, instructions, sizeof(instructions) / sizeof(instructions[0]));
}

int64_t prog_load(uint32_t type, int has_map, int map_fd) {
  const struct bpf_insn plain[] = {MOVE(0, 0), EXIT};
  const struct bpf_insn with_map[] = {LOAD_MAP(1, map_fd), MOVE(0, 0), EXIT};
  if (!has_map) {
    return load(type, plain, 2);
  }
  if (shared->uses_cookies) {
    /* Nothing tells the type of a map, but the verifier refuses tail calls into all others. */
    int64_t program = load_tail_call(type, map_fd);
    return program >= 0 ? program : load(type, with_map, 4);
  }
  /* What is no map, or nothing at all, is for the kernel to refuse. */
  return holding_behind(map_fd) == HOLDS_PROGRAMS ? load_tail_call(type, map_fd)
                                                  : load(type, with_map, 4);
}

int64_t prog_run(int fd) {
  static const char packet[PACKET];
  union bpf_attr attr = {0};
  attr.test.prog_fd = (uint32_t)fd;
  attr.test.data_in = address(packet);
  attr.test.data_size_in = sizeof(packet);
  int64_t result = bpf(BPF_PROG_TEST_RUN, &attr);
  return result < 0 ? result : (int64_t)attr.test.retval;
}
