/** Something that is listed: a row of a table, and an object in a document. */
export interface Listing {
  readonly topic: string;
  /** What the topic is, as a sentence. */
  readonly about: string;
  /** Titles of the columns: the keys of the items that are printed, in their order. */
  readonly columns: readonly string[];
  readonly items: readonly ListItem[];
}

export type ListItem = Readonly<Record<string, string | number | readonly string[]>>;
