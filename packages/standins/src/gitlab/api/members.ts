/** Members of projects and groups (gl:lib/api/members.rb). */
import { groupChain, ROLE, wantedGroup, wantedProject } from '../access.ts';
import { addMember } from '../accounts.ts';
import { userBasic } from '../entities.ts';
import { paged } from '../http/paging.ts';
import { checkParams, recordId } from '../http/params.ts';
import { badParameter, created, noContent, notFound, ok, Refusal } from '../http/reply.ts';
import { type Call, type Route, read, write } from '../http/route.ts';
import type { Member } from '../model.ts';
import { isoTime } from '../state.ts';

type Source = 'project' | 'group';
const LEVELS = [5, 10, 15, 20, 30, 40, 50];

const sourceId = (call: Call, source: Source, role: number): number =>
  source === 'project' ? wantedProject(call, role).id : wantedGroup(call, role).id;

const entity = (call: Call, member: Member) => {
  const user = call.world.state.users.get(String(member.userId));
  return {
    ...(user === undefined ? { id: member.userId } : userBasic(call.world, user)),
    access_level: member.accessLevel,
    created_at: isoTime(member.createdAt),
    expires_at: null,
    membership_state: 'active',
  };
};

/** Its own members, and with `inherited` those of the groups above. */
const membersOf = (call: Call, source: Source, id: number, inherited: boolean): readonly Member[] => {
  const project = source === 'project' ? call.world.state.projects.get(String(id)) : undefined;
  const groupId = source === 'group' ? id : project?.namespace.kind === 'group' ? project.namespace.id : null;
  const groupIds = inherited ? groupChain(call.world, groupId).map((group) => group.id) : [];
  return call.world.state.members
    .all()
    .filter(
      (member) =>
        (member.source === source && member.sourceId === id) ||
        (member.source === 'group' && groupIds.includes(member.sourceId)),
    );
};

const levelOfCall = (call: Call): number => {
  const { access_level: level } = checkParams(call.params, { access_level: { type: 'integer', required: true } });
  if (!LEVELS.includes(level)) throw badParameter('access_level does not have a valid value');
  return level;
};

const memberOfCall = (call: Call, source: Source, role: number): Member => {
  const id = sourceId(call, source, role);
  const member = call.world.state.members.get(`${source}:${id}:${recordId(call.params, 'user_id')}`);
  if (member === undefined) throw notFound();
  return member;
};

const put = (call: Call, member: Member, accessLevel: number): Member => {
  addMember(call.world, member.source, member.sourceId, member.userId, accessLevel);
  return { ...member, accessLevel };
};

const routesFor = (source: Source): readonly Route[] => {
  const path = `/${source}s/:id/members`;
  const list = (inherited: boolean) => (call: Call) =>
    paged(call, membersOf(call, source, sourceId(call, source, ROLE.none), inherited), (member) =>
      entity(call, member),
    );
  return [
    read(path, list(false)),
    read(`${path}/all`, list(true)),
    read(`${path}/:user_id`, (call) => ok(entity(call, memberOfCall(call, source, ROLE.none)))),
    write('POST', path, (call) => {
      const id = sourceId(call, source, ROLE.maintainer);
      const level = levelOfCall(call);
      const userId = recordId(call.params, 'user_id');
      if (call.world.state.users.get(userId) === undefined) throw notFound('User');
      if (call.world.state.members.get(`${source}:${id}:${userId}`) !== undefined)
        throw new Refusal(409, { message: 'Member already exists' });
      const createdAt = call.world.time.now();
      return created(
        entity(call, put(call, { source, sourceId: id, userId: Number(userId), accessLevel: level, createdAt }, level)),
      );
    }),
    write('PUT', `${path}/:user_id`, (call) => {
      const member = memberOfCall(call, source, ROLE.maintainer);
      return ok(entity(call, put(call, member, levelOfCall(call))));
    }),
    write('DELETE', `${path}/:user_id`, (call) => {
      const { sourceId: id, userId } = memberOfCall(call, source, ROLE.maintainer);
      call.world.state.members.delete(`${source}:${id}:${userId}`);
      return noContent();
    }),
  ];
};

export const memberRoutes: readonly Route[] = [...routesFor('project'), ...routesFor('group')];
