// The form that changes a service under the same identifier: its names and all its settings.

import { z } from 'zod';
import type { Actor } from '../../../../core/access.ts';
import { type FieldProblem, invalid, type LamppostError } from '../../../../core/errors.ts';
import type { House } from '../../../../core/house.ts';
import { page, type View } from '../../../../core/module.ts';
import { Button, Section, TextField } from '../../../../ui/index.ts';
import { changeService } from '../../protocols/index.ts';
import { identityEditionOf, requireRecent } from '../../rules/index.ts';
import { getService } from '../../store/index.ts';
import { registryTexts } from '../../texts/index.ts';
import { type Reader, readerOf } from '../account/parts.tsx';
import { attempt, fieldError, officersHref, officerView } from './parts.tsx';
import { handoverView, MetadataField, readMetadata, toldAtFields } from './service-parts.tsx';

const fields = z.object({
  name_en: z.string().max(80).optional(),
  name_tc: z.string().max(80).optional(),
  metadata: z.string().max(30_000).optional(),
});
type Fields = z.output<typeof fields>;
type Known = Awaited<ReturnType<typeof getService>>;

/** Names and settings as they shall be; what is no longer written is taken away. */
function readChange({ metadata: old }: Known, { name_en: en = '', name_tc: tc = '', metadata }: Fields) {
  const message = registryTexts.nameMissing;
  const wrong: FieldProblem[] = [];
  if (en.trim() === '') wrong.push({ field: 'name_en', message });
  if (tc.trim() === '') wrong.push({ field: 'name_tc', message });
  if (wrong.length > 0) throw invalid('wrong-service-metadata', message, { fields: wrong });
  const written = readMetadata(metadata);
  const names = [...new Set([...Object.keys(old), ...Object.keys(written)])];
  const changed = names.filter((name) => JSON.stringify(old[name]) !== JSON.stringify(written[name]));
  return {
    name: { en: en.trim(), tc: tc.trim() },
    metadata: Object.fromEntries(changed.map((name) => [name, written[name] ?? null])),
  };
}

async function serviceFor(house: House, actor: Actor, id: string): Promise<Known> {
  requireRecent(actor, house.clock.now());
  const service = await getService(house, id);
  const { coordinating } = identityEditionOf(house.edition);
  house.access.require(actor, 'identity.register-service', {
    department: service.department ?? coordinating,
  });
  return service;
}

type Asking = { reader: Reader; service: Known; given?: Fields; error?: LamppostError };

function formView({ reader, service, given, error }: Asking): View {
  const { t, language } = reader;
  const href = officersHref(reader, `/services/${encodeURIComponent(service.id)}`);
  const name = (field: 'name_en' | 'name_tc', now: string) => ({
    ...{ name: field, language, maxLength: 80 },
    value: given === undefined ? now : given[field],
    error: fieldError(reader, error, field),
  });
  return officerView({
    reader,
    error,
    title: t(registryTexts.change),
    lede: t(registryTexts.changeLede),
    above: [
      { label: t(registryTexts.services), href: officersHref(reader, '/services') },
      { label: t(service.name), href },
    ],
    children: (
      <Section id="details" title={t(service.name)}>
        <form class="form" method="post" action={`${href}/change`}>
          <TextField {...name('name_en', service.name.en)} label={t(registryTexts.nameEn)} />
          <TextField {...name('name_tc', service.name.tc)} label={t(registryTexts.nameTc)} />
          <MetadataField
            reader={reader}
            error={error}
            hint={registryTexts.allMetadataHint}
            value={given === undefined ? JSON.stringify(service.metadata, null, 2) : given.metadata}
          />
          <div class="actions">
            <Button label={t(registryTexts.changeNow)} />
            <a href={href}>{t(registryTexts.leaveIt)}</a>
          </div>
        </form>
      </Section>
    ),
  });
}

export const changeServicePage = page({
  path: '/officers/services/:id/change',
  audience: { may: 'identity.register-service' },
  params: z.object({ id: z.string().min(1).max(200) }),
  render: async ({ house, actor, language, params: { id } }) =>
    formView({ reader: readerOf(house, language), service: await serviceFor(house, actor, id) }),
  form: {
    fields,
    async submit({ house, actor, language, params: { id }, fields: given }) {
      const service = await serviceFor(house, actor, id);
      const reader = readerOf(house, language);
      const tried = await attempt(() =>
        toldAtFields(Object.keys(fields.shape), () =>
          changeService(house, actor, { id, ...readChange(service, given) }),
        ),
      );
      if ('error' in tried) return formView({ reader, service, given, error: tried.error });
      return handoverView(reader, { title: registryTexts.changed, id, ...tried.done });
    },
  },
});
