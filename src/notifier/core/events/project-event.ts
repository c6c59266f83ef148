import { LIMITS } from '../clean.ts';
import { described, knownField, project, say, textField } from '../common.ts';
import type { Describer } from '../event.ts';
import type { Texts } from '../wording/index.ts';

/** Owners' names and addresses in these payloads are nobody's business in a room. */
export const projectEvent = (happening: keyof Texts['projectEvents']): Describer => ({
  topic: 'project',
  describe: ({ payload }, context) => {
    const { fields, projectEvents, visibilities } = context.words;
    const tone = happening === 'destroy' ? 'warning' : 'news';
    return described(
      say(
        projectEvents[happening],
        { project: project(payload, happening === 'destroy' ? { ...context, instance: '' } : context) },
        {
          tone,
          fields: [
            ...textField(fields.before, payload.old_path_with_namespace, LIMITS.path),
            ...knownField(fields.visibility, payload.project_visibility, visibilities),
          ],
        },
      ),
    );
  },
});
