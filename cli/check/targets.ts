/** Targets: what the user names on the command line, and the adapters behind the names. */
import { InvalidArgumentError } from 'commander';
import type { Adapter } from '../../adapters/contract/index.ts';
import {
  changesOf,
  createExec,
  createLinux,
  createReference,
  mutants,
} from '../../adapters/index.ts';
import { isProfileName, profileNames } from '../../model/index.ts';
import type { ProfileName } from '../../model/index.ts';
import { unexpected, unknownName } from '../arguments.ts';
import { chooseProfile, newestProfile } from '../selection.ts';
import type { ChosenProfile } from '../selection.ts';

export { mutants };

export type Target =
  /** `profile`: what it is built as, whatever it is compared with; if absent, what it is compared with. */
  | { readonly kind: 'reference'; readonly name: string; readonly profile?: ProfileName }
  | { readonly kind: 'linux'; readonly name: string }
  | { readonly kind: 'exec'; readonly name: string; readonly command: string }
  | { readonly kind: 'mutant'; readonly name: string; readonly id: string };

const forms = ['reference', 'reference@PROFILE', 'linux', 'exec:COMMAND', 'mutant:NAME'];

/** Reads a target. */
export function readTarget(text: string): Target {
  if (text === 'reference' || text === 'linux') return { kind: text, name: text };
  if (text.startsWith('reference@')) return readReference(text, text.replace('reference@', ''));
  const [kind = '', ...rest] = text.split(':');
  const value = rest.join(':');
  if (kind === 'exec' && rest.length > 0) {
    if (value.trim() !== '') return { kind, name: text, command: value };
    throw unexpected(text, 'a command behind "exec:"');
  }
  if (kind === 'mutant' && rest.length > 0) {
    const ids = mutants.map(({ id }) => id);
    if (ids.includes(value)) return { kind, name: text, id: value };
    throw new InvalidArgumentError(unknownName('mutant', value, ids));
  }
  throw new InvalidArgumentError(unknownName('target', text, forms));
}

function readReference(name: string, profile: string): Target {
  if (isProfileName(profile)) return { kind: 'reference', name, profile };
  throw new InvalidArgumentError(unknownName('profile', profile, profileNames));
}

/** The profile that a target has by its construction; null if that has to be found out. */
export function ownProfile(target: Target): ProfileName | null {
  switch (target.kind) {
    case 'reference':
      return target.profile ?? newestProfile;
    case 'mutant':
      return mutants.find(({ id }) => id === target.id)?.kernel ?? newestProfile;
    case 'exec':
    case 'linux':
      return null;
  }
}

/** An adapter, or what this machine lacks. */
export type OpenedTarget = { readonly adapter: Adapter } | { readonly missing: string };

/**
 * Starts a target.
 * @param profile what the reference is built as unless its name says it, so far as a release can be changed.
 * @throws AdapterFailure if it does not start.
 */
export async function openTarget(target: Target, profile: ChosenProfile): Promise<OpenedTarget> {
  switch (target.kind) {
    case 'reference':
      return openReference(
        target.profile === undefined ? profile : chooseProfile(target.profile, []),
      );
    case 'mutant': {
      const mutant = mutants.find(({ id }) => id === target.id);
      return mutant === undefined
        ? { missing: `no mutant is called ${target.id}` }
        : { adapter: mutant.create() };
    }
    case 'linux':
      return createLinux();
    case 'exec':
      return { adapter: await createExec(target.command) };
  }
}

function openReference({ base, differences }: ChosenProfile): OpenedTarget {
  const changes = changesOf(differences);
  return 'fixed' in changes
    ? { missing: `the reference cannot be built as ${base} with ${changes.fixed}` }
    : { adapter: createReference(base, {}, 'until-settled', changes) };
}
