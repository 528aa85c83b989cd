/** BPF_F_RDONLY and BPF_F_WRONLY: what a new file of a map is for (bpf_get_file_flag). */
import type { AccessFlags } from '../../model/vocabulary/index.ts';
import { layoutOf } from './attributes/layouts.ts';
import type { FileMode, Kernel } from './structures.types.ts';

/** The mode that flags ask for. Releases without them want zeros there. */
export function fileMode(
  { release }: Kernel,
  { access }: { readonly access?: AccessFlags },
): FileMode | 'EINVAL' {
  if (access === undefined) return 'read-write';
  if (layoutOf(release.attributes).fileModes === 'unknown') return 'EINVAL';
  switch (access) {
    case 'BPF_F_RDONLY':
      return 'read-only';
    case 'BPF_F_WRONLY':
      return 'write-only';
    case 'BPF_F_RDONLY|BPF_F_WRONLY':
      return 'EINVAL';
  }
}

const readOnly = 2 ** 3;
const writeOnly = 2 ** 4;
export const modeBits = readOnly + writeOnly;

/** The flags with these bits; undefined where there are others among them. */
export function accessOf(bits: number): { readonly access?: AccessFlags } | undefined {
  switch (bits) {
    case 0:
      return {};
    case readOnly:
      return { access: 'BPF_F_RDONLY' };
    case writeOnly:
      return { access: 'BPF_F_WRONLY' };
    case modeBits:
      return { access: 'BPF_F_RDONLY|BPF_F_WRONLY' };
    default:
      return undefined;
  }
}
