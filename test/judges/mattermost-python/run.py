"""Does with mattermostdriver what the set-up job does over REST, and prints what it saw as one JSON document.

argv: host, port. The password of all accounts comes by the environment: PASSWORD.
"""

import json
import os
import sys

import requests
from mattermostdriver import Driver

HOST, PORT = sys.argv[1], int(sys.argv[2])
PASSWORD = os.environ["PASSWORD"]
WEB = "http://%s:%d" % (HOST, PORT)


def driver(name, password=PASSWORD):
    options = {"url": HOST, "port": PORT, "scheme": "http", "login_id": name, "password": password}
    return Driver(options)


def refusal(call, *args):
    """Name of the error that this client makes of a refusal; by the status alone."""
    try:
        call(*args)
    except requests.HTTPError as error:
        return type(error).__name__
    return None


def account(name):
    return {"username": name, "email": "%s@example.org" % name, "password": PASSWORD}


def names(listed):
    return sorted(one["username"] for one in listed)


def main():
    nobody = driver("chief")
    seen = {"first": nobody.users.create_user(account("chief"))["roles"].split()}
    seen["wrongLogin"] = refusal(driver("chief", "not the password").login)

    admin = driver("chief")
    admin.login()
    seen["me"] = admin.users.get_user("me")["username"]
    seen["second"] = admin.users.create_user(account("alice"))["roles"].split()
    seen["sameUserAgain"] = refusal(admin.users.create_user, account("alice"))
    seen["unknownUser"] = refusal(admin.users.get_user_by_username, "bob")

    team = admin.teams.create_team({"name": "works", "display_name": "Works", "type": "O"})
    seen["team"] = admin.teams.get_team_by_name("works")["id"] == team["id"]
    seen["unknownTeam"] = refusal(admin.teams.get_team_by_name, "nowhere")
    alice = admin.users.get_user_by_username("alice")
    admin.teams.add_user_to_team(team["id"], {"team_id": team["id"], "user_id": alice["id"]})
    admin.teams.add_user_to_team(team["id"], {"team_id": team["id"], "user_id": alice["id"]})
    seen["members"] = names(admin.users.get_users({"in_team": team["id"]}))

    wanted = {"team_id": team["id"], "name": "board", "display_name": "board", "type": "P", "header": "Agenda"}
    board = admin.channels.create_channel(wanted)
    seen["sameChannelAgain"] = refusal(admin.channels.create_channel, wanted)
    admin.channels.add_user(board["id"], {"user_id": alice["id"]})
    found = admin.channels.get_channel_by_name(team["id"], "board")
    seen["channel"] = [found["type"], found["header"]]
    seen["inside"] = len(admin.channels.get_channel_members(board["id"]))

    hook = admin.webhooks.create_incoming_hook({"channel_id": board["id"], "display_name": "backups"})
    delivered = requests.post("%s/hooks/%s" % (WEB, hook["id"]), json={"text": "by the hook"}, timeout=10)
    seen["delivered"] = [delivered.status_code, delivered.text]
    seen["hooks"] = [one["display_name"] for one in admin.webhooks.list_incoming_hooks({"team_id": team["id"]})]

    her = driver("alice")
    her.login()
    her.posts.create_post({"channel_id": board["id"], "message": "by alice"})
    page = her.posts.get_posts_for_channel(board["id"])
    # Newest first; what the server says by itself has a type.
    seen["posts"] = [page["posts"][id]["message"] for id in page["order"] if page["posts"][id]["type"] == ""]
    her.logout()
    seen["afterLogout"] = refusal(her.users.get_user, "me")
    print(json.dumps(seen))


main()
