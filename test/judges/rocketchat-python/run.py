"""Does with rocketchat-API what the set-up job does over REST, and prints what it saw as one JSON document.

argv: address, admin name. The passwords come by the environment: ADMIN_PASSWORD, BOT_PASSWORD.
"""

import hashlib
import json
import os
import sys

from rocketchat_API.APIExceptions.RocketExceptions import (
    RocketApiException,
    RocketAuthenticationException,
)
from rocketchat_API.rocketchat import RocketChat

SCRIPT = """
class Script {
  process_incoming_request({ request }) {
    return { content: { text: 'pipeline ' + request.content.status } };
  }
}
"""


def refusal(call, *args, **kwargs):
    """How the server words a refusal, as this client reports it."""
    try:
        call(*args, **kwargs)
    except RocketApiException as error:
        return {"status": error.status_code, "errorType": error.error_type, "error": error.error}
    return None


def wrong_login(url, name):
    try:
        RocketChat(name, "not the password", server_url=url)
    except RocketAuthenticationException:
        return "refused"
    return "accepted"


def main():
    url, admin_name = sys.argv[1:3]
    admin_password = os.environ["ADMIN_PASSWORD"]
    bot_password = os.environ["BOT_PASSWORD"]
    seen = {"wrongLogin": wrong_login(url, admin_name)}
    admin = RocketChat(admin_name, admin_password, server_url=url)
    seen["me"] = admin.me()["username"]
    seen["version"] = admin.info()["version"]

    bot = admin.users_create(
        "hubot@example.org", "Hubot", bot_password, "hubot", roles=["user", "bot"], joinDefaultChannels=False
    )["user"]
    seen["botRoles"] = admin.users_info(username="hubot")["user"]["roles"]
    seen["sameUserAgain"] = refusal(admin.users_create, "other@example.org", "Hubot", bot_password, "hubot")
    seen["unknownUser"] = refusal(admin.users_info, username="nobody")

    group = admin.groups_create("operations", members=["hubot", "nobody"])["group"]
    seen["groupMembers"] = sorted(one["username"] for one in admin.groups_members(group["_id"]))
    seen["sameRoomAgain"] = refusal(admin.channels_create, "operations")
    channel = admin.channels_create("releases")["channel"]
    admin.channels_invite(channel["_id"], bot["_id"])
    admin.channels_invite(channel["_id"], bot["_id"])
    seen["channelMembers"] = sorted(one["username"] for one in admin.channels_members(channel["_id"]))
    for number in range(60):
        admin.channels_create("room-%02d" % number)
    seen["channelCount"] = len(list(admin.channels_list()))

    made = admin.integrations_create(
        "webhook-incoming", "gitlab", True, "hubot", "#operations", True, script=SCRIPT
    )["integration"]
    seen["compiled"] = "scriptCompiled" in made and "scriptError" not in made
    seen["listed"] = [one["name"] for one in admin.integrations_list()]
    seen["ownToken"] = refusal(
        admin.integrations_create, "webhook-incoming", "x", True, "hubot", "#operations", False, token="mine"
    )
    seen["adminAsPoster"] = refusal(
        admin.integrations_create, "webhook-incoming", "x", True, admin_name, "#operations", False
    )
    hook = "%s/hooks/%s/%s" % (url, made["_id"], made["token"])
    delivered = admin.session.post(hook, json={"status": "success"}, timeout=10)
    seen["delivered"] = [delivered.status_code, delivered.json()]

    hubot = RocketChat("hubot", bot_password, server_url=url)
    hubot.chat_post_message("by the bot", channel="#operations")
    # Newest first; whether a client pages here is its own affair.
    history = hubot.groups_history(group["_id"])
    messages = history["messages"] if isinstance(history, dict) else list(history)
    seen["history"] = [[one["u"]["username"], one["msg"]] for one in messages if "t" not in one]

    seen["setting"] = admin.settings_get("Site_Name")["value"]
    admin.session.headers["x-2fa-method"] = "password"
    admin.session.headers["x-2fa-code"] = hashlib.sha256(admin_password.encode()).hexdigest()
    admin.settings_update("Site_Name", "Stand-in")
    seen["settingAfter"] = admin.settings_get("Site_Name")["value"]

    seen["removed"] = admin.integrations_remove("webhook-incoming", made["_id"])["integration"]["name"]
    seen["listedAfter"] = [one["name"] for one in admin.integrations_list()]
    admin.logout()
    seen["afterLogout"] = refusal(admin.me)
    print(json.dumps(seen))


main()
