import type { TranscriptSource } from '../core/transcript-source.ts';

/**
 * A source that also gives what persons asked, for who was allowed to read that; what was written before `since` stays unread.
 * Sources that know of no prompts stay as they are.
 */
export function withPrompts(source: TranscriptSource, since: number): TranscriptSource {
  if (source.kind !== 'lines' || source.prompts === undefined) return source;
  const { prompts } = source;
  return {
    ...source,
    telling: [...source.telling, ...prompts.telling],
    createReader(state) {
      const figures = source.createReader(state);
      return {
        line(text) {
          const prompt = prompts.telling.some((bytes) => text.includes(bytes)) ? prompts.read(text) : undefined;
          const found = figures.line(text);
          return prompt === undefined || prompt.at < since ? found : [{ kind: 'prompt', prompt }, ...found];
        },
        state: () => figures.state(),
      };
    },
  };
}
