/** Version and edition; both paths give the same (gl:lib/api/metadata.rb). */
import { ok } from '../http/reply.ts';
import { type Call, type Route, read } from '../http/route.ts';
import { atLeast, type Features } from '../version.ts';

const body = ({ world }: Call) => {
  const { version, edition } = world.features;
  return {
    version: edition === 'ee' && !version.includes('-') ? `${version}-ee` : version,
    revision: '5ca1ab1e0d5',
    kas: { enabled: false, externalUrl: null, externalK8sProxyUrl: null, version: null },
    // Absent before 15.6: then the suffix of the version is all there is.
    ...(atLeast(version, '15.6') ? { enterprise: edition === 'ee' } : {}),
  };
};

const OTHER_SCOPES = ['read_user'];

export const versionRoutes = (features: Features): readonly Route[] => [
  read('/version', (call) => ok(body(call)), OTHER_SCOPES),
  ...(features.metadata ? [read('/metadata', (call) => ok(body(call)), OTHER_SCOPES)] : []),
];
