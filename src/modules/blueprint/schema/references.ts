// Checks what one record of the blueprint says of another: unknown names, doubled ids, facts that contradict.

import type { z } from 'zod';
import type { JsonPath } from '../../../core/json-location.ts';
import type { InitiativeData } from './data.ts';
import type { FileKind, fileSchemas } from './files.ts';
import type { ParsedFile, PlacedProblem } from './parse.ts';
import { lastDay } from './written-date.ts';

type Value<K extends FileKind> = z.output<(typeof fileSchemas)[K]>;
type Report = (path: JsonPath, message: string) => void;
type Known = Record<
  | 'document'
  | 'area'
  | 'body'
  | 'unit'
  | 'technology'
  | 'initiative'
  | 'topic'
  | 'engine'
  | 'system'
  | 'category'
  | 'blueprint',
  Set<string | number>
>;

/** Problems between records, in file order. */
export function findReferenceProblems(files: ParsedFile[]): PlacedProblem[] {
  const problems: PlacedProblem[] = [];
  const known = collect(files);
  const seen = new Map<string, Set<string>>();
  for (const { file, kind, value } of files) {
    const report: Report = (path, message) => problems.push({ file, path, message });
    checkDoubles(value, seen, report);
    checkSources(value, [], (document, path) => {
      if (!known.document.has(document)) report(path, `unknown document "${document}"`);
    });
    checks[kind]?.(value as never, known, report);
  }
  return problems;
}

const ids = (records: { id: string }[]) => new Set<string | number>(records.map((record) => record.id));

function collect(files: ParsedFile[]): Known {
  const all = <K extends FileKind>(kind: K) =>
    files.filter((file) => file.kind === kind).map((file) => file.value as Value<K>);
  const areas = all('areas').flatMap((value) => value.areas);
  const indicators = all('indicators');
  const systems = all('systems');
  return {
    document: ids(all('documents').flatMap((value) => value.documents)),
    area: ids(areas),
    body: ids(all('bodies').flatMap((value) => value.bodies)),
    unit: ids(all('units').flatMap((value) => value.units)),
    technology: ids(all('technologies').flatMap((value) => value.technologies)),
    initiative: ids(all('initiatives').flatMap((value) => value.initiatives)),
    topic: new Set([...ids(areas), ...ids(indicators.flatMap((value) => value.topics))]),
    engine: ids(systems.flatMap((value) => value.engines)),
    system: ids(systems.flatMap((value) => value.systems)),
    category: ids(all('technologies-programme').flatMap((value) => value.categories)),
    blueprint: new Set(all('programme').flatMap((value) => value.blueprints.map((one) => one.number))),
  };
}

/** Ids must be unique within their list; the list of initiatives spans files. */
function checkDoubles(value: unknown, seen: Map<string, Set<string>>, report: Report) {
  for (const [name, list] of Object.entries(value as Record<string, unknown>)) {
    if (!Array.isArray(list)) continue;
    const known = seen.get(name) ?? new Set();
    seen.set(name, known);
    list.forEach((record: { id?: string }, index) => {
      if (record.id === undefined) return;
      if (known.has(record.id)) report([name, index, 'id'], `"${record.id}" is there twice`);
      known.add(record.id);
    });
  }
}

/** Calls back for every document that a source anywhere in the value names. */
function checkSources(value: unknown, path: JsonPath, found: (document: string, path: JsonPath) => void) {
  if (value === null || typeof value !== 'object') return;
  if ('document' in value && typeof value.document === 'string') found(value.document, [...path, 'document']);
  for (const [key, child] of Object.entries(value)) {
    checkSources(child, [...path, Array.isArray(value) ? Number(key) : key], found);
  }
}

const reporter =
  (known: Known, report: Report) => (kind: keyof Known, id: string | number, path: JsonPath) => {
    if (!known[kind].has(id)) report(path, `unknown ${kind} "${id}"`);
  };

const checks: { [K in FileKind]?: (value: Value<K>, known: Known, report: Report) => void } = {
  programme(value, known, report) {
    const need = reporter(known, report);
    value.tallies.forEach((tally, t) => {
      tally.counted.forEach((area, index) => {
        need('area', area, ['tallies', t, 'counted', index]);
      });
      for (const area of Object.keys(tally.rows)) need('area', area, ['tallies', t, 'rows', area]);
    });
  },
  initiatives(value, known, report) {
    const need = reporter(known, report);
    value.initiatives.forEach((initiative, index) => {
      const at = (...rest: (string | number)[]) => ['initiatives', index, ...rest];
      need('blueprint', initiative.blueprint, at('blueprint'));
      initiative.classifications.forEach((fact, n) => {
        need('area', fact.area, at('classifications', n, 'area'));
      });
      initiative.bodies.forEach((one, n) => {
        need('body', one.body, at('bodies', n, 'body'));
      });
      initiative.technologies.forEach((one, n) => {
        need('technology', one.id, at('technologies', n, 'id'));
      });
      initiative.systems.forEach((one, n) => {
        need('system', one, at('systems', n));
      });
      initiative.targets.forEach((one, n) => {
        if (one.unit !== null) need('unit', one.unit, at('targets', n, 'unit'));
      });
      checkFacts(initiative, (path, message) => report(at(...(path as (string | number)[])), message));
    });
  },
  indicators(value, known, report) {
    const need = reporter(known, report);
    value.indicators.forEach((indicator, index) => {
      need('unit', indicator.unit, ['indicators', index, 'unit']);
      need('topic', indicator.topic, ['indicators', index, 'topic']);
      indicator.initiatives.forEach((one, n) => {
        need('initiative', one, ['indicators', index, 'initiatives', n]);
      });
    });
  },
  systems(value, known, report) {
    const need = reporter(known, report);
    value.systems.forEach((system, index) => {
      const each = (name: 'engines' | 'initiatives' | 'programme', kind: keyof Known) =>
        system[name].forEach((one, n) => {
          need(kind, one, ['systems', index, name, n]);
        });
      each('engines', 'engine');
      each('initiatives', 'initiative');
      each('programme', 'category');
    });
  },
  'technologies-programme'(value, known, report) {
    const need = reporter(known, report);
    value.categories.forEach((category, index) => {
      const each = (name: 'bodies' | 'engines' | 'systems', kind: keyof Known) =>
        category[name].forEach((one, n) => {
          need(kind, one, ['categories', index, name, n]);
        });
      each('bodies', 'body');
      each('engines', 'engine');
      each('systems', 'system');
    });
    value.examples.forEach((example, index) => {
      example.categories.forEach((one, n) => {
        need('category', one, ['examples', index, 'categories', n]);
      });
    });
  },
};

/** Key under which a step of progress is recorded; two steps of one initiative may not share it. */
export const progressKey = (step: { date: string | null; source: unknown }) =>
  `${step.date ?? ''} ${JSON.stringify(step.source)}`;

function checkFacts(initiative: InitiativeData, report: Report) {
  const ascending = (name: string, dates: string[], field: string) =>
    dates.forEach((date, index) => {
      const before = dates[index - 1];
      if (before !== undefined && lastDay(before) >= lastDay(date)) {
        report([name, index, field], `"${date}" does not come after "${before}"`);
      }
    });
  ascending(
    'classifications',
    initiative.classifications.map((fact) => fact.from),
    'from',
  );
  ascending(
    'statuses',
    initiative.statuses.map((fact) => fact.from),
    'from',
  );
  const targets = new Set<string>();
  initiative.targets.forEach((target, index) => {
    if (targets.has(target.id)) report(['targets', index, 'id'], `"${target.id}" is there twice`);
    targets.add(target.id);
    if (!target.id.startsWith(`${initiative.id}.`)) {
      report(['targets', index, 'id'], `must begin with "${initiative.id}."`);
    }
    const dates = [target.announced, ...target.revisions.map((revision) => revision.announced)];
    dates.slice(1).forEach((date, n) => {
      if (lastDay(dates[n]!) >= lastDay(date)) {
        report(
          ['targets', index, 'revisions', n, 'announced'],
          `"${date}" does not come after "${dates[n]}"`,
        );
      }
    });
  });
  const steps = new Set<string>();
  initiative.progress.forEach((step, index) => {
    const key = progressKey(step);
    if (steps.has(key)) report(['progress', index], 'a step with the same date and source is there already');
    steps.add(key);
  });
}
