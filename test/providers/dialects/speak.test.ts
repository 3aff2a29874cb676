import { createParser } from 'eventsource-parser';
import { describe, expect, test } from 'vitest';
import { dialects } from '../../../src/providers/dialects/list.ts';

const SAID = 'Stopped: "travel"\nline two, 中文';

describe.each(dialects.map((dialect) => [dialect.id, dialect] as const))(
  '%s: what Planward says itself',
  (_, dialect) => {
    test.each([true, false])('is a whole answer without tokens, streamed: %s', (streamed) => {
      const { contentType, body } = dialect.speak({ id: '1', text: SAID, model: 'glm-5.3', streamed, at: 0 });
      expect(contentType).toBe(streamed ? 'text/event-stream' : 'application/json');
      expect(body).toContain(JSON.stringify(SAID).slice(1, -1));
      const reader = dialect.createReader();
      if (streamed) createParser({ onEvent: ({ event, data }) => reader.event(event, data) }).feed(body);
      else reader.json(body);
      const reading = reader.reading();
      expect(reading).toMatchObject({ complete: true, error: undefined, modelServed: 'glm-5.3' });
      expect([reading.usage?.inputTokens, reading.usage?.outputTokens]).toEqual([0, 0]);
    });
  },
);
