// Proposals: the list of those that an officer may know of, and the page of one, where another decides.

import { z } from 'zod';
import type { Actor } from '../../../../core/access.ts';
import type { LamppostError } from '../../../../core/errors.ts';
import type { House } from '../../../../core/house.ts';
import { page, type View } from '../../../../core/module.ts';
import type { Text } from '../../../../core/texts.ts';
import { Button, type Column, DataTable, DefinitionList, Pagination, Section } from '../../../../ui/index.ts';
import { requireRecent } from '../../rules/index.ts';
import {
  collectCode,
  decideProposal,
  departmentNames,
  getProposalFor,
  isCollectable,
  listProposalsFor,
  lookAtPeople,
  mayDecide,
  type Proposal,
  type ProposalPeople,
} from '../../store/index.ts';
import { deskTexts, officerPhrases, officerTexts, proposalStates, reasonWords } from '../../texts/index.ts';
import { PostButton, type Reader, readerOf, When } from '../account/parts.tsx';
import { CodeOnce } from './department-view.tsx';
import { attempt, capital, Day, officersHref, officerView, roleText } from './parts.tsx';

const atOnce = 25;

type Names = ReadonlyMap<string, Text>;
type Words = { reader: Reader; about(proposal: Proposal): Text; names: Names };

async function wordsOf(house: House, reader: Reader): Promise<Words> {
  return {
    reader,
    about: ({ action, payload: { kind = '', role = '' } }) =>
      officerPhrases.proposal[kind]?.(roleText(role)) ??
      house.access.policies.get(action)?.about ?? { en: action, tc: action },
    names: await departmentNames(house),
  };
}

const departmentText = ({ names, reader }: Words, id: string): string => {
  const name = names.get(id);
  return name === undefined ? id : reader.t(name);
};
const stateText = ({ t }: Reader, state: string): string =>
  t(proposalStates[state] ?? { en: state, tc: state });

function columnsOf(words: Words): Column<Proposal>[] {
  const { reader, about } = words;
  const { t } = reader;
  return [
    {
      key: 'what',
      header: t(officerTexts.what),
      rowHeader: true,
      render: (proposal) => (
        <a href={officersHref(reader, `/proposals/${proposal.id}`)}>{t(about(proposal))}</a>
      ),
    },
    {
      key: 'department',
      header: t(officerTexts.department),
      render: ({ department }) => departmentText(words, department),
    },
    { key: 'state', header: t(officerTexts.state), render: ({ state }) => stateText(reader, state) },
    {
      key: 'at',
      header: t(officerTexts.proposedAt),
      kind: 'date',
      render: ({ proposedAt }) => <Day at={proposedAt} reader={reader} />,
    },
  ];
}

export const proposalsPage = page({
  path: '/officers/proposals',
  audience: 'signed-in',
  query: z.object({ after: z.uuid().optional() }),
  async render({ house, actor, language, query: { after } }) {
    const reader = readerOf(house, language);
    const { t } = reader;
    const listing = { limit: atOnce + 1, ...(after === undefined ? {} : { after }) };
    const found = await listProposalsFor(house, actor, listing);
    const rows = found.slice(0, atOnce);
    const more = found.length > atOnce ? `?after=${rows.at(-1)?.id}` : undefined;
    return officerView({
      reader,
      title: t(officerTexts.proposals),
      lede: t(officerTexts.proposalsLede),
      children: (
        <Section id="proposals" title={t(officerTexts.proposals)}>
          <DataTable
            caption={t(officerTexts.proposals)}
            columns={columnsOf(await wordsOf(house, reader))}
            rows={rows}
            language={language}
            empty={t(officerTexts.noProposals)}
          />
          {more === undefined ? null : (
            <Pagination language={language} nextHref={`${officersHref(reader, '/proposals')}${more}`} />
          )}
        </Section>
      ),
    });
  },
});

type Shown = {
  words: Words;
  proposal: Proposal;
  decides: boolean;
  collects: boolean;
  isOwn: boolean;
  people: ProposalPeople;
};

async function shownOf(house: House, actor: Actor, at: { reader: Reader; id: string }): Promise<Shown> {
  const proposal = await getProposalFor(house, actor, at.id);
  const decides = proposal.state === 'open' && mayDecide(house, actor, proposal);
  return {
    words: await wordsOf(house, at.reader),
    proposal,
    decides,
    collects: isCollectable(proposal, actor, house.clock.now()),
    isOwn: proposal.proposedBy === actor.id && proposal.state === 'open',
    people: decides ? await lookAtPeople(house, actor, proposal) : {},
  };
}

function factsOf({ words, proposal, people }: Shown) {
  const { reader } = words;
  const { t } = reader;
  const { payload, department, state, proposedAt, decidedAt, expiresAt } = proposal;
  const reason = payload.reason === undefined ? undefined : reasonWords[payload.reason];
  const facts = [
    { term: t(officerTexts.department), description: departmentText(words, department) },
    payload.role && { term: t(officerTexts.role), description: capital(t(roleText(payload.role))) },
    reason && { term: t(officerTexts.reason), description: t(reason) },
    people.name && { term: t(officerTexts.person), description: people.name },
    people.maskedCard && { term: t(officerTexts.card), description: people.maskedCard },
    people.proposer && { term: t(officerTexts.proposer), description: people.proposer },
    { term: t(officerTexts.state), description: stateText(reader, state) },
    { term: t(officerTexts.proposedAt), description: <When at={proposedAt} reader={reader} /> },
    decidedAt && { term: t(officerTexts.decidedAt), description: <When at={decidedAt} reader={reader} /> },
    { term: t(officerTexts.openUntil), description: <When at={expiresAt} reader={reader} /> },
  ];
  return facts.filter((fact) => typeof fact === 'object');
}

function Decision({ shown: { words, proposal } }: { shown: Shown }) {
  const { t } = words.reader;
  const isRecovery = proposal.payload.kind === 'recovery';
  const note = t(isRecovery ? officerTexts.decideRecovery : officerTexts.decideNote);
  return (
    <Section id="decide" title={t(officerTexts.decide)} note={note}>
      <form class="form" method="post" action={officersHref(words.reader, `/proposals/${proposal.id}`)}>
        <div class="actions">
          <Button label={t(officerTexts.approve)} name="do" value="approved" />
          <Button label={t(officerTexts.refuse)} name="do" value="refused" quiet />
        </div>
      </form>
    </Section>
  );
}

function proposalView(shown: Shown, { error, code }: { error?: LamppostError; code?: string } = {}): View {
  const { words, proposal, decides, collects, isOwn } = shown;
  const { reader, about } = words;
  const { t } = reader;
  const isRecovery = proposal.payload.kind === 'recovery';
  const use = isRecovery ? officerTexts.recoveryCodeUse : officerTexts.inviteNote;
  return officerView({
    reader,
    error,
    title: t(about(proposal)),
    above: [{ label: t(officerTexts.proposals), href: officersHref(reader, '/proposals') }],
    done: code === undefined ? null : <CodeOnce reader={reader} code={code} note={t(use)} />,
    children: (
      <>
        <Section
          id="proposal"
          title={t(officerTexts.proposal)}
          note={isOwn ? t(isRecovery ? deskTexts.proposedLede : officerTexts.byYou) : undefined}
        >
          <DefinitionList items={factsOf(shown)} />
        </Section>
        {decides ? <Decision shown={shown} /> : null}
        {collects ? (
          <Section id="code" title={t(officerTexts.theCode)} note={t(officerTexts.takeCodeNote)}>
            <PostButton
              action={officersHref(reader, `/proposals/${proposal.id}`)}
              label={t(officerTexts.takeCode)}
              fields={{ do: 'collect' }}
            />
          </Section>
        ) : null}
      </>
    ),
  });
}

export const proposalPage = page({
  path: '/officers/proposals/:id',
  audience: 'signed-in',
  params: z.object({ id: z.uuid() }),
  async render({ house, actor, language, params: { id } }) {
    requireRecent(actor, house.clock.now());
    return proposalView(await shownOf(house, actor, { reader: readerOf(house, language), id }));
  },
  form: {
    fields: z.object({ do: z.enum(['approved', 'refused', 'collect']) }),
    async submit({ house, actor, language, params: { id }, fields }) {
      requireRecent(actor, house.clock.now());
      const decision = fields.do;
      const tried = await attempt<string | undefined>(async () => {
        if (decision === 'collect') return collectCode(house, actor, id);
        await decideProposal(house, actor, { id, decision });
        return undefined;
      });
      const shown = await shownOf(house, actor, { reader: readerOf(house, language), id });
      if ('error' in tried) return proposalView(shown, { error: tried.error });
      return proposalView(shown, tried.done === undefined ? {} : { code: tried.done });
    },
  },
});
