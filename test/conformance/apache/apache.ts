// Debian's Apache with mod_auth_openidc as a child process: a service that knows nothing of this program.

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findPort } from '../../kit/port.ts';

const program = '/usr/sbin/apache2';
const modulesFolder = '/usr/lib/apache2/modules';
const howToInstall =
  'No Apache with mod_auth_openidc found: apt-get install apache2 libapache2-mod-auth-openidc.';

/** In CI nothing is left out: a missing Apache fails there instead of skipping. */
const isThorough = process.env.CI === 'true';
const isInstalled = existsSync(program) && existsSync(join(modulesFolder, 'mod_auth_openidc.so'));

/** Without Apache its suite is skipped; in CI it runs, and fails. */
export const isWithoutApache = !isInstalled && !isThorough;
if (isWithoutApache) console.warn(`${howToInstall} Until then its tests are skipped.`);

export type Apache = {
  /** `http://127.0.0.1:` and its port. */
  origin: string;
  /** Where it wants codes and logout tokens sent. */
  redirectUri: string;
  /** Begins to serve; the provider must answer by then. */
  start(client: { issuer: string; clientId: string }): Promise<void>;
  /** What it wrote to its log. */
  log(): string;
  close(): Promise<void>;
};

const names = [
  'mpm_event',
  'authn_core',
  'authz_core',
  'authz_user',
  'alias',
  'dir',
  'headers',
  'mime',
  'unixd',
  'auth_openidc',
];
/** Some of them are part of Debian's Apache itself. */
const loadLines = names
  .map((name) => [name, join(modulesFolder, `mod_${name}.so`)] as const)
  .filter(([, file]) => existsSync(file))
  .map(([name, file]) => `LoadModule ${name}_module ${file}`);

type Place = { folder: string; port: number; issuer: string; clientId: string };

/** Apache started by root hands its work to www-data; started by anybody else it stays who it is. */
const identityLines = () => (process.getuid?.() === 0 ? ['User www-data', 'Group www-data'] : []);

function configOf({ folder, port, issuer, clientId }: Place): string {
  return [
    ...loadLines,
    ...identityLines(),
    `ServerRoot ${folder}`,
    'ServerName 127.0.0.1',
    `Listen 127.0.0.1:${port}`,
    `PidFile ${folder}/apache.pid`,
    `DefaultRuntimeDir ${folder}`,
    `ErrorLog ${folder}/error.log`,
    'LogLevel warn auth_openidc:info',
    'StartServers 1',
    `DocumentRoot ${folder}/site`,
    'TypesConfig /etc/mime.types',
    `OIDCProviderMetadataURL ${issuer}/.well-known/openid-configuration`,
    'OIDCSSLValidateServer Off',
    `OIDCClientID ${clientId}`,
    'OIDCProviderTokenEndpointAuth none',
    'OIDCPKCEMethod S256',
    'OIDCResponseType code',
    'OIDCScope "openid"',
    'OIDCAuthRequestParams acr_values=phr',
    'OIDCIDTokenSignedResponseAlg ES256',
    `OIDCRedirectURI http://127.0.0.1:${port}/protected/callback`,
    'OIDCCryptoPassphrase a-passphrase-of-this-test-only',
    'OIDCSessionType server-cache',
    'OIDCCacheType shm',
    'OIDCRemoteUserClaim sub',
    '<Location /protected>',
    '  AuthType openid-connect',
    '  Require valid-user',
    '  Header always set X-Subject "expr=%{REMOTE_USER}"',
    '  Header always set X-Acr "%{OIDC_CLAIM_acr}e"',
    '</Location>',
    '<Location /open>',
    '  Require all granted',
    '</Location>',
    '',
  ].join('\n');
}

async function waitForAnswer(child: ChildProcess, origin: string, log: () => string): Promise<void> {
  for (;;) {
    if (child.exitCode !== null) throw new Error(`Apache ended at once: ${log()}`);
    const answered = await fetch(`${origin}/open/`, { redirect: 'manual' }).catch(() => undefined);
    if (answered) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** Takes a port and a folder; nothing serves before `start`. Throws, saying how, where none is installed. */
export async function prepareApache(): Promise<Apache> {
  if (!isInstalled) throw new Error(howToInstall);
  const port = await findPort();
  const folder = mkdtempSync(join(tmpdir(), 'apache-oidc-'));
  // Read by www-data when root starts it.
  chmodSync(folder, 0o755);
  for (const part of ['protected', 'open']) {
    mkdirSync(join(folder, 'site', part), { recursive: true });
    writeFileSync(join(folder, 'site', part, 'index.html'), `<p>${part}</p>\n`);
  }
  const origin = `http://127.0.0.1:${port}`;
  let said = '';
  const log = () => {
    const file = join(folder, 'error.log');
    return said + (existsSync(file) ? readFileSync(file, 'utf8') : '');
  };
  let child: ChildProcess | undefined;
  return {
    origin,
    redirectUri: `${origin}/protected/callback`,
    log,
    start: async (client) => {
      const file = join(folder, 'apache.conf');
      writeFileSync(file, configOf({ folder, port, ...client }));
      child = spawn(program, ['-f', file, '-D', 'FOREGROUND'], { stdio: ['ignore', 'pipe', 'pipe'] });
      for (const stream of [child.stdout, child.stderr]) {
        stream?.setEncoding('utf8').on('data', (text: string) => {
          said += text;
        });
      }
      await waitForAnswer(child, origin, log);
    },
    close: async () => {
      if (child && child.exitCode === null) {
        const ended = once(child, 'close');
        child.kill('SIGTERM');
        await ended;
      }
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
