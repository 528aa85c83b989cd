static long load(uint32_t type, const struct bpf_insn *instructions, uint32_t count) {
  union bpf_attr attr = {.prog_type = type, .insn_cnt = count};
  attr.insns = address(instructions);
  attr.license = address("GPL");
  attr.expected_attach_type = type == BPF_PROG_TYPE_CGROUP_SKB ? BPF_CGROUP_INET_EGRESS : 0;
  return bpf(BPF_PROG_LOAD, &attr);
}

#define MOVE(reg, value) {.code = BPF_ALU64 | BPF_MOV | BPF_K, .dst_reg = (reg), .imm = (value)}
#define LOAD_MAP(reg, fd) \
  {.code = BPF_LD | BPF_DW | BPF_IMM, .dst_reg = (reg), .src_reg = BPF_PSEUDO_MAP_FD, .imm = (fd)}, {0}
#define FUNCTION(function) {.code = BPF_JMP | BPF_CALL, .imm = (function)}
#define RETURN {.code = BPF_JMP | BPF_EXIT}

/* A program that returns 0. */
__attribute__((unused)) static long prog_load(uint32_t type) {
  const struct bpf_insn instructions[] = {MOVE(0, 0), RETURN};
  return load(type, instructions, 2);
}

/* One that holds a map besides; with a program array it calls what is in slot 0, or returns 1. */
__attribute__((unused)) static long prog_load_with_map(uint32_t type, int map_fd) {
  const struct bpf_insn holds[] = {LOAD_MAP(1, map_fd), MOVE(0, 0), RETURN};
  const struct bpf_insn calls[] = {LOAD_MAP(2, map_fd), MOVE(3, 0), FUNCTION(BPF_FUNC_tail_call), MOVE(0, 1), RETURN};
  return map_type_behind(map_fd) == BPF_MAP_TYPE_PROG_ARRAY ? load(type, calls, 6) : load(type, holds, 4);
}

__attribute__((unused)) static void prog_run(int fd) {
  static const char packet[64];
  union bpf_attr attr = {0};
  attr.test.prog_fd = (uint32_t)fd;
  attr.test.data_in = address(packet);
  attr.test.data_size_in = sizeof(packet);
  long result = bpf(BPF_PROG_TEST_RUN, &attr);
  shown(result, "0 (retval=%u)", attr.test.retval);
}
