import type * as z from 'zod';

/** What a tool may use beyond its input. */
export interface ToolDeps {
  /** Home of the relay it asks. */
  readonly home: string;
  readonly now: () => number;
  readonly timeZone: string;
}

/** A question an agent or a chat may ask. It reads and changes nothing; it is never asked by Planward itself. */
export interface ReadOnlyTool {
  /** Name for models: `plan_status`. */
  readonly name: string;
  /** Name in lists of tools. */
  readonly title: string;
  /** One sentence for people. */
  readonly says: string;
  /** For models: what it gives, when to ask it, what it does not do. */
  readonly description: string;
  readonly input: z.ZodObject;
  /** Plain text in English. `input` fits the schema. Never throws. */
  answer(input: Readonly<Record<string, unknown>>, deps: ToolDeps): Promise<string>;
}
