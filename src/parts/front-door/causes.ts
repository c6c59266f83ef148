/** What goes wrong with the front door. Texts are nginx's. */
import { lineWith, ofRole, type Recogniser } from '../../contracts/cause.ts';

const refusedConfiguration = ofRole('nginx', {
  name: 'nginx configuration',
  hopeless: true,
  recognise: ({ log }) => {
    if (!/\[emerg\]/.test(log)) return undefined;
    return {
      what: `nginx does not take its configuration: ${lineWith(log, /\[emerg\]/)}`,
      next: /cannot load certificate/.test(log)
        ? 'check `tls:` in chatops.yaml: both files must be PEM and belong together'
        : 'nginx.conf is rendered: run `chatops-up render`; a file edited by hand is put back by it',
    };
  },
});

export const frontDoorCauses: readonly Recogniser[] = [refusedConfiguration];
