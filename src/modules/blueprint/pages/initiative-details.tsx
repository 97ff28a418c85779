// What an initiative is: area, bodies, technologies, since when, and the sources that say so.

import { DefinitionList, Notice, Section } from '../../../ui/index.ts';
import {
  doubtAsOf,
  type InitiativeAsOf,
  natureText,
  newMarkText,
  sourcesAsOf,
  statusText,
} from '../rules/index.ts';
import { phrases, texts } from '../texts/index.ts';
import { distinctSources, type Reader, Sources } from './reader.tsx';

function details(reader: Reader, { initiative, area, classification, statusFact }: InitiativeAsOf) {
  const { register, t, href } = reader;
  const blueprint = register.programme.blueprints.find(({ number }) => number === initiative.blueprint);
  const group = register.areas.flatMap((one) => one.groups).find(({ id }) => id === initiative.group);
  const technologies = initiative.technologies.map(({ id, named }, index) => (
    <>
      {index > 0 ? t(texts.listComma) : null}
      <a href={`${href('/progress')}?technology=${id}`}>{t(register.technologyById.get(id)!.name)}</a>
      {named ? null : <span class="quiet small"> {t(texts.ourReading)}</span>}
    </>
  ));
  const bodies = initiative.bodies.map(({ body, role, basis }, index) => (
    <>
      {index > 0 ? <br /> : null}
      {t(register.bodyById.get(body)!.name)}{' '}
      <span class="quiet small">
        {role === 'lead' ? '' : `${t(texts.contributor)}${t(texts.listComma)}`}
        {t(basis)}
      </span>
    </>
  ));
  const filed = area ? (
    <>
      <a href={href(`/areas/${area}`)}>{t(register.areaById.get(area)!.name)}</a>{' '}
      {classification ? (
        <span class="quiet small">{t(phrases.since(reader.date(classification.from)))}</span>
      ) : null}
    </>
  ) : (
    t(texts.notFiled)
  );
  return [
    { term: t(texts.area), description: filed },
    ...(group ? [{ term: t(texts.group), description: t(group.name) }] : []),
    { term: t(texts.lead), description: bodies.length > 0 ? bodies : t(texts.leadUnknown) },
    {
      term: t(texts.since),
      description: blueprint ? `${t(blueprint.name)} (${reader.date(blueprint.published)})` : '–',
    },
    ...(initiative.newMark
      ? [{ term: t(texts.newMark), description: t(newMarkText[initiative.newMark]) }]
      : []),
    { term: t(texts.technologies), description: technologies },
    {
      term: t(texts.nature),
      description: initiative.nature.map((id) => t(natureText[id])).join(t(texts.listComma)),
    },
    {
      term: t(texts.status),
      description: statusFact ? (
        <>
          {t(statusText[statusFact.status])}, {reader.date(statusFact.from)}
          {statusFact.basis === 'reading' ? <span class="quiet small"> {t(texts.statusReading)}</span> : null}
        </>
      ) : (
        t(texts.notPublished)
      ),
    },
  ];
}

/** The section of details, with its sources. */
export function DetailsSection({ reader, one }: { reader: Reader; one: InitiativeAsOf }) {
  const { t, language, register } = reader;
  const doubt = doubtAsOf(register, one);
  return (
    <Section id="details" title={t(texts.details)}>
      <DefinitionList items={details(reader, one)} />
      {doubt ? (
        <Notice kind="information" language={language} title={t(texts.readingNote)}>
          {t(doubt.note)}
        </Notice>
      ) : null}
      <Sources reader={reader} sources={distinctSources(sourcesAsOf(register, one))} />
    </Section>
  );
}
