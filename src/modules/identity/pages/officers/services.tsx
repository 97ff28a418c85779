// The register of services: the list, and the page of one, where it can be disabled.

import { z } from 'zod';
import type { LamppostError } from '../../../../core/errors.ts';
import { page, type View } from '../../../../core/module.ts';
import type { Text } from '../../../../core/texts.ts';
import { Button, type Column, DataTable, DefinitionList, Disclosure, Section } from '../../../../ui/index.ts';
import { disableService, renewSecret } from '../../protocols/index.ts';
import { identityEditionOf, requireRecent } from '../../rules/index.ts';
import type { Service } from '../../schema.ts';
import { departmentNames, getService, listServices } from '../../store/index.ts';
import { registryTexts } from '../../texts/index.ts';
import { Done, PostButton, type Reader, readerOf } from '../account/parts.tsx';
import { attempt, Day, officersHref, officerView } from './parts.tsx';
import { handoverView } from './service-parts.tsx';

type Names = ReadonlyMap<string, Text>;

const departmentText = ({ t }: Reader, names: Names, department: string | undefined): string => {
  const name = department === undefined ? undefined : names.get(department);
  return name === undefined ? (department ?? '–') : t(name);
};

const stateText = ({ t }: Reader, { disabledAt }: Service): string =>
  t(disabledAt === undefined ? registryTexts.works : registryTexts.disabled);

const columnsOf = (reader: Reader, names: Names): Column<Service>[] => [
  {
    key: 'name',
    header: reader.t(registryTexts.name),
    rowHeader: true,
    render: ({ id, name }) => (
      <a href={officersHref(reader, `/services/${encodeURIComponent(id)}`)}>{reader.t(name)}</a>
    ),
  },
  {
    key: 'department',
    header: reader.t(registryTexts.department),
    render: ({ department }) => departmentText(reader, names, department),
  },
  { key: 'state', header: reader.t(registryTexts.state), render: (service) => stateText(reader, service) },
  {
    key: 'at',
    header: reader.t(registryTexts.registeredAt),
    kind: 'date',
    render: ({ createdAt }) => <Day at={createdAt} reader={reader} />,
  },
];

export const servicesPage = page({
  path: '/officers/services',
  audience: { may: 'identity.see-services' },
  async render({ house, actor, language }) {
    const reader = readerOf(house, language);
    const { t } = reader;
    const services = (await listServices(house)).filter(({ department }) =>
      house.access.may(actor, 'identity.see-services', { department: department ?? '' }),
    );
    const mayRegister = house.access.may(actor, 'identity.register-service');
    return officerView({
      reader,
      title: t(registryTexts.services),
      lede: t(registryTexts.servicesLede),
      actions: mayRegister ? (
        <Button label={t(registryTexts.register)} href={officersHref(reader, '/services/new')} />
      ) : null,
      children: (
        <Section id="services" title={t(registryTexts.caption)}>
          <DataTable
            caption={t(registryTexts.caption)}
            columns={columnsOf(reader, await departmentNames(house))}
            rows={services}
            language={language}
            empty={t(registryTexts.none)}
          />
        </Section>
      ),
    });
  },
});

type Shown = {
  reader: Reader;
  service: Service & { metadata: Record<string, unknown> };
  names: Names;
  mayChange: boolean;
};

type StepProps = {
  reader: Reader;
  service: Service;
  step: { does: 'secret' | 'disable'; title: Text; note: Text };
};

/** A step with consequences, behind one more click. */
function OneStep({ reader, service, step: { does, title, note } }: StepProps) {
  const { t } = reader;
  return (
    <Section id={does} title={t(title)} note={t(note)}>
      <Disclosure summary={t(title)}>
        <PostButton
          action={officersHref(reader, `/services/${encodeURIComponent(service.id)}`)}
          label={t(does === 'disable' ? registryTexts.disableNow : registryTexts.renewNow)}
          fields={{ do: does }}
        />
      </Disclosure>
    </Section>
  );
}

const valueText = (value: unknown): string =>
  Array.isArray(value) || typeof value === 'string' ? [value].flat().join('\n') : JSON.stringify(value);

function serviceView(
  { reader, service, names, mayChange }: Shown,
  { error, isDone = false }: { error?: LamppostError; isDone?: boolean } = {},
): View {
  const { t } = reader;
  const canChange = mayChange && service.disabledAt === undefined;
  return officerView({
    reader,
    error,
    title: t(service.name),
    above: [{ label: t(registryTexts.services), href: officersHref(reader, '/services') }],
    actions: canChange ? (
      <Button
        label={t(registryTexts.change)}
        href={officersHref(reader, `/services/${encodeURIComponent(service.id)}/change`)}
      />
    ) : null,
    done: isDone ? <Done reader={reader} title={registryTexts.disabledNow} /> : null,
    children: (
      <>
        <Section id="settings" title={t(registryTexts.settings)}>
          <DefinitionList
            items={[
              { term: t(registryTexts.clientId), description: <code>{service.id}</code> },
              {
                term: t(registryTexts.department),
                description: departmentText(reader, names, service.department),
              },
              { term: t(registryTexts.state), description: stateText(reader, service) },
              ...Object.entries(service.metadata).map(([name, value]) => ({
                term: <code>{name}</code>,
                description: <code>{valueText(value)}</code>,
              })),
            ]}
          />
        </Section>
        {canChange && service.metadata.token_endpoint_auth_method === 'client_secret_basic' ? (
          <OneStep
            reader={reader}
            service={service}
            step={{ does: 'secret', title: registryTexts.renew, note: registryTexts.renewNote }}
          />
        ) : null}
        {canChange ? (
          <OneStep
            reader={reader}
            service={service}
            step={{ does: 'disable', title: registryTexts.disable, note: registryTexts.disableNote }}
          />
        ) : null}
      </>
    ),
  });
}

export const servicePage = page({
  path: '/officers/services/:id',
  audience: { may: 'identity.see-services' },
  params: z.object({ id: z.string().min(1).max(200) }),
  async render({ house, actor, language, params: { id } }) {
    const service = await getService(house, id);
    const resource = { department: service.department ?? identityEditionOf(house.edition).coordinating };
    house.access.require(actor, 'identity.see-services', resource);
    const mayChange = house.access.may(actor, 'identity.register-service', resource);
    const names = await departmentNames(house);
    return serviceView({ reader: readerOf(house, language), service, names, mayChange });
  },
  form: {
    fields: z.object({ do: z.enum(['disable', 'secret']) }),
    async submit({ house, actor, language, params: { id }, fields }) {
      requireRecent(actor, house.clock.now());
      const { department } = await getService(house, id);
      const resource = { department: department ?? identityEditionOf(house.edition).coordinating };
      house.access.require(actor, 'identity.register-service', resource);
      const reader = readerOf(house, language);
      const tried = await attempt(async () =>
        fields.do === 'disable' ? disableService(house, actor, id) : renewSecret(house, actor, id),
      );
      if ('done' in tried && tried.done !== undefined) {
        return handoverView(reader, { title: registryTexts.renewed, id, secret: tried.done });
      }
      const shown = {
        reader,
        service: await getService(house, id),
        names: await departmentNames(house),
        mayChange: true,
      };
      return serviceView(shown, 'error' in tried ? { error: tried.error } : { isDone: true });
    },
  },
});
