"""pymongo looks at a replica set: finds its primary, follows elections, reports the codes it is refused with.

Arguments: the set's hosts (comma list), a ghost, a standalone, a server that wants a login; its key is JUDGE_KEY.
Prints lines of JSON: {"please": "kill", "host": ...} while working, {"report": ...} at the end.
"""

import json
import os
import sys
import time

import pymongo
from pymongo.errors import NotPrimaryError, OperationFailure, PyMongoError, ServerSelectionTimeoutError

QUICK = {"serverSelectionTimeoutMS": 5000, "heartbeatFrequencyMS": 500}


def say(**line):
    print(json.dumps(line), flush=True)


def direct(host, **more):
    return pymongo.MongoClient(f"mongodb://{host}/", directConnection=True, **{**QUICK, **more})


def code_of(action):
    try:
        action()
    except (OperationFailure, NotPrimaryError) as failure:
        return failure.details.get("code")
    return None


def concern_code(client):
    things = client.app.get_collection("things", write_concern=pymongo.WriteConcern(w=5, wtimeout=100))
    return code_of(lambda: things.insert_one({"n": "five"}))


def primary_of(client):
    client.admin.command("ping")
    return "%s:%s" % client.primary


def wait_for_another_primary(client, old):
    """Goes by what the driver's own monitoring reports."""
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline:
        try:
            found = client.primary
            if found is not None and "%s:%s" % found != old:
                return "%s:%s" % found
        except PyMongoError:
            pass
        time.sleep(0.02)
    raise SystemExit("no other primary was found")


def insert_until_done(client, document):
    deadline = time.monotonic() + 10
    while True:
        try:
            return client.app.things.insert_one(document)
        except PyMongoError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.02)


def selection_fails(host):
    client = pymongo.MongoClient(f"mongodb://{host}/?replicaSet=rs0", serverSelectionTimeoutMS=300)
    try:
        client.admin.command("ping")
    except ServerSelectionTimeoutError:
        return True
    return False


def codes(client, hosts, ghost, standalone, locked):
    primary = primary_of(client)
    leader = direct(primary)
    follower = direct(next(host for host in hosts if host != primary))
    config = leader.admin.command("replSetGetConfig")["config"]
    elsewhere = {"_id": "rs0", "members": [{"_id": 0, "host": "elsewhere:27017"}]}
    leader.app.things.insert_one({"_id": "twin"})
    return {
        "ghost status": code_of(lambda: direct(ghost).admin.command("replSetGetStatus")),
        "ghost find": code_of(lambda: direct(ghost).app.things.find_one()),
        "ghost insert": code_of(lambda: direct(ghost).app.things.insert_one({})),
        "initiate elsewhere": code_of(lambda: direct(ghost).admin.command("replSetInitiate", elsewhere)),
        "standalone status": code_of(lambda: direct(standalone).admin.command("replSetGetStatus")),
        "secondary insert": code_of(lambda: follower.app.things.insert_one({})),
        "initiate again": code_of(lambda: leader.admin.command("replSetInitiate", config)),
        "same version": code_of(lambda: leader.admin.command("replSetReconfig", config)),
        "reconfig on a secondary": code_of(lambda: follower.admin.command("replSetReconfig", config)),
        "unknown command": code_of(lambda: leader.admin.command("noSuchThing")),
        "duplicate key": code_of(lambda: leader.app.things.insert_one({"_id": "twin"})),
        "five nodes of three": concern_code(client),
        "no login": code_of(lambda: direct(locked).admin.command("listDatabases")),
        "wrong password": code_of(
            lambda: direct(locked, username="root", password="wrong").admin.command("listDatabases")
        ),
        "reader inserts": code_of(lambda: as_reader(locked, "second").app.things.insert_one({})),
        "former password": code_of(lambda: as_reader(locked, "first").app.things.find_one()),
    }


def as_reader(host, password, **more):
    return direct(host, username="reader", password=password, **more)


def make_reader(locked):
    """An account that may read one database, with its second password."""
    root = direct(locked, username="root", password="right").admin
    root.command("createUser", "reader", pwd="first", roles=[{"role": "read", "db": "app"}])
    root.command("updateUser", "reader", pwd="second")


def logins(locked):
    """How many of the ways in are open."""
    key = os.environ["JUDGE_KEY"]
    ways = [
        as_reader(locked, "second", authMechanism="SCRAM-SHA-256"),
        as_reader(locked, "second", authMechanism="SCRAM-SHA-1"),
        direct(locked, username="__system", password=key, authSource="local", authMechanism="SCRAM-SHA-256"),
    ]
    return sum(code_of(lambda: way.app.things.find_one()) is None for way in ways)


def main():
    hosts = sys.argv[1].split(",")
    ghost, standalone, locked = sys.argv[2:5]
    client = pymongo.MongoClient(f"mongodb://{sys.argv[1]}/?replicaSet=rs0", **QUICK)
    first = primary_of(client)
    client.app.things.insert_one({"n": 1})
    make_reader(locked)
    report = {
        "first": first,
        "ghost is not selected": selection_fails(ghost),
        "login works": direct(locked, username="root", password="right").admin.command("listDatabases")["ok"],
        "logins": logins(locked),
        "codes": codes(client, hosts, ghost, standalone, locked),
    }
    direct(first).admin.command("replSetStepDown", 60)
    report["after step-down"] = wait_for_another_primary(client, first)
    insert_until_done(client, {"n": 2})
    say(please="kill", host=report["after step-down"])
    report["after kill"] = wait_for_another_primary(client, report["after step-down"])
    insert_until_done(client, {"n": 3})
    report["read back"] = [one["n"] for one in client.app.things.find({"n": {"$in": [1, 2, 3]}}).sort("n")]
    say(report=report)


main()
