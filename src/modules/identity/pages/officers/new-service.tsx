// The form that registers a service, and what the service needs to know afterwards.

import { z } from 'zod';
import type { Actor } from '../../../../core/access.ts';
import { type FieldProblem, invalid, type LamppostError } from '../../../../core/errors.ts';
import type { House } from '../../../../core/house.ts';
import { page, type View } from '../../../../core/module.ts';
import { Button, type Choice, RadioGroup, Section, TextField } from '../../../../ui/index.ts';
import { createService } from '../../protocols/index.ts';
import { requireRecent } from '../../rules/index.ts';
import type { Department } from '../../schema.ts';
import { listDepartments } from '../../store/index.ts';
import { registryTexts } from '../../texts/index.ts';
import { type Reader, readerOf } from '../account/parts.tsx';
import { DepartmentField } from './desk-fields.tsx';
import { attempt, departmentsWhere, fieldError, officersHref, officerView } from './parts.tsx';
import { handoverView, MetadataField, readMetadata, toldAtFields } from './service-parts.tsx';

const methods = ['private_key_jwt', 'client_secret_basic', 'none'] as const;

const fields = z.object({
  name_en: z.string().max(80).optional(),
  name_tc: z.string().max(80).optional(),
  department: z.string().max(100),
  redirect_uris: z.string().max(4000).optional(),
  token_endpoint_auth_method: z.enum(methods).default('private_key_jwt'),
  jwks_uri: z.string().max(500).optional(),
  backchannel_logout_uri: z.string().max(500).optional(),
  metadata: z.string().max(30_000).optional(),
});
type Fields = z.output<typeof fields>;

const linesOf = (text = ''): string[] =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');

/** Names and addresses; throws invalid that names every field that is missing. */
function readFields({ name_en: en = '', name_tc: tc = '', ...given }: Fields) {
  const wrong: FieldProblem[] = [];
  if (en.trim() === '') wrong.push({ field: 'name_en', message: registryTexts.nameMissing });
  if (tc.trim() === '') wrong.push({ field: 'name_tc', message: registryTexts.nameMissing });
  const redirectUris = linesOf(given.redirect_uris);
  if (redirectUris.length === 0) {
    wrong.push({ field: 'redirect_uris', message: registryTexts.redirectUrisMissing });
  }
  const more = readMetadata(given.metadata);
  if (wrong[0] !== undefined) throw invalid('wrong-service-metadata', wrong[0].message, { fields: wrong });
  return {
    name: { en: en.trim(), tc: tc.trim() },
    department: given.department,
    metadata: {
      ...more,
      redirect_uris: redirectUris,
      token_endpoint_auth_method: given.token_endpoint_auth_method,
      ...(given.jwks_uri === undefined ? {} : { jwks_uri: given.jwks_uri }),
      ...(given.backchannel_logout_uri === undefined
        ? {}
        : { backchannel_logout_uri: given.backchannel_logout_uri }),
    },
  };
}

type Asking = { reader: Reader; departments: Department[]; given?: Fields; error?: LamppostError };

const methodChoices = ({ t }: Reader): Choice[] => [
  { value: 'private_key_jwt', label: t(registryTexts.withKey) },
  { value: 'client_secret_basic', label: t(registryTexts.withSecret) },
  { value: 'none', label: t(registryTexts.withNothing) },
];

function formView({ reader, departments, given, error }: Asking): View {
  const { t, language } = reader;
  const field = (name: keyof Fields) => ({
    name,
    language,
    value: given?.[name],
    error: fieldError(reader, error, name),
  });
  return officerView({
    reader,
    error,
    title: t(registryTexts.register),
    lede: t(registryTexts.registerLede),
    above: [{ label: t(registryTexts.services), href: officersHref(reader, '/services') }],
    children: (
      <Section id="details" title={t(registryTexts.details)}>
        <form class="form" method="post" action={officersHref(reader, '/services/new')}>
          <TextField {...field('name_en')} label={t(registryTexts.nameEn)} maxLength={80} />
          <TextField {...field('name_tc')} label={t(registryTexts.nameTc)} maxLength={80} />
          <DepartmentField reader={reader} departments={departments} label={registryTexts.department} />
          <TextField
            {...field('redirect_uris')}
            label={t(registryTexts.redirectUris)}
            hint={t(registryTexts.redirectUrisHint)}
            long
          />
          <RadioGroup
            name="token_endpoint_auth_method"
            label={t(registryTexts.proves)}
            language={language}
            options={methodChoices(reader)}
            value={given?.token_endpoint_auth_method ?? 'private_key_jwt'}
            error={fieldError(reader, error, 'token_endpoint_auth_method')}
          />
          <TextField
            {...field('jwks_uri')}
            label={t(registryTexts.jwksUri)}
            hint={t(registryTexts.jwksUriHint)}
            type="url"
            optional
          />
          <TextField
            {...field('backchannel_logout_uri')}
            label={t(registryTexts.backchannel)}
            type="url"
            optional
          />
          <MetadataField
            reader={reader}
            error={error}
            hint={registryTexts.metadataHint}
            value={given?.metadata}
          />
          <div class="actions">
            <Button label={t(registryTexts.register)} />
          </div>
        </form>
      </Section>
    ),
  });
}

const departmentsOf = async (house: House, actor: Actor): Promise<Department[]> =>
  departmentsWhere(await listDepartments(house), (one) =>
    house.access.may(actor, 'identity.register-service', one),
  );

export const newServicePage = page({
  path: '/officers/services/new',
  audience: { may: 'identity.register-service' },
  async render({ house, actor, language }) {
    requireRecent(actor, house.clock.now());
    return formView({ reader: readerOf(house, language), departments: await departmentsOf(house, actor) });
  },
  form: {
    fields,
    async submit({ house, actor, language, fields: given }) {
      requireRecent(actor, house.clock.now());
      house.access.require(actor, 'identity.register-service', { department: given.department });
      const reader = readerOf(house, language);
      const tried = await attempt(() =>
        toldAtFields(Object.keys(fields.shape), () => createService(house, actor, readFields(given))),
      );
      if ('done' in tried) return handoverView(reader, { title: registryTexts.registered, ...tried.done });
      const departments = await departmentsOf(house, actor);
      return formView({ reader, departments, given, error: tried.error });
    },
  },
});
