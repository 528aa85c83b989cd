import type { GroundCall } from './ground-call.types.ts';
import { lowest, some, upTo } from './rows.ts';
import type { World } from './tables.ts';

const slotOf = (p: number, f: number): string => `slot(${p}, ${f})`;
const fdOf = (p: number, f: number): string => `fd[slot(${p}, ${f})-1]`;
const describe = (p: number, f: number): string => `fd_description(${slotOf(p, f)})`;

/** The object behind an open descriptor. */
export function behind(p: number, f: number): string {
  return `de_object(${describe(p, f)})`;
}

export function isOpen(p: number, f: number): string {
  return `${fdOf(p, f)} != 0`;
}

function canOpen({ scope }: World, p: number): string {
  return some(scope.descriptors, (f) => `${fdOf(p, f)} == 0`);
}

function freeDescription({ scope }: World): string {
  return some(scope.descriptions, (d) => `de[${d - 1}] == 0`);
}

function freeObject({ scope }: World): string {
  return some(scope.objects, (o) => `ob[${o - 1}] == 0`);
}

function takeSlot({ scope }: World, p: number): string {
  return `x_q = slot(${p}, ${lowest(scope.descriptors, (f) => `${fdOf(p, f)} == 0`)})`;
}

/** Opens a new description of object x_o. */
function openObject(world: World, p: number): string[] {
  return [
    takeSlot(world, p),
    `x_d = ${lowest(world.scope.descriptions, (d) => `de[${d - 1}] == 0`)}`,
    'de[x_d-1] = DE(x_o, 1)',
    'fd[x_q-1] = FD(x_d, 1)',
  ];
}

function takeObject({ scope }: World): string {
  return `x_o = ${lowest(scope.objects, (o) => `ob[${o - 1}] == 0`)}`;
}

export function mapCreate(world: World, p: number): GroundCall[] {
  return [
    {
      title: `${p} BPF_MAP_CREATE`,
      guards: [`running(${p})`, freeObject(world), freeDescription(world), canOpen(world, p)],
      effects: [takeObject(world), 'ob[x_o-1] = OB(USERS, 0, 1, 1)', ...openObject(world, p)],
    },
  ];
}

export function progLoad(world: World, p: number): GroundCall[] {
  const guards = [`running(${p})`, freeObject(world), freeDescription(world), canOpen(world, p)];
  const withoutMap = {
    title: `${p} BPF_PROG_LOAD without a map`,
    guards,
    effects: [takeObject(world), 'ob[x_o-1] = OB(PROGRAM, 0, 1, 0)', ...openObject(world, p)],
  };
  const withMap = upTo(world.scope.descriptors).map((f) => ({
    title: `${p} BPF_PROG_LOAD with map fd ${f + 2}`,
    guards: [...guards, isOpen(p, f), `ob_tag(${behind(p, f)}) == USERS`],
    effects: [
      takeObject(world),
      `x_u = ${behind(p, f)}`,
      'ob[x_u-1] = ob[x_u-1] + OB_refcnt',
      'ob[x_o-1] = OB(PROGRAM, x_u, 1, 0)',
      ...openObject(world, p),
    ],
  }));
  return [withoutMap, ...withMap];
}

export function objGet(world: World, p: number): GroundCall[] {
  const { scope, places } = world;
  return places.arguments.map((w) => {
    const dentry = `pl_dentry(place(pr[${p - 1}], ${w}))`;
    return {
      title: `${p} BPF_OBJ_GET ${places.walks[w]?.path ?? ''}`,
      guards: [
        `running(${p})`,
        `${dentry} != 0`,
        `${dentry} <= ${scope.dentries}`,
        `in_object(dn_inode(${dentry})) != 0`,
        freeDescription(world),
        canOpen(world, p),
      ],
      effects: [`x_o = in_object(dn_inode(${dentry}))`, 'hold(x_o)', ...openObject(world, p)],
    };
  });
}

export function close(world: World, p: number): GroundCall[] {
  return upTo(world.scope.descriptors).map((f) => ({
    title: `${p} close ${f + 2}`,
    // Who has ended or was never created has no open descriptor.
    guards: [isOpen(p, f)],
    effects: [`close_slot(${slotOf(p, f)})`],
  }));
}

export function dup(world: World, p: number): GroundCall[] {
  return upTo(world.scope.descriptors).map((f) => ({
    title: `${p} dup ${f + 2}`,
    guards: [isOpen(p, f), canOpen(world, p)],
    effects: [
      takeSlot(world, p),
      `x_d = ${describe(p, f)}`,
      'de[x_d-1] = de[x_d-1] + DE_count',
      'fd[x_q-1] = FD(x_d, 0)',
    ],
  }));
}

/** The internal actions: each program that is gone releases its map some time. */
export function releases({ scope }: World): GroundCall[] {
  return upTo(scope.objects).map((o) => ({
    title: `program ${o} releases its map`,
    guards: [`ob_tag(${o}) == RELEASING`],
    effects: [`x_u = ob_uses(${o})`, `ob[${o - 1}] = OB(GONE, 0, 0, 0)`, 'release_use(x_u)'],
  }));
}
