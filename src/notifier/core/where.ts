/**
 * Where an event happens: a project, or a group when GitLab names no project (epics, group wikis, group tokens). Older
 * payloads have no `project`; then the target of a merge request, or the address of the object, says it. Pure.
 */
import { at, type Fields, firstText, text } from './read.ts';

export interface Where {
  /** Full path as GitLab writes it; empty when the event names no place, or only a name that is no path. */
  readonly path: string;
  /** Page of the project or group; empty when the payload has none. */
  readonly url: string;
  /** What people read: the path, else a bare name; empty when there is neither. */
  readonly shown: string;
}

const LONGEST = 1_000;

const urlOf = (project: unknown): string => firstText(at(project, 'web_url'), at(project, 'homepage'));

/** `https://host/groups/acme/-/epics/3` → the group; `https://host/acme/shop/-/issues/4` → the project. */
const GROUP_PAGE = /^(https?:\/\/[^?#]*?\/groups\/([\w./-]+?))\/-\//;
const PROJECT_PAGE = /^(https?:\/\/[^/?#]+\/([\w.-]+(?:\/[\w.-]+)+?))\/-\//;
/** A project's own page, as payloads before 8.5 have it in `repository.homepage`. */
const HOME_PAGE = /^https?:\/\/[^/?#]+\/([\w.-]+(?:\/[\w.-]+)+)\/?$/;

const addressesIn = (payload: Fields): readonly string[] =>
  [
    at(payload, 'object_attributes', 'url'),
    at(payload, 'object_attributes', 'awarded_on_url'),
    at(payload, 'issue', 'url'),
    at(payload, 'merge_request', 'url'),
    payload.url,
  ].map((address) => text(address).slice(0, LONGEST));

const ofAddress = (address: string): Where | undefined => {
  const [, url, path] = GROUP_PAGE.exec(address) ?? PROJECT_PAGE.exec(address) ?? [];
  return url === undefined || path === undefined ? undefined : { path, url, shown: path };
};

const ofHomePage = (payload: Fields): Where | undefined => {
  const url = firstText(urlOf(payload.project), urlOf(payload.repository)).slice(0, LONGEST);
  const path = HOME_PAGE.exec(url)?.[1];
  return path === undefined ? undefined : { path, url, shown: path };
};

/** The projects that a payload may name, the one it happens in first. */
const projectsIn = (payload: Fields): readonly unknown[] => [
  payload.project,
  at(payload, 'object_attributes', 'target'),
  at(payload, 'merge_request', 'target'),
];

const ofProject = (payload: Fields): Where | undefined => {
  for (const project of projectsIn(payload)) {
    const path = text(at(project, 'path_with_namespace'));
    if (path !== '') return { path, url: firstText(urlOf(project), urlOf(payload.repository)), shown: path };
  }
  const path = firstText(payload.path_with_namespace, payload.project_path_with_namespace);
  return path === '' ? undefined : { path, url: '', shown: path };
};

const ofGroup = (payload: Fields): Where | undefined => {
  const { group } = payload;
  const path = firstText(
    at(group, 'full_path'),
    payload.full_path,
    at(group, 'group_path'),
    at(group, 'path'),
    payload.group_path,
  );
  return path === '' ? undefined : { path, url: text(at(group, 'web_url')), shown: path };
};

const ofName = (payload: Fields): Where => {
  const project = payload.project;
  const name = firstText(
    at(project, 'name'),
    payload.project_name,
    at(payload, 'repository', 'name'),
    at(payload, 'group', 'group_name'),
    payload.group_name,
  );
  return { path: '', url: firstText(urlOf(project), urlOf(payload.repository)), shown: name };
};

export const whereOf = (payload: Fields): Where => {
  const group = ofGroup(payload);
  const addressed = addressesIn(payload).flatMap((address) => ofAddress(address) ?? []);
  // A group's page says more than its path alone: it leads there.
  const page = addressed.find(({ path }) => path === group?.path);
  const found = ofProject(payload) ?? page ?? group ?? ofHomePage(payload) ?? addressed[0];
  return found ?? ofName(payload);
};
