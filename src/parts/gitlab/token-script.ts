/**
 * Gives GitLab the first administrator's token: the value stands in `.env`, and GitLab has no variable for it, so the
 * container runs this after it has configured itself, at every start. The value is read from the environment by Ruby
 * and never stands in an argument list. Starting Rails takes tens of seconds: a marker, holding the digest of the value,
 * saves them as long as it is younger than half a year (a token lives 365 days at most). It lies in the volume of the
 * database that holds the token: what is lost or restored with the one is so with the other. What `.env` said before is
 * revoked: several tokens of one name may be valid beside each other (gl:app/models/personal_access_token.rb).
 */
const RUBY = `
value = ENV.fetch("CHATOPS_GITLAB_TOKEN")
token = PersonalAccessToken.find_by_token(value)
abort "chatops-up: the token in .env was revoked; set another one" if token&.revoked?
token ||= User.find_by_username!("root").personal_access_tokens.build(name: "chatops-up", scopes: ["api", "admin_mode"]).tap { |made| made.set_token(value) }
token.expires_at = 364.days.from_now.to_date
token.save!
token.user.personal_access_tokens.active.where(name: "chatops-up").where.not(id: token.id).each(&:revoke!)
`.trim();

export const TOKEN_SCRIPT = `
marker=/var/opt/gitlab/.chatops-token
digest=$(printf '%s' "$CHATOPS_GITLAB_TOKEN" | sha256sum)
if [ "$(find "$marker" -mtime -180 -exec cat {} + 2>/dev/null)" != "$digest" ]; then
  gitlab-rails runner '${RUBY}' && (umask 077 && echo "$digest" >"$marker") ||
    echo 'chatops-up: the token could not be set; the next start tries again' >&2
fi
`.trimStart();
