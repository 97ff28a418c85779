// Finds optional packages that package-lock.json names but does not hold, for which `npm ci` would refuse it.

type Entry = {
  version?: string;
  dev?: boolean;
  optional?: boolean;
  os?: string[];
  cpu?: string[];
  libc?: string[];
  optionalDependencies?: Record<string, string>;
};

/** The part of `package-lock.json` (version 3) that matters here. */
export type Lock = { packages: Record<string, Entry> };

export type Missing = { name: string; version: string; dev: boolean };

const systems = /android|darwin|freebsd|linux|netbsd|openbsd|openharmony|sunos|win32|aix/;
const processors = /arm64|x64|ia32|arm|ppc64|riscv64|s390x|loong64|mips64el|wasm32/;

/** Optional packages with an exact version that some package names and the lock does not hold, once each. */
export function listMissing({ packages }: Lock): Missing[] {
  const found = new Map<string, Missing>();
  for (const [path, entry] of Object.entries(packages)) {
    for (const [name, version] of Object.entries(entry.optionalDependencies ?? {})) {
      const held = packages[`node_modules/${name}`] ?? packages[`${path}/node_modules/${name}`];
      if (!held && /^\d/.test(version)) found.set(name, { name, version, dev: entry.dev ?? false });
    }
  }
  return [...found.values()];
}

function entryFor({ name, version, dev }: Missing): Entry {
  const last = name.split('/').at(-1) ?? name;
  const os = systems.exec(last)?.[0];
  const cpu = processors.exec(last)?.[0];
  return {
    version,
    ...(dev ? { dev } : {}),
    optional: true,
    ...(os ? { os: [os] } : {}),
    ...(cpu ? { cpu: [cpu] } : {}),
    ...(last.includes('musl') ? { libc: ['musl'] } : {}),
  };
}

/** The lock with an entry for each missing package; the machine's own platform never needs one of them. */
export function completeLock<Full extends Lock>(lock: Full): Full {
  const { '': root, ...rest } = lock.packages;
  for (const one of listMissing(lock)) rest[`node_modules/${one.name}`] = entryFor(one);
  const sorted = Object.entries(rest).sort(([a], [b]) => (a < b ? -1 : 1));
  return { ...lock, packages: { ...(root ? { '': root } : {}), ...Object.fromEntries(sorted) } };
}
