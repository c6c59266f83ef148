// Does with the official Go client what the set-up jobs do, and prints what it found as one JSON document.
package main

import (
	"encoding/json"
	"fmt"
	"os"
	"strconv"

	gitlab "gitlab.com/gitlab-org/api/client-go/v2"
)

var hookURL = os.Getenv("HOOK_URL")

func client(token string) *gitlab.Client {
	// No retries: a refusal must be seen as it came.
	made, err := gitlab.NewClient(token, gitlab.WithBaseURL(os.Getenv("GITLAB_URL")), gitlab.WithCustomRetryMax(0))
	must(err)
	return made
}

func must(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func got[T any](value T, _ *gitlab.Response, err error) T {
	must(err)
	return value
}

// The status of an answer that was refused; 0 when it was not.
func refusal(response *gitlab.Response, err error) int {
	if err == nil || response == nil {
		return 0
	}
	return response.StatusCode
}

func hook(push bool) *gitlab.AddProjectHookOptions {
	return &gitlab.AddProjectHookOptions{
		URL:            gitlab.Ptr(hookURL),
		PushEvents:     gitlab.Ptr(push),
		PipelineEvents: gitlab.Ptr(true),
		Token:          gitlab.Ptr("secret"),
	}
}

func everyHook(api *gitlab.Client, project int64) int {
	count := 0
	options := &gitlab.ListProjectHooksOptions{}
	for {
		page, response, err := api.Projects.ListProjectHooks(project, options)
		must(err)
		count += len(page)
		if response.NextPage == 0 {
			return count
		}
		options.Page = response.NextPage
	}
}

func main() {
	report := map[string]any{}
	api := client(os.Getenv("GITLAB_TOKEN"))
	project, err := strconv.ParseInt(os.Getenv("PROJECT_ID"), 10, 64)
	must(err)

	metadata := got(api.Metadata.GetMetadata())
	report["version"], report["enterprise"] = metadata.Version, metadata.Enterprise
	user := got(api.Users.CurrentUser())
	report["user"], report["isAdmin"] = user.Username, user.IsAdmin
	report["tokenActive"] = got(api.PersonalAccessTokens.GetSinglePersonalAccessToken()).Active
	_, response, err := client("nonsense").Users.CurrentUser()
	report["wrongToken"] = refusal(response, err)
	_, response, err = api.Projects.GetProject("ops/none", nil)
	report["missingProject"] = refusal(response, err)

	hooks(api, project, report)
	pages(api, project, report)
	runners(api, report)
	pipelines(api, project, report)
	must(json.NewEncoder(os.Stdout).Encode(report))
}

func hooks(api *gitlab.Client, project int64, report map[string]any) {
	_, response, err := api.Projects.AddProjectHook(project, hook(false))
	report["hookRefused"] = refusal(response, err)
	list := got(api.Settings.GetSettings()).OutboundLocalRequestsWhitelist
	list = append(list, "rocketchat:3000")
	got(api.Settings.UpdateSettings(&gitlab.UpdateSettingsOptions{OutboundLocalRequestsWhitelist: &list}))
	report["allowList"] = got(api.Settings.GetSettings()).OutboundLocalRequestsWhitelist
	for name, variable := range map[string]string{"hookWithReadScope": "READ_TOKEN", "hookAsDeveloper": "DEVELOPER_TOKEN"} {
		_, response, err = client(os.Getenv(variable)).Projects.AddProjectHook(project, hook(false))
		report[name] = refusal(response, err)
	}
	got(api.Commits.CreateCommit(project, &gitlab.CreateCommitOptions{
		Branch:        gitlab.Ptr("main"),
		CommitMessage: gitlab.Ptr("first"),
		Actions: []*gitlab.CommitActionOptions{{
			Action:   gitlab.Ptr(gitlab.FileCreate),
			FilePath: gitlab.Ptr("README.md"),
			Content:  gitlab.Ptr("hello"),
		}},
	}))
	made := got(api.Projects.AddProjectHook(project, hook(false)))
	report["hookAdded"] = map[string]bool{"pipeline": made.PipelineEvents, "push": made.PushEvents}
	got(api.Projects.EditProjectHook(project, made.ID, &gitlab.EditProjectHookOptions{
		URL: gitlab.Ptr(hookURL), PushEvents: gitlab.Ptr(true), Token: gitlab.Ptr("secret"),
	}))
	edited := got(api.Projects.GetProjectHook(project, made.ID))
	report["hookEdited"] = map[string]bool{"pipeline": edited.PipelineEvents, "push": edited.PushEvents}
	report["hooksListed"] = everyHook(api, project)
	_, err = api.Projects.TriggerTestProjectHook(project, made.ID, gitlab.ProjectHookEventPush)
	must(err)
	report["hookTested"] = true
	_, err = api.Projects.DeleteProjectHook(project, made.ID)
	must(err)
	response, err = api.Projects.DeleteProjectHook(project, made.ID)
	report["hookDeletedTwice"] = refusal(response, err)
	_, response, err = api.Groups.ListGroupHooks("many", nil)
	report["groupHooks"] = refusal(response, err)
}

func pages(api *gitlab.Client, project int64, report map[string]any) {
	seen := map[int64]bool{}
	options := &gitlab.ListGroupProjectsOptions{}
	for {
		page, response, err := api.Groups.ListGroupProjects("many", options)
		must(err)
		for _, one := range page {
			seen[one.ID] = true
		}
		if response.NextPage == 0 {
			break
		}
		options.Page = response.NextPage
	}
	report["projectsPaged"] = len(seen)

	seen = map[int64]bool{}
	keyset := &gitlab.ListProjectsOptions{
		ListOptions: gitlab.ListOptions{Pagination: "keyset", PerPage: 50},
		OrderBy:     gitlab.Ptr("id"),
		Sort:        gitlab.Ptr("asc"),
	}
	var next []gitlab.RequestOptionFunc
	for {
		page, response, err := api.Projects.ListProjects(keyset, next...)
		must(err)
		for _, one := range page {
			seen[one.ID] = true
		}
		if response.NextLink == "" {
			break
		}
		next = []gitlab.RequestOptionFunc{gitlab.WithKeysetPaginationParameters(response.NextLink)}
	}
	report["projectsByKeyset"] = len(seen)

	for range 45 {
		got(api.Projects.AddProjectHook(project, &gitlab.AddProjectHookOptions{
			URL: gitlab.Ptr(hookURL), PushEvents: gitlab.Ptr(false),
		}))
	}
	report["hooksPaged"] = everyHook(api, project)
}

func runners(api *gitlab.Client, report map[string]any) {
	made := got(api.Users.CreateUserRunner(&gitlab.CreateUserRunnerOptions{
		RunnerType:  gitlab.Ptr("instance_type"),
		Description: gitlab.Ptr("ours"),
		TagList:     &[]string{"docker", "linux"},
	}))
	report["runnerToken"] = len(made.Token) > 5 && made.Token[:5] == "glrt-"
	_, err := api.Runners.VerifyRegisteredRunner(&gitlab.VerifyRegisteredRunnerOptions{Token: gitlab.Ptr(made.Token)})
	report["runnerVerified"] = err == nil
	report["runnerTags"] = got(api.Runners.GetRunnerDetails(made.ID)).TagList
	report["runnersListed"] = len(got(api.Runners.ListAllRunners(nil)))
	got(api.Runners.ResetRunnerAuthenticationToken(made.ID))
	response, err := api.Runners.VerifyRegisteredRunner(&gitlab.VerifyRegisteredRunnerOptions{Token: gitlab.Ptr(made.Token)})
	report["oldTokenAfterReset"] = refusal(response, err)
	_, err = api.Runners.RemoveRunner(made.ID)
	must(err)
	report["runnersLeft"] = len(got(api.Runners.ListAllRunners(nil)))
	_, response, err = api.Users.CreateUserRunner(&gitlab.CreateUserRunnerOptions{Description: gitlab.Ptr("x")})
	report["runnerTypeMissing"] = refusal(response, err)
}

func pipelines(api *gitlab.Client, project int64, report map[string]any) {
	options := &gitlab.CreatePipelineOptions{Ref: gitlab.Ptr("main")}
	_, response, err := api.Pipelines.CreatePipeline(project, options)
	report["pipelineWithoutFile"] = refusal(response, err)
	got(api.RepositoryFiles.CreateFile(project, ".gitlab-ci.yml", &gitlab.CreateFileOptions{
		Branch:        gitlab.Ptr("main"),
		Content:       gitlab.Ptr("smoke:\n  script: echo\n"),
		CommitMessage: gitlab.Ptr("ci"),
	}))
	pipeline := got(api.Pipelines.CreatePipeline(project, options))
	report["pipeline"] = pipeline.Status
	names := []string{}
	for _, job := range got(api.Jobs.ListPipelineJobs(project, pipeline.ID, nil)) {
		names = append(names, job.Name)
	}
	report["jobs"] = names
}
