"""Does with python-gitlab what the set-up jobs do, and prints what it found as one JSON document."""
import json
import os

import gitlab
from gitlab.exceptions import GitlabError

URL = os.environ["GITLAB_URL"]
HOOK = os.environ["HOOK_URL"]
PROJECT = int(os.environ["PROJECT_ID"])


def client(token):
    return gitlab.Gitlab(URL, private_token=token, keep_base_url=True)


def status_of(action):
    """The status of the refusal; None when there was none."""
    try:
        action()
    except GitlabError as error:
        return error.response_code
    return None


def main():
    report = {}
    gl = client(os.environ["GITLAB_TOKEN"])
    gl.auth()
    report["version"] = gl.version()[0]
    report["enterprise"] = gl.http_get("/metadata")["enterprise"]
    report["user"] = gl.user.username
    report["isAdmin"] = gl.user.is_admin
    report["tokenActive"] = gl.personal_access_tokens.get("self").active
    report["wrongToken"] = status_of(client("nonsense").auth)
    report["missingProject"] = status_of(lambda: gl.projects.get("ops/none"))

    project = gl.projects.get(PROJECT)
    events = {"url": HOOK, "push_events": False, "pipeline_events": True, "token": "secret"}
    report["hookRefused"] = status_of(lambda: project.hooks.create(events))
    settings = gl.settings.get()
    settings.outbound_local_requests_whitelist = settings.outbound_local_requests_whitelist + ["rocketchat:3000"]
    settings.save()
    report["allowList"] = gl.settings.get().outbound_local_requests_whitelist
    for name, variable in (("hookWithReadScope", "READ_TOKEN"), ("hookAsDeveloper", "DEVELOPER_TOKEN")):
        other = client(os.environ[variable]).projects.get(PROJECT, lazy=True)
        report[name] = status_of(lambda: other.hooks.create(events))

    project.commits.create(
        {
            "branch": "main",
            "commit_message": "first",
            "actions": [{"action": "create", "file_path": "README.md", "content": "hello"}],
        }
    )
    report["pipelineWithoutFile"] = status_of(lambda: project.pipelines.create({"ref": "main"}))
    hook = project.hooks.create(events)
    report["hookAdded"] = {"pipeline": hook.pipeline_events, "push": hook.push_events}
    hook.push_events = True
    hook.save()
    hook = project.hooks.get(hook.id)
    report["hookEdited"] = {"pipeline": hook.pipeline_events, "push": hook.push_events}
    report["hooksListed"] = len(project.hooks.list(get_all=True))
    hook.test("push_events")
    report["hookTested"] = True
    hook.delete()
    report["hookDeletedTwice"] = status_of(hook.delete)
    report["groupHooks"] = status_of(lambda: gl.groups.get("many").hooks.list())

    report["projectsPaged"] = len({p.id for p in gl.groups.get("many").projects.list(get_all=True)})
    keyset = gl.projects.list(iterator=True, pagination="keyset", order_by="id", sort="asc", per_page=50)
    report["projectsByKeyset"] = len({p.id for p in keyset})
    for _ in range(45):
        project.hooks.create({"url": HOOK, "push_events": False})
    report["hooksPaged"] = len(project.hooks.list(get_all=True))

    made = gl.http_post(
        "/user/runners", post_data={"runner_type": "instance_type", "description": "ours", "tag_list": ["docker", "linux"]}
    )
    report["runnerToken"] = made["token"].startswith("glrt-")
    report["runnerVerified"] = gl.runners.verify(made["token"]) is None
    runner = gl.runners.get(made["id"])
    report["runnerTags"] = runner.tag_list
    report["runnersListed"] = len(gl.runners_all.list(get_all=True))
    gl.http_post(f"/runners/{runner.id}/reset_authentication_token")
    report["oldTokenAfterReset"] = status_of(lambda: gl.runners.verify(made["token"]))
    runner.delete()
    report["runnersLeft"] = len(gl.runners_all.list(get_all=True))
    report["runnerTypeMissing"] = status_of(lambda: gl.http_post("/user/runners", post_data={"description": "x"}))

    project.files.create(
        {
            "file_path": ".gitlab-ci.yml",
            "branch": "main",
            "content": "smoke:\n  script: echo\n",
            "commit_message": "ci",
        }
    )
    pipeline = project.pipelines.create({"ref": "main"})
    report["pipeline"] = pipeline.status
    report["jobs"] = [job.name for job in pipeline.jobs.list(get_all=True)]
    print(json.dumps(report))


main()
