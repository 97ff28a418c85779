// The page on which somebody becomes an officer with the code of an invitation.

import { z } from 'zod';
import type { LamppostError } from '../../../../core/errors.ts';
import { page, type View } from '../../../../core/module.ts';
import { Button, Section, TextField } from '../../../../ui/index.ts';
import { acceptInvitation, getDepartment } from '../../store/index.ts';
import { officerPhrases, officerTexts } from '../../texts/index.ts';
import { freshSeconds, type Reader, readerOf } from '../account/parts.tsx';
import { attempt, fieldError, officersHref, officerView, roleText } from './parts.tsx';

function joinView(reader: Reader, error?: LamppostError): View {
  const { t, language } = reader;
  return officerView({
    reader,
    error,
    title: t(officerTexts.join),
    lede: t(officerTexts.joinLede),
    children: (
      <Section id="invitation" title={t(officerTexts.invitationCode)}>
        <form class="form" method="post" action={officersHref(reader, '/join')}>
          <TextField
            name="code"
            label={t(officerTexts.invitationCode)}
            hint={t(officerTexts.invitationCodeHint)}
            language={language}
            error={fieldError(reader, error, 'code')}
            autocomplete="off"
            maxLength={60}
          />
          <div class="actions">
            <Button label={t(officerTexts.accept)} />
          </div>
        </form>
      </Section>
    ),
  });
}

export const joinPage = page({
  path: '/officers/join',
  audience: { signedInWithin: freshSeconds },
  render: async ({ house, language }) => joinView(readerOf(house, language)),
  form: {
    fields: z.object({ code: z.string().max(200).default('') }),
    async submit({ house, actor, language, fields }) {
      const reader = readerOf(house, language);
      const tried = await attempt(() => acceptInvitation(house, actor, fields.code));
      if ('error' in tried) return joinView(reader, tried.error);
      const { department, role } = tried.done;
      const { name } = await getDepartment(house, department);
      return officerView({
        reader,
        title: reader.t(officerTexts.joined),
        lede: reader.t(officerPhrases.roleIn(roleText(role), name)),
        actions: <Button label={reader.t(officerTexts.tasks)} href={officersHref(reader)} />,
      });
    },
  },
});
