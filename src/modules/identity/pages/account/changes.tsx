// What changed lately in an account.

import { type Column, DataTable, EmptyState, Tag } from '../../../../ui/index.ts';
import type { Passkey, Person, ServiceUse } from '../../schema.ts';
import type { Notice, RecordedAccess } from '../../store/index.ts';
import { accountDataTexts, accountTexts, noticeWords, wordsFor } from '../../texts/index.ts';
import type { Running } from '../recovery-warning.tsx';
import { Caption, hrefOf, PostButton, type Reader, When } from './parts.tsx';

/** All that the first page shows. */
export type Overview = {
  person: Person;
  passkeys: Passkey[];
  codes: number;
  services: ServiceUse[];
  notices: Notice[];
  looks: { items: RecordedAccess[]; next: string | null };
  running: Running | undefined;
  isOfficer: boolean;
  /** Not verified yet, where the city has a service for that. */
  canProve: boolean;
};

/** For whom and what. */
export type Shown = { reader: Reader; overview: Overview };

/** The latest notices. */
export function Changes({ reader, notices }: { reader: Reader; notices: Notice[] }) {
  const { t, language } = reader;
  const columns: Column<Notice>[] = [
    {
      key: 'what',
      header: t(accountTexts.change),
      rowHeader: true,
      render: ({ kind, readAt }) => (
        <>
          {t(wordsFor(noticeWords, kind))}{' '}
          {readAt === undefined ? <Tag label={t(accountTexts.isNew)} strong /> : null}
        </>
      ),
    },
    {
      key: 'when',
      header: t(accountDataTexts.when),
      kind: 'date',
      render: (one) => <When at={one.createdAt} reader={reader} short />,
    },
  ];
  const isUnread = notices.some(({ readAt }) => readAt === undefined);
  if (notices.length === 0) return <EmptyState>{t(accountTexts.nothingChanged)}</EmptyState>;
  return (
    <>
      <DataTable
        caption={<Caption reader={reader} name={accountTexts.changed} />}
        language={language}
        rows={notices}
        columns={columns}
      />
      <div class="actions">
        {isUnread ? (
          <PostButton
            action={hrefOf(reader)}
            label={t(accountTexts.markRead)}
            fields={{ do: 'read' }}
            quiet
          />
        ) : null}
        <a href={hrefOf(reader, '/devices')}>{t(accountTexts.notMine)}</a>
      </div>
    </>
  );
}
