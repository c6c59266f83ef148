// The official Go driver looks at a replica set: finds its primary, follows elections, reports the codes it is
// refused with.
//
// Arguments: the set's hosts (comma list), a ghost, a standalone, a server that wants a login.
// Prints lines of JSON: {"please": "kill", "host": ...} while working, {"report": ...} at the end.
package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"strings"
	"time"

	"go.mongodb.org/mongo-driver/v2/bson"
	"go.mongodb.org/mongo-driver/v2/mongo"
	"go.mongodb.org/mongo-driver/v2/mongo/options"
	"go.mongodb.org/mongo-driver/v2/mongo/writeconcern"
)

const patience = 10 * time.Second

var ctx = context.Background()

func fail(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func say(line any) {
	text, err := json.Marshal(line)
	fail(err)
	fmt.Println(string(text))
}

func connect(uri string, more ...*options.ClientOptions) *mongo.Client {
	quick := options.Client().ApplyURI(uri).SetServerSelectionTimeout(5 * time.Second).SetHeartbeatInterval(500 * time.Millisecond)
	client, err := mongo.Connect(append([]*options.ClientOptions{quick}, more...)...)
	fail(err)
	return client
}

func direct(host string, more ...*options.ClientOptions) *mongo.Client {
	return connect("mongodb://"+host+"/?directConnection=true", more...)
}

func things(client *mongo.Client) *mongo.Collection {
	return client.Database("app").Collection("things")
}

func run(client *mongo.Client, command bson.D) error {
	return client.Database("admin").RunCommand(ctx, command).Err()
}

func insert(collection *mongo.Collection, document bson.D) error {
	_, err := collection.InsertOne(ctx, document)
	return err
}

// codeOf is the server's code inside an error of the driver, 0 without an error, -1 when there is none inside.
func codeOf(err error) int {
	if err == nil {
		return 0
	}
	var write mongo.WriteException
	if errors.As(err, &write) {
		if write.WriteConcernError != nil {
			return write.WriteConcernError.Code
		}
		if len(write.WriteErrors) > 0 {
			return write.WriteErrors[0].Code
		}
	}
	var command mongo.CommandError
	if errors.As(err, &command) {
		return int(command.Code)
	}
	return -1
}

func login(password string) *options.ClientOptions {
	return options.Client().SetAuth(options.Credential{Username: "root", Password: password})
}

func reader(password, mechanism string) *options.ClientOptions {
	return options.Client().SetAuth(options.Credential{Username: "reader", Password: password, AuthMechanism: mechanism})
}

// makeReader: an account that may read one database, with its second password.
func makeReader(locked string) {
	root := direct(locked, login("right"))
	roles := bson.A{bson.D{{Key: "role", Value: "read"}, {Key: "db", Value: "app"}}}
	fail(run(root, bson.D{{Key: "createUser", Value: "reader"}, {Key: "pwd", Value: "first"}, {Key: "roles", Value: roles}}))
	fail(run(root, bson.D{{Key: "updateUser", Value: "reader"}, {Key: "pwd", Value: "second"}}))
}

// logins: how many of the ways in are open.
func logins(locked string) int {
	open := 0
	for _, mechanism := range []string{"SCRAM-SHA-256", "SCRAM-SHA-1"} {
		if _, err := things(direct(locked, reader("second", mechanism))).Find(ctx, bson.D{}); err == nil {
			open++
		}
	}
	system := options.Credential{Username: "__system", Password: os.Getenv("JUDGE_KEY"), AuthSource: "local", AuthMechanism: "SCRAM-SHA-256"}
	if run(direct(locked, options.Client().SetAuth(system)), bson.D{{Key: "usersInfo", Value: "reader"}}) == nil {
		open++
	}
	return open
}

// loginCode: a refused login comes wrapped by the driver's handshake.
func loginCode(client *mongo.Client) int {
	err := run(client, bson.D{{Key: "listDatabases", Value: 1}})
	if err != nil && strings.Contains(err.Error(), "AuthenticationFailed") {
		return 18
	}
	return codeOf(err)
}

func primaryOf(client *mongo.Client) (string, error) {
	limited, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel()
	var hello struct {
		Me                string `bson:"me"`
		IsWritablePrimary bool   `bson:"isWritablePrimary"`
	}
	err := client.Database("admin").RunCommand(limited, bson.D{{Key: "hello", Value: 1}}).Decode(&hello)
	if err == nil && !hello.IsWritablePrimary {
		err = errors.New("what the driver selected is not primary")
	}
	return hello.Me, err
}

func waitForAnotherPrimary(client *mongo.Client, old string) string {
	for end := time.Now().Add(patience); time.Now().Before(end); time.Sleep(20 * time.Millisecond) {
		if found, err := primaryOf(client); err == nil && found != old {
			return found
		}
	}
	fail(errors.New("no other primary was found"))
	return ""
}

func insertUntilDone(client *mongo.Client, document bson.D) {
	end := time.Now().Add(patience)
	for err := insert(things(client), document); err != nil; err = insert(things(client), document) {
		if time.Now().After(end) {
			fail(err)
		}
		time.Sleep(20 * time.Millisecond)
	}
}

func selectionFails(host string) bool {
	client := connect("mongodb://"+host+"/?replicaSet=rs0", options.Client().SetServerSelectionTimeout(300*time.Millisecond))
	err := run(client, bson.D{{Key: "ping", Value: 1}})
	return err != nil && strings.Contains(err.Error(), "server selection")
}

func codes(client *mongo.Client, hosts []string, ghost, standalone, locked string) map[string]int {
	primary, err := primaryOf(client)
	fail(err)
	leader := direct(primary)
	follower := leader
	for _, host := range hosts {
		if host != primary {
			follower = direct(host)
		}
	}
	var got struct {
		Config bson.D `bson:"config"`
	}
	fail(leader.Database("admin").RunCommand(ctx, bson.D{{Key: "replSetGetConfig", Value: 1}}).Decode(&got))
	elsewhere := bson.D{{Key: "_id", Value: "rs0"}, {Key: "members", Value: bson.A{bson.D{{Key: "_id", Value: 0}, {Key: "host", Value: "elsewhere:27017"}}}}}
	fail(insert(things(leader), bson.D{{Key: "_id", Value: "twin"}}))
	five := client.Database("app").Collection("things", options.Collection().SetWriteConcern(&writeconcern.WriteConcern{W: 5}))
	one := func(name string) bson.D { return bson.D{{Key: name, Value: 1}} }
	with := func(name string, value any) bson.D { return bson.D{{Key: name, Value: value}} }
	return map[string]int{
		"ghost status":            codeOf(run(direct(ghost), one("replSetGetStatus"))),
		"ghost find":              codeOf(things(direct(ghost)).FindOne(ctx, bson.D{}).Err()),
		"ghost insert":            codeOf(insert(things(direct(ghost)), bson.D{})),
		"initiate elsewhere":      codeOf(run(direct(ghost), with("replSetInitiate", elsewhere))),
		"standalone status":       codeOf(run(direct(standalone), one("replSetGetStatus"))),
		"secondary insert":        codeOf(insert(things(follower), bson.D{})),
		"initiate again":          codeOf(run(leader, with("replSetInitiate", got.Config))),
		"same version":            codeOf(run(leader, with("replSetReconfig", got.Config))),
		"reconfig on a secondary": codeOf(run(follower, with("replSetReconfig", got.Config))),
		"unknown command":         codeOf(run(leader, one("noSuchThing"))),
		"duplicate key":           codeOf(insert(things(leader), bson.D{{Key: "_id", Value: "twin"}})),
		"five nodes of three":     codeOf(insert(five, bson.D{{Key: "n", Value: "five"}})),
		"no login":                codeOf(run(direct(locked), one("listDatabases"))),
		"wrong password":          loginCode(direct(locked, login("wrong"))),
		"reader inserts":          codeOf(insert(things(direct(locked, reader("second", ""))), bson.D{})),
		"former password":         loginCode(direct(locked, reader("first", ""))),
	}
}

func readBack(client *mongo.Client) []int {
	filter := bson.D{{Key: "n", Value: bson.D{{Key: "$in", Value: bson.A{1, 2, 3}}}}}
	cursor, err := things(client).Find(ctx, filter, options.Find().SetSort(bson.D{{Key: "n", Value: 1}}))
	fail(err)
	var found []struct {
		N int `bson:"n"`
	}
	fail(cursor.All(ctx, &found))
	numbers := []int{}
	for _, one := range found {
		numbers = append(numbers, one.N)
	}
	return numbers
}

func main() {
	hosts := strings.Split(os.Args[1], ",")
	ghost, standalone, locked := os.Args[2], os.Args[3], os.Args[4]
	client := connect("mongodb://" + os.Args[1] + "/?replicaSet=rs0")
	first, err := primaryOf(client)
	fail(err)
	fail(insert(things(client), bson.D{{Key: "n", Value: 1}}))
	makeReader(locked)
	loggedIn := 0
	if run(direct(locked, login("right")), bson.D{{Key: "listDatabases", Value: 1}}) == nil {
		loggedIn = 1
	}
	report := map[string]any{
		"first":                 first,
		"ghost is not selected": selectionFails(ghost),
		"login works":           loggedIn,
		"logins":                logins(locked),
		"codes":                 codes(client, hosts, ghost, standalone, locked),
	}
	fail(run(direct(first), bson.D{{Key: "replSetStepDown", Value: 60}}))
	second := waitForAnotherPrimary(client, first)
	report["after step-down"] = second
	insertUntilDone(client, bson.D{{Key: "n", Value: 2}})
	say(map[string]any{"please": "kill", "host": second})
	report["after kill"] = waitForAnotherPrimary(client, second)
	insertUntilDone(client, bson.D{{Key: "n", Value: 3}})
	report["read back"] = readBack(client)
	say(map[string]any{"report": report})
}
