import { readFileSync } from 'node:fs';
import { BUCKETS } from '../scope/feature-hash.ts';
import { createJudge, type Judge } from '../scope/judge.ts';
import { decodeLevels } from '../scope/model-coding.ts';
import { modelOf, type ModelTables, type TextModelData } from '../scope/text-model.ts';

type Figures = Omit<TextModelData, 'weights' | 'known'>;

/**
 * The text model as `dist/scope-model.bin` holds it: length of the figures (4 bytes, little end first), the figures as JSON,
 * length of the weights, the weights as their text says them (model-coding.ts), the known words decoded. The weights fill a
 * megabyte once decoded, which a package cannot carry and which takes no longer to decode than to read.
 */
export function packModel(data: TextModelData, { known }: ModelTables): Buffer {
  const { weights, known: _, ...rest } = data;
  const figures = Buffer.from(JSON.stringify(rest));
  const text = Buffer.from(weights, 'latin1');
  return Buffer.concat([
    lengthOf(figures.length),
    figures,
    lengthOf(text.length),
    text,
    Buffer.from(known.buffer, known.byteOffset, known.length),
  ]);
}

function lengthOf(length: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(length);
  return bytes;
}

/** The judge from such a file. Throws where it is missing or damaged. */
export function openPackedJudge(path: string): Judge {
  const file = readFileSync(path);
  const figuresEnd = 4 + file.readUInt32LE(0);
  const figures = JSON.parse(file.toString('utf8', 4, figuresEnd)) as Figures;
  const from = figuresEnd + 4;
  const weightsEnd = from + file.readUInt32LE(figuresEnd);
  if (weightsEnd > file.length) throw new Error('the model is cut');
  const levels = decodeLevels(file.subarray(from, weightsEnd), figures.sizes, BUCKETS);
  return createJudge(modelOf(figures, { levels, known: file.subarray(weightsEnd) }));
}
