// What the forms of services share: settings written as JSON, errors at a field, what is handed over.

import { type FieldProblem, invalid, LamppostError } from '../../../../core/errors.ts';
import type { View } from '../../../../core/module.ts';
import type { Text } from '../../../../core/texts.ts';
import { DefinitionList, Notice, Section, TextField } from '../../../../ui/index.ts';
import { registryTexts } from '../../texts/index.ts';
import type { Reader } from '../account/parts.tsx';
import { fieldError, officersHref, officerView } from './parts.tsx';

type Metadata = Record<string, unknown>;

const refuse = (message: Text): never => {
  throw invalid('wrong-service-metadata', message, { fields: [{ field: 'metadata', message }] });
};

/** Settings written as a JSON object. Throws invalid that names the field. */
export function readMetadata(text = ''): Metadata {
  if (text.trim() === '') return {};
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return refuse(registryTexts.notJson);
  }
  const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
  return isObject ? (value as Metadata) : refuse(registryTexts.notObject);
}

/** Puts what is wrong with a setting that has no field of its own to the field of all settings. */
export async function toldAtFields<Done>(
  fields: readonly string[],
  work: () => Promise<Done>,
): Promise<Done> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof LamppostError) || error.fields.length === 0) throw error;
    const placed = error.fields.map(({ field, message }): FieldProblem => {
      if (fields.includes(field) || field === 'metadata') return { field, message };
      return { field: 'metadata', message: registryTexts.wrongSetting(field, message) };
    });
    throw invalid(error.code, error.publicMessage, { fields: placed });
  }
}

type MetadataProps = {
  reader: Reader;
  value: string | undefined;
  error: LamppostError | undefined;
  hint: Text;
};

export const MetadataField = ({ reader, value, error, hint }: MetadataProps) => (
  <TextField
    name="metadata"
    label={reader.t(registryTexts.metadata)}
    hint={reader.t(hint)}
    language={reader.language}
    value={value}
    error={fieldError(reader, error, 'metadata')}
    long
    optional
  />
);

export type HandedOver = { title: Text; id: string; secret?: string };

/** Tells what the service needs to know now; the secret for the only time. */
export function handoverView(reader: Reader, { title, id, secret }: HandedOver): View {
  const { t, language } = reader;
  const facts = [{ term: t(registryTexts.clientId), description: <code>{id}</code> }];
  if (secret !== undefined) facts.push({ term: t(registryTexts.secret), description: <code>{secret}</code> });
  return officerView({
    reader,
    title: t(title),
    above: [{ label: t(registryTexts.services), href: officersHref(reader, '/services') }],
    done:
      secret === undefined ? null : (
        <Notice kind="warning" language={language} title={t(registryTexts.secretOnce)}>
          {null}
        </Notice>
      ),
    children: (
      <Section id="details" title={t(registryTexts.details)}>
        <DefinitionList items={facts} />
        <p>
          <a href={officersHref(reader, `/services/${encodeURIComponent(id)}`)}>
            {t(registryTexts.settings)}
          </a>
        </p>
      </Section>
    ),
  });
}
