import { readFileSync } from 'node:fs';
import { createJudge, type Judge } from '../scope/judge.ts';
import { modelOf, type ModelTables, type TextModelData } from '../scope/text-model.ts';

type Figures = Omit<TextModelData, 'weights' | 'known'>;

/**
 * The text model with its tables decoded, as `dist/scope-model.bin` holds it: length of the figures (4 bytes, little end
 * first), the figures as JSON, length of the levels, the levels, the known words. Reading it takes a fraction of a
 * millisecond, where decoding takes ten.
 */
export function packModel(data: Figures, { levels, known }: ModelTables): Buffer {
  const { scale, bias, wordCap, calibration } = data;
  const figures = Buffer.from(JSON.stringify({ scale, bias, wordCap, calibration }));
  return Buffer.concat([
    lengthOf(figures.length),
    figures,
    lengthOf(levels.length),
    Buffer.from(levels.buffer, levels.byteOffset, levels.length),
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
  const levelsEnd = from + file.readUInt32LE(figuresEnd);
  if (levelsEnd > file.length) throw new Error('the model is cut');
  const levels = new Int8Array(file.buffer, file.byteOffset + from, levelsEnd - from);
  return createJudge(modelOf(figures, { levels, known: file.subarray(levelsEnd) }));
}
