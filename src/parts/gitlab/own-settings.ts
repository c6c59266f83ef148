/**
 * What stands in /etc/gitlab/gitlab.rb beats GITLAB_OMNIBUS_CONFIG, without a word (omnibus-gitlab docker/assets/gitlab.rb).
 * A fresh file is all comments; one that a user has edited is left alone, and every start reports it in the log.
 */
export const OWN_SETTINGS_SCRIPT = `
if grep -qE '^[[:space:]]*[^#[:space:]]' /etc/gitlab/gitlab.rb 2>/dev/null; then
  echo 'chatops-up: /etc/gitlab/gitlab.rb holds settings of its own; they override what chatops.yaml asks for' >&2
fi
`.trimStart();
