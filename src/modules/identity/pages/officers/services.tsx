// The register of services: the list, and the page of one, where it can be disabled.

import { z } from 'zod';
import type { LamppostError } from '../../../../core/errors.ts';
import { page, type View } from '../../../../core/module.ts';
import type { Text } from '../../../../core/texts.ts';
import { Button, type Column, DataTable, DefinitionList, Disclosure, Section } from '../../../../ui/index.ts';
import { disableService } from '../../protocols/index.ts';
import { identityEditionOf, requireRecent } from '../../rules/index.ts';
import type { Service } from '../../schema.ts';
import { departmentNames, getService, listServices } from '../../store/index.ts';
import { registryTexts } from '../../texts/index.ts';
import { Done, PostButton, type Reader, readerOf } from '../account/parts.tsx';
import { attempt, Day, officersHref, officerView } from './parts.tsx';

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
  mayDisable: boolean;
};

const valueText = (value: unknown): string =>
  Array.isArray(value) || typeof value === 'string' ? [value].flat().join('\n') : JSON.stringify(value);

function serviceView(
  { reader, service, names, mayDisable }: Shown,
  { error, isDone = false }: { error?: LamppostError; isDone?: boolean } = {},
): View {
  const { t } = reader;
  const canDisable = mayDisable && service.disabledAt === undefined;
  return officerView({
    reader,
    error,
    title: t(service.name),
    above: [{ label: t(registryTexts.services), href: officersHref(reader, '/services') }],
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
        {canDisable ? (
          <Section id="disable" title={t(registryTexts.disable)} note={t(registryTexts.disableNote)}>
            <Disclosure summary={t(registryTexts.disable)}>
              <PostButton
                action={officersHref(reader, `/services/${encodeURIComponent(service.id)}`)}
                label={t(registryTexts.disableNow)}
                fields={{ do: 'disable' }}
              />
            </Disclosure>
          </Section>
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
    const mayDisable = house.access.may(actor, 'identity.register-service', resource);
    const names = await departmentNames(house);
    return serviceView({ reader: readerOf(house, language), service, names, mayDisable });
  },
  form: {
    fields: z.object({ do: z.literal('disable') }),
    async submit({ house, actor, language, params: { id } }) {
      requireRecent(actor, house.clock.now());
      const { department } = await getService(house, id);
      const resource = { department: department ?? identityEditionOf(house.edition).coordinating };
      house.access.require(actor, 'identity.register-service', resource);
      const tried = await attempt(() => disableService(house, actor, id));
      const shown = {
        reader: readerOf(house, language),
        service: await getService(house, id),
        names: await departmentNames(house),
        mayDisable: true,
      };
      return serviceView(shown, 'error' in tried ? { error: tried.error } : { isDone: true });
    },
  },
});
