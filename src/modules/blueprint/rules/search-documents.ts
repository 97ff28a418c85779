// What the search of the whole site can find of the blueprint.

import type { SearchDocument } from '../../../core/module.ts';
import { sameText, type Text } from '../../../core/texts.ts';
import type { Indicator, Initiative, Register } from '../schema/index.ts';
import { dateText, figureText } from './words.ts';

const kinds = {
  initiative: { en: 'Initiative', tc: '措施' },
  area: { en: 'Area', tc: '範疇' },
  indicator: { en: 'Indicator', tc: '指標' },
  system: { en: 'System', tc: '系統' },
  technology: { en: 'Technology', tc: '科技' },
  body: { en: 'Body', tc: '機構' },
  milestone: { en: 'Milestone', tc: '里程碑' },
  table: { en: 'Table', tc: '列表' },
  category: { en: 'Digital-government programme', tc: '數字政府措施' },
  document: { en: 'Document', tc: '文件' },
} satisfies Record<string, Text>;

/** Texts one after another. */
const joined = (texts: (Text | null | undefined)[]): Text => {
  const known = texts.filter((text) => text !== null && text !== undefined);
  return { en: known.map((text) => text.en).join('\n'), tc: known.map((text) => text.tc).join('\n') };
};

/** Every record that has a page or a place on one. */
export function searchDocumentsOf(register: Register): SearchDocument[] {
  return [
    ...register.initiatives.map((initiative) => initiativeDocument(register, initiative)),
    ...register.areas.map(({ id, name, groups, lookingAhead }) => ({
      id: `area-${id}`,
      kind: kinds.area,
      title: name,
      body: joined([...groups.map((group) => group.name), ...lookingAhead]),
      path: `/areas/${id}`,
    })),
    ...register.indicators.map((indicator) => indicatorDocument(register, indicator)),
    ...register.systems.map(({ id, name, does, users, scale }) => ({
      id: `system-${id}`,
      kind: kinds.system,
      title: name,
      words: sameText(id),
      body: joined([does, users, scale]),
      path: `/systems/${id}`,
    })),
    ...smallDocuments(register),
  ];
}

function indicatorDocument(register: Register, indicator: Indicator): SearchDocument {
  const { id, label, series } = indicator;
  const figures = series.map((point) => {
    const figure = figureText(register, indicator, point);
    const date = dateText(point.asOf);
    return { en: `${figure.en}, ${date.en}`, tc: `${figure.tc}，${date.tc}` };
  });
  return {
    id: `indicator-${id}`,
    kind: kinds.indicator,
    title: label,
    words: sameText(id),
    body: joined([...figures.toReversed(), ...series.map(({ note }) => note)]),
    path: `/indicators/${id}`,
  };
}

function initiativeDocument(register: Register, initiative: Initiative): SearchDocument {
  const { id, title, summary, targets, progress } = initiative;
  return {
    id,
    kind: kinds.initiative,
    title,
    body: joined([summary, ...targets.map(({ what }) => what), ...progress.map(({ text }) => text)]),
    words: joined([
      ...initiative.technologies.map((one) => register.technologyById.get(one.id)!.name),
      ...initiative.bodies.map((one) => register.bodyById.get(one.body)!.name),
      ...initiative.systems.map((one) => register.systemById.get(one)!.name),
    ]),
    path: `/initiatives/${id}`,
  };
}

function smallDocuments(register: Register): SearchDocument[] {
  const used = (id: string) =>
    register.initiatives.some((one) => one.technologies.some((tech) => tech.id === id));
  const leads = new Set(register.initiatives.flatMap((one) => one.bodies.map(({ body }) => body)));
  const nothing = sameText('');
  return [
    ...register.technologies
      .filter(({ id }) => used(id))
      .map(({ id, name }) => ({
        id: `technology-${id}`,
        kind: kinds.technology,
        title: name,
        body: nothing,
        path: `/progress?technology=${id}`,
      })),
    ...register.governance.map(({ id, name, role }) => ({
      id: `body-${id}`,
      kind: kinds.body,
      title: name,
      body: role,
      path: '/governance',
    })),
    ...register.bodies.map(({ id, name }) => ({
      id: `body-${id}`,
      kind: kinds.body,
      title: name,
      body: nothing,
      path: leads.has(id) ? `/progress?lead=${id}` : '/technologies',
    })),
    ...register.milestones.map(({ id, label, date }) => ({
      id: `milestone-${id}`,
      kind: kinds.milestone,
      title: label,
      body: dateText(date),
      path: '/timeline',
    })),
    ...register.tables.map(({ id, title, notes }) => ({
      id: `table-${id}`,
      kind: kinds.table,
      title,
      body: joined(notes.map(({ text }) => text)),
      path: `/tables/${id}`,
    })),
    ...register.technologiesProgramme.categories.map(({ id, title, summary, group }) => ({
      id,
      kind: kinds.category,
      title,
      body: joined([summary, group]),
      path: '/technologies',
    })),
    ...register.documents.map(({ id, title, published }) => ({
      id: `document-${id}`,
      kind: kinds.document,
      title,
      body: dateText(published),
      path: '/sources',
    })),
  ];
}
