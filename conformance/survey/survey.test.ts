import { describe, expect, it } from 'vitest';
import { AdapterFailure } from '../../adapters/contract/index.ts';
import type { Adapter } from '../../adapters/contract/index.ts';
import { mutants } from '../../adapters/mutants/index.ts';
import { changesOf, createReference } from '../../adapters/reference/index.ts';
import { switchNames } from '../../cli/selection.ts';
import { profileNames, profiles, switches } from '../../model/index.ts';
import { survey } from './index.ts';
import { findingOf, flipped, question, surveyed } from './surveyed.test-data.ts';

/** What 4.6 knows of attributes beyond 4.4 is no matter of the specification. */
const sameAttributes = ['2015', '4.6'];

describe('a survey of the reference', () => {
  // The limit of references takes a trace of seconds to meet, which is played once, below.
  it.each(profileNames)(
    'decides every switch of %s, and names that profile alone',
    async (profile) => {
      const { findings, closest, likenesses } = await surveyed(createReference(profile));
      const found = findings.map((finding) => [
        finding.switch,
        ...(finding.kind === 'decided' ? [finding.value] : finding.left),
      ]);
      const expected = switchNames.map((name): readonly string[] => {
        const value = profiles[profile][name];
        if (name === 'attributes' && sameAttributes.includes(value)) return [name, '2015', '4.6'];
        return name === 'refLimit' ? [name, 'none', '32768'] : [name, value];
      });
      expect(found).toEqual(expected);
      expect(closest).toEqual([profile]);
      expect(likenesses.find(({ label }) => label === profile)?.differ).toEqual([]);
    },
  );
});

/** Another value of each switch that the reference can have alone, and that makes a difference there. */
const flips = switchNames.flatMap((name) => {
  const values: readonly string[] = switches[name].values;
  const own = values.indexOf(profiles['linux-6.18'][name]);
  const value = values[(own + 1) % values.length] ?? '';
  const setting = `${name}=${value}`;
  // Where every mount has an instance of its own there is no key to be reused; the limit is met below.
  const isLeftOut = ['nsKeyReuse=adversarial', 'refLimit=32768'].includes(setting);
  return isLeftOut || 'fixed' in changesOf([setting]) ? [] : [[setting, name, value] as const];
});

describe('a switch that is flipped in the reference', () => {
  it.each(flips)('is the only difference from its profile: %s', async (setting, name, value) => {
    const found = await surveyed(flipped('linux-6.18', setting));
    const own = found.likenesses.find(({ label }) => label === 'linux-6.18');
    expect(own?.differ).toEqual([name]);
    expect(own?.undecided).toEqual(['refLimit']);
    expect(findingOf(found, name)).toMatchObject({ kind: 'decided', value });
  });

  it('is found where it takes more than 32768 calls', async () => {
    const found = await surveyed(flipped('linux-6.18', 'refLimit=32768'), 'played');
    const refusal = { value: 'none', by: 'answer', answer: 'EBUSY', line: 32_801 };
    expect(findingOf(found, 'refLimit')).toMatchObject({
      value: '32768',
      ruledOut: [{ value: '3' }, refusal],
    });
  });

  it('is found where the last pin of a program does not show it, but its last link', async () => {
    const found = await surveyed(flipped('linux-6.1', 'programMaps=later-after-close'));
    expect(found.likenesses.find(({ label }) => label === 'linux-6.1')?.differ).toEqual([
      'programMaps',
    ]);
  });

  it('is found where only one run in some would show it', async () => {
    expect(
      findingOf(await surveyed(flipped('linux-4.4', 'nsKeyReuse=adversarial')), 'nsKeyReuse'),
    ).toMatchObject({ value: 'adversarial' });
  });

  it('takes along what it implies, which is not held against the target', async () => {
    const { likenesses } = await surveyed(flipped('linux-6.18', 'dotCheck=at-create-last'));
    expect(likenesses.find(({ label }) => label === 'linux-6.18')).toMatchObject({
      differ: ['dotCheck'],
      follow: ['bareDirectories'],
    });
  });
});

describe('a survey', () => {
  it('names a tie where profiles are the same', async () => {
    const candidates = ['linux-6.18', 'again'].map((label) => ({
      label,
      switches: profiles['linux-6.18'],
    }));
    const adapter = createReference('linux-6.18');
    const asked = { ...question, candidates };
    const { closest } = await survey(adapter, asked, { longProbes: 'left-out' });
    expect(closest).toEqual(['linux-6.18', 'again']);
  });

  it('finds the closest profile of an implementation that has none', async () => {
    const mutant = mutants.find(({ id }) => id === 'get-returns-other-object');
    if (mutant === undefined) throw new Error('no such mutant');
    expect((await surveyed(mutant.create())).closest).toEqual(['linux-6.18']);
  });

  it('leaves undecided what the target does not declare, and says so', async () => {
    const found = await surveyed(without(({ calls }) => ({ calls: calls.filter(isNoMount) })));
    expect(findingOf(found, 'getAsks')).toMatchObject({
      kind: 'undecided',
      left: ['to-write', 'by-flags'],
      why: 'permissions/get-asks-to-write-4.4.trace: mount is not declared',
    });
    expect(findingOf(found, 'hashKey')).toMatchObject({ kind: 'decided', value: 'any-size' });
  });

  it('leaves undecided what only counts show where a target shows none', async () => {
    const found = await surveyed({
      ...createReference('linux-4.4'),
      hello: { ...createReference('linux-4.4').hello, observes: ['alive'] },
    });
    const open = found.findings.filter(({ kind }) => kind === 'undecided');
    expect(open.map((one) => one.switch)).toEqual([
      ...['pinPut', 'arrayClear', 'refLimit', 'programMaps', 'attributes'],
    ]);
    expect(findingOf(found, 'pinPut')).toMatchObject({
      left: ['at-once', 'later'],
      why: 'counts/pin-holds-no-longer-than-its-name.trace: it does not show how often an object is held',
    });
    expect(found.closest).toEqual(['linux-4.4']);
  });

  it('decides nothing of a target that does nothing, and calls no profile close', async () => {
    const { findings, closest } = await surveyed(without(() => ({ calls: [] })));
    expect(findings.filter(({ kind }) => kind === 'decided')).toEqual([]);
    expect(closest).toEqual([]);
  });

  it('decides nothing by a trace on which the target dies', async () => {
    const reference = createReference('linux-6.18');
    const found = await surveyed({
      ...reference,
      play: (steps, sights) => {
        if (steps.some(({ call }) => call.call === 'rename')) throw dead;
        return reference.play(steps, sights);
      },
    });
    expect(findingOf(found, 'pinPut')).toMatchObject({ kind: 'decided', value: 'at-once' });
    expect(findingOf(found, 'nameOps')).toMatchObject({ kind: 'decided', value: 'built-in' });
    expect(found.closest).toEqual(['linux-6.18']);
  });

  it('translates the descriptors of targets that number them as they like', async () => {
    const reference = createReference('linux-6.18');
    const found = await surveyed({
      ...reference,
      hello: { ...reference.hello, descriptors: 'opaque' },
    });
    expect(found.likenesses.find(({ label }) => label === 'linux-6.18')?.differ).toEqual([]);
    expect(found.closest).toEqual(['linux-6.18']);
  });

  it('does not take some answers for the absence of what shows now and then', async () => {
    const late = createReference('linux-6.18', {}, 'until-settled');
    const soon = createReference('linux-6.18', {}, 'after-each-call');
    let runs = 0;
    const now = () => (runs % 50 === 0 ? late : soon);
    const found = await surveyed({
      ...soon,
      reset: (setup) => {
        runs++;
        now().reset(setup);
      },
      play: (steps, sights) => now().play(steps, sights),
    });
    expect(findingOf(found, 'arrayClear')).toMatchObject({ kind: 'decided', value: 'later' });
  });
});

const dead = new AdapterFailure('implementation', 'it died');

const isNoMount = (call: string): boolean => call !== 'mount';

/** The reference, saying otherwise of itself. */
function without(change: (hello: Adapter['hello']) => Partial<Adapter['hello']>): Adapter {
  const reference = createReference('linux-6.18');
  return { ...reference, hello: { ...reference.hello, ...change(reference.hello) } };
}
