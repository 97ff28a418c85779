// Turns an edition's blueprint files into checked data; every problem is named by file, line and field.

import type { z } from 'zod';
import { type JsonPath, lineOfPath, lineOfSyntaxError } from '../../../core/json-location.ts';
import { type BlueprintData, type FileKind, fileSchemas } from './files.ts';
import { findReferenceProblems } from './references.ts';

/** One file of the folder; `path` is relative to it, e.g. `initiatives/mobility.json`. */
export type EditionFile = { path: string; text: string };

/** `field` is a path such as `initiatives.3.targets.0.by`; `line` counts from 1. */
export type DataProblem = { file: string; line: number; field: string; message: string };

/** The edition's blueprint cannot be used; the message lists every problem found. */
export class BlueprintDataError extends Error {
  override readonly name = 'BlueprintDataError';
  readonly problems: DataProblem[];

  constructor(problems: DataProblem[]) {
    const lines = problems.map((p) => `${p.file}:${p.line} ${p.field || '(whole file)'}: ${p.message}`);
    super(`The blueprint data has ${problems.length} problem(s):\n${lines.join('\n')}`);
    this.problems = problems;
  }
}

/** A parsed file with the place of every record, for checks across files. */
export type ParsedFile = { file: EditionFile; kind: FileKind; value: unknown };
/** A problem before its line is known. */
export type PlacedProblem = { file: EditionFile; path: JsonPath; message: string };

const folders: Record<string, FileKind> = { initiatives: 'initiatives' };

function kindOf(path: string): FileKind | undefined {
  const [first, second] = path.replace(/\.json$/, '').split('/');
  if (second !== undefined) return folders[first!];
  return first !== 'initiatives' && first! in fileSchemas ? (first as FileKind) : undefined;
}

const located = ({ file, path, message }: PlacedProblem): DataProblem => ({
  file: file.path,
  line: lineOfPath(file.text, path),
  field: path.map(String).join('.'),
  message,
});

function parseFile(file: EditionFile, problems: DataProblem[]): ParsedFile | undefined {
  const kind = kindOf(file.path);
  if (!kind) {
    const known = Object.keys(fileSchemas).join(', ');
    problems.push({ file: file.path, line: 1, field: '', message: `unknown file; known are ${known}` });
    return undefined;
  }
  const broken = lineOfSyntaxError(file.text);
  if (broken) {
    problems.push({
      file: file.path,
      line: broken.line,
      field: '',
      message: `not valid JSON: ${broken.message}`,
    });
    return undefined;
  }
  const result = fileSchemas[kind].safeParse(JSON.parse(file.text));
  if (result.success) return { file, kind, value: result.data };
  problems.push(...result.error.issues.flatMap(explain).map((issue) => located({ file, ...issue })));
  return undefined;
}

/** Unknown keys are reported each at its own place, everything else where Zod found it. */
function explain(issue: z.core.$ZodIssue): { path: JsonPath; message: string }[] {
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({ path: [...issue.path, key], message: 'unknown field' }));
  }
  return [{ path: issue.path, message: issue.message }];
}

/** Checks the files and joins them. Throws BlueprintDataError that lists every problem. */
export function parseBlueprint(files: EditionFile[]): BlueprintData {
  const problems: DataProblem[] = [];
  const parsed = files.map((file) => parseFile(file, problems)).filter((one) => one !== undefined);
  for (const kind of Object.keys(fileSchemas) as FileKind[]) {
    if (!files.some((file) => kindOf(file.path) === kind)) {
      problems.push({ file: `${kind}.json`, line: 1, field: '', message: 'the file is missing' });
    }
  }
  if (problems.length > 0) throw new BlueprintDataError(problems);
  const placed = findReferenceProblems(parsed);
  if (placed.length > 0) throw new BlueprintDataError(placed.map(located));
  return join(parsed);
}

function join(parsed: ParsedFile[]): BlueprintData {
  const one = <K extends FileKind>(kind: K) =>
    parsed.find((file) => file.kind === kind)!.value as z.output<(typeof fileSchemas)[K]>;
  const initiatives = parsed
    .filter((file) => file.kind === 'initiatives')
    .flatMap((file) => (file.value as z.output<(typeof fileSchemas)['initiatives']>).initiatives);
  const areas = one('areas').areas;
  const rank = new Map(areas.map((area, index) => [area.id, index]));
  const rankOf = (area: string | undefined) => rank.get(area ?? '') ?? areas.length;
  return {
    programme: one('programme'),
    ...one('documents'),
    areas,
    ...one('governance'),
    ...one('bodies'),
    ...one('units'),
    ...one('technologies'),
    initiatives: initiatives.toSorted(
      (a, b) => rankOf(a.classifications[0]?.area) - rankOf(b.classifications[0]?.area),
    ),
    ...one('indicators'),
    ...one('milestones'),
    ...one('tables'),
    technologiesProgramme: one('technologies-programme'),
    ...one('systems'),
  };
}
