// Writes the tables into README.md beside this file, each between its own marks, with the machine.

import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { cpus, loadavg, release, totalmem } from 'node:os';
import { join } from 'node:path';
import type { Table } from './figures.ts';

const file = join(import.meta.dirname, 'README.md');
const verdict = (met: boolean | undefined) => (met === undefined ? '' : met ? 'yes' : '**no**');

/** A table in Markdown; a last column says whether the goal was met, where there is one. */
export function inMarkdown({ columns, rows, note }: Table): string {
  const judged = rows.some(({ met }) => met !== undefined);
  const line = (cells: (string | number)[]) => `| ${cells.join(' | ')} |`;
  const head = judged ? [...columns, 'met'] : columns;
  const body = rows.map(({ cells, met }) => line(judged ? [...cells, verdict(met)] : cells));
  const ruler = line(head.map((name) => (/ratio|ms|\/s|bytes|all|HTML|CSS|JS/.test(name) ? '--:' : '---')));
  return [line(head), ruler, ...body, ...(note ? ['', note] : [])].join('\n');
}

export type Measured = { name: string; table: Table; postgresVersion: string };

function commit(): string {
  const { status, stdout } = spawnSync('git', ['rev-parse', '--short', 'HEAD'], { cwd: import.meta.dirname });
  return status === 0 ? stdout.toString().trim() : 'unknown';
}

/** Where and when a figure is from, in one sentence. */
export function describeMachine(postgresVersion: string): string {
  const all = cpus();
  const memoryGb = Math.round(totalmem() / 1024 ** 3);
  return [
    `${new Date().toISOString().slice(0, 10)}, commit ${commit()}`,
    `${all.length} cores (${all[0]?.model.trim() ?? 'unknown'})`,
    `${memoryGb} GB`,
    `${process.platform} ${release().split('-')[0]} ${process.arch}`,
    `Node ${process.versions.node}`,
    `PostgreSQL ${postgresVersion.split(' ')[0]}`,
    `load before ${loadavg()[0]?.toFixed(1)}`,
  ].join(', ');
}

/** Puts a table between its marks. Throws when README.md has lost them. */
export function writeTable({ name, table, machine }: { name: string; table: Table; machine: string }): void {
  const start = `<!-- ${name}: written by npm run bench -->`;
  const end = `<!-- end of ${name} -->`;
  const text = readFileSync(file, 'utf8');
  const from = text.indexOf(start);
  const to = text.indexOf(end);
  if (from < 0 || to < from) throw new Error(`README.md has no marks "${start}" and "${end}"`);
  const content = `${start}\n**${table.title}**\n\n${inMarkdown(table)}\n\n${machine}.\n`;
  writeFileSync(file, text.slice(0, from) + content + text.slice(to));
}
