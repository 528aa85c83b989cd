import { describe, expect, it } from 'vitest';
import { profileNames, profiles, rowsOf } from '../../model/index.ts';
import { scopes } from '../../properties/index.ts';
import { expectGolden } from '../golden-file.ts';
import { allTransitions, reachedIn } from '../../cli/verify/coverage.ts';

/** Enough for every clause to be met that a scope is there for; some lie deeper than others. */
const someStates = (scope: string): number =>
  ['links', 'moved', 'denied-names'].includes(scope) ? 1500 : 400;

const manyReferences =
  'it takes 32768 references to one object; with refLimit=3 campaigns get there';

/** Why no named scope reaches these clauses, and these transitions of the charts. */
const clausesOutside: Readonly<Record<string, string>> = {
  'bpf.result': 'a raw look-up is in a scope by its own name, which always has room for the result',
  'prog-attach.too-many': 'it takes sixty-four programs on one cgroup',
  'link.too-many': 'it takes sixty-four programs on one cgroup',
  ...Object.fromEntries(
    [
      ...['attach', 'get', 'link', 'load', 'map-by-id', 'new-filter', 'program-by-id'],
      ...['prog-attach', 'run', 'update', 'update-of-maps'],
    ].map((call) => [`${call}.references`, manyReferences]),
  ),
  'pin.map-references': manyReferences,
  'pin.program-references': manyReferences,
  'umount.unmarked': 'a search takes calls that succeed, and leaves marks to campaigns',
  ...Object.fromEntries(
    ['removed-target', 'detached', 'foreign'].map((what) => [
      `bind-namespace.${what}`,
      'the scope of files of namespaces has no bpffs to lie in; that of bind mounts reaches the like',
    ]),
  ),
  'bind-namespace.heard':
    'the scope of files of namespaces has no peers, and that of peers no such files, to stay small',
  'create.inner-prog-array': 'the scope of nesting makes no program arrays, to stay small',
};
const transitionsOutside: Readonly<Record<string, string>> = {};

const clausesOf = (profile: (typeof profileNames)[number]): readonly string[] =>
  rowsOf(profiles[profile]).flatMap(({ rows }) =>
    rows.flatMap(({ kind, id }) => (kind === 'clause' ? [id] : [])),
  );

describe('the named scopes', () => {
  const found = profileNames.flatMap((profile) =>
    scopes.map((scope) => ({
      scope,
      profile,
      ...reachedIn(scope, profiles[profile], someStates(scope.name)),
    })),
  );

  it('reach every clause of every call, but for those with a reason', () => {
    const met = new Set(found.flatMap(({ clauses }) => [...clauses]));
    const missing = [...new Set(profileNames.flatMap(clausesOf))].filter((id) => !met.has(id));
    expect(missing.sort()).toEqual(Object.keys(clausesOutside).sort());
  });

  it('reach every transition of every chart, but for those with a reason', () => {
    const met = new Set(found.flatMap(({ transitions }) => [...transitions]));
    const missing = allTransitions().filter((one) => !met.has(one));
    expect(missing.sort()).toEqual(Object.keys(transitionsOutside).sort());
  });

  it('are listed with what each alone reaches', () => {
    const lines = scopes.map((scope) => {
      const mine = new Set(found.flatMap((one) => (one.scope === scope ? [...one.clauses] : [])));
      const others = new Set(found.flatMap((one) => (one.scope === scope ? [] : [...one.clauses])));
      const alone = [...mine].filter((id) => !others.has(id)).sort();
      return `${scope.name}: ${mine.size} clauses, alone: ${alone.join(' ') || 'none'}\n`;
    });
    expectGolden('reached.txt', lines.join(''));
  });
});
