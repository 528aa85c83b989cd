/** What maps and programs have in common: user space holds either through files and inodes. */
import { getMapWithUser, putMapWithUser } from './map.ts';
import { getProg, putProg } from './prog.ts';
import type { BpfObject, Kernel } from './structures.types.ts';

export function getObject(object: BpfObject): void {
  switch (object.kind) {
    case 'map':
      getMapWithUser(object);
      break;
    case 'program':
      getProg(object);
      break;
  }
}

export function putObject(kernel: Kernel, object: BpfObject, holder: 'file' | 'inode'): void {
  switch (object.kind) {
    case 'map':
      putMapWithUser(kernel, object);
      break;
    case 'program':
      putProg(kernel, object, holder);
      break;
  }
}

/** The objects that are alive, in the order of their creation. */
export function liveObjects(kernel: Kernel): readonly BpfObject[] {
  return [...kernel.maps.values(), ...kernel.progs.values()].sort((a, b) => a.id - b.id);
}
