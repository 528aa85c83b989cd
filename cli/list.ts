/** The verb `list`. */
import { profileNames, profiles, rowsOf } from '../model/index.ts';
import type { ProfileName } from '../model/index.ts';
import { goals, properties, scopes } from '../properties/index.ts';
import { listText, topicsText } from '../report/index.ts';
import type { Listing, ListItem } from '../report/index.ts';
import { mutants } from './check/targets.ts';
import { BadInput } from './bad-input.ts';
import type { CommandResult, CommonOptions, Surroundings } from './command.types.ts';
import { listDifferences } from './differences.ts';
import { switchNames } from './selection.ts';

export const listTopics = [
  'profiles',
  'scopes',
  'properties',
  'clauses',
  'mutants',
  'goals',
] as const;

export type ListTopic = (typeof listTopics)[number];

export interface ListOptions extends CommonOptions {
  /** What neighbouring profiles differ in, instead of the values of all. */
  readonly differences?: true;
}

/** Lists one topic, or says what topics there are. */
export function list(
  topic: ListTopic | undefined,
  { differences }: ListOptions,
  { paint }: Pick<Surroundings, 'paint'>,
): CommandResult | Promise<CommandResult> {
  if (differences === true) {
    if (topic === 'profiles') return listDifferences({ paint });
    throw new BadInput(
      '--differences is for the topic profiles only: pinproof list profiles --differences.',
    );
  }
  if (topic === undefined) {
    const listings = listTopics.map(listingOf);
    const topics = listings.map(({ topic: name, about, items }) => ({
      topic: name,
      about,
      number: items.length,
    }));
    return resultOf(topicsText(listings, paint), { topics });
  }
  const listing = listingOf(topic);
  return resultOf(listText(listing, paint), { topic, items: listing.items });
}

const resultOf = (text: string, document: CommandResult['document']): CommandResult => ({
  ending: 'fine',
  text,
  document,
  measurements: {},
});

function listingOf(topic: ListTopic): Listing {
  switch (topic) {
    case 'profiles':
      return {
        topic,
        about: 'Switches in which kernels differ, and their values in each profile.',
        columns: ['switch', ...profileNames],
        items: profileItems(),
      };
    case 'scopes':
      return {
        topic,
        about: 'Bounded worlds that verify searches to the end.',
        columns: ['name', 'title'],
        items: scopes.map(
          ({ name, title, calls, paths, properties: claims, goals: reached, bounds }) => ({
            name,
            title,
            calls,
            paths,
            properties: claims,
            goals: reached,
            bounds: Object.entries(bounds).map(([table, rows]) => `${table}=${String(rows)}`),
          }),
        ),
      };
    case 'properties':
      return {
        topic,
        about: 'What is claimed of every state, every call, or every end.',
        columns: ['id', 'kind', 'title'],
        items: properties.map(({ id, kind, title, needs, source }) => ({
          id,
          kind,
          title,
          needs,
          source,
        })),
      };
    case 'clauses':
      return {
        topic,
        about: 'The checks of every call in their order, and the errors they answer.',
        columns: ['call', 'id', 'error', 'profiles', 'source'],
        items: clauseItems(),
      };
    case 'mutants':
      return {
        topic,
        about: 'The reference with one fault each, as targets.',
        columns: ['id', 'kernel', 'breaks', 'title'],
        items: mutants.map(({ id, kernel, breaks, title }) => ({ id, kernel, breaks, title })),
      };
    case 'goals':
      return {
        topic,
        about: 'What some state or call of a scope must reach.',
        columns: ['id', 'scopes', 'title'],
        items: goals.map(({ id, title, source }) => ({
          id,
          scopes: scopes
            .filter(({ goals: reached }) => reached.some((goal) => goal === id))
            .map(({ name }) => name),
          title,
          source,
        })),
      };
  }
}

function profileItems(): readonly ListItem[] {
  return switchNames.map((name) => ({
    switch: name,
    ...Object.fromEntries(profileNames.map((profile) => [profile, profiles[profile][name]])),
  }));
}

function clauseItems(): readonly ListItem[] {
  const byProfile = profileNames.map((profile) => ({ profile, calls: rowsOf(profiles[profile]) }));
  const items = new Map<string, { item: ListItem; in: ProfileName[] }>();
  for (const { profile, calls } of byProfile) {
    for (const { call, rows } of calls) {
      for (const { id, kind, errno, source } of rows) {
        const error = errno ?? kind;
        const key = [call, id, error].join(' ');
        const known = items.get(key) ?? { item: { call, id, error, source }, in: [] };
        // A call may have a row more than once.
        if (!known.in.includes(profile)) known.in.push(profile);
        items.set(key, known);
      }
    }
  }
  return [...items.values()].map(({ item, in: holders }) => ({
    ...item,
    profiles: holders.length === profileNames.length ? ['all'] : holders,
  }));
}
