/**
 * Gives GitLab the first tokens of its administrator: the values stand in `.env`, and GitLab has no variable for them, so
 * the container runs this after it has configured itself, at every start. One is for our jobs; one may only read, for
 * probes. The values are read from the environment by Ruby and never stand in an argument list. Starting Rails takes tens
 * of seconds: a marker, holding the digest of the values, saves them as long as it is younger than half a year (a token
 * lives 365 days at most). It lies in the volume of the database that holds the tokens: what is lost or restored with the
 * one is so with the other. What `.env` said before is revoked: several tokens of one name may be valid beside each other
 * (gl:app/models/personal_access_token.rb).
 */
const RUBY = `
{
  "CHATOPS_GITLAB_TOKEN" => ["chatops-up", ["api", "admin_mode"]],
  "CHATOPS_GITLAB_READ_TOKEN" => ["chatops-up reads", ["read_api", "admin_mode"]]
}.each do |variable, (name, scopes)|
  value = ENV.fetch(variable)
  token = PersonalAccessToken.find_by_token(value)
  abort "chatops-up: #{variable} in .env was revoked; set another one" if token&.revoked?
  token ||= User.find_by_username!("root").personal_access_tokens.build(name: name, scopes: scopes).tap { |made| made.set_token(value) }
  token.expires_at = 364.days.from_now.to_date
  token.save!
  token.user.personal_access_tokens.active.where(name: name).where.not(id: token.id).each(&:revoke!)
end
`.trim();

export const TOKEN_SCRIPT = `
marker=/var/opt/gitlab/.chatops-token
digest=$(printf '%s\\n' "$CHATOPS_GITLAB_TOKEN" "$CHATOPS_GITLAB_READ_TOKEN" | sha256sum)
if [ "$(find "$marker" -mtime -180 -exec cat {} + 2>/dev/null)" != "$digest" ]; then
  gitlab-rails runner '${RUBY}' && (umask 077 && echo "$digest" >"$marker") ||
    echo 'chatops-up: the tokens could not be set; the next start tries again' >&2
fi
`.trimStart();
