/** What no trace can show, and why. */
export const unshown: readonly (readonly [what: string, why: string])[] = [
  ['Pins and directories take the group of a setgid directory', 'groups are not modelled'],
  [
    'A program of 4,096 instructions is refused by 4.4, with an error that later was another',
    'the programs of traces are two to six instructions long',
  ],
  ['A mapping (mmap) of a map counts as a user', 'there is no call for it in traces'],
  [
    'BPF_MAP_CREATE without a free descriptor left memory accounted for in 4.4',
    'accounts of memory are not modelled',
  ],
  [
    'From 6.9 on a user namespace mounts where somebody with capabilities outside helps it',
    'file systems that are handed over by fsopen(2) and fsmount(2) are not modelled',
  ],
  [
    'A pipe that ends is told before the killed writer has let its objects go',
    'a killed process is reaped before the next call of a trace',
  ],
];
