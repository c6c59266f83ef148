// What a bot does over the realtime API, by Rocket.Chat's own Go client: it logs in, asks where it is, waits for a word in
// a room and answers there. Prints "listening", then a report as JSON.
//
//	judge URL ROOM, BOT_TOKEN in the environment
package main

import (
	"encoding/json"
	"fmt"
	"io"
	"log"
	"net/url"
	"os"
	"slices"

	"github.com/RocketChat/Rocket.Chat.Go.SDK/models"
	"github.com/RocketChat/Rocket.Chat.Go.SDK/realtime"
)

type report struct {
	Rooms         []string `json:"rooms"`
	Subscriptions []string `json:"subscriptions"`
	Heard         string   `json:"heard"`
	HeardFrom     string   `json:"heardFrom"`
	Sent          string   `json:"sent"`
	WrongLogin    bool     `json:"wrongLogin"`
}

func must[T any](value T, err error) T {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	return value
}

func main() {
	// The client logs what it is answered, tokens too.
	log.SetOutput(io.Discard)
	address := must(url.Parse(os.Args[1]))
	client := must(realtime.NewClient(address, false))
	defer client.Close()

	var seen report
	_, refusal := client.Login(&models.UserCredentials{Token: "no-such-token"})
	seen.WrongLogin = refusal == nil
	must(client.Login(&models.UserCredentials{Token: os.Getenv("BOT_TOKEN")}))

	for _, channel := range must(client.GetChannelsIn()) {
		seen.Rooms = append(seen.Rooms, channel.Name)
	}
	for _, subscription := range must(client.GetChannelSubscriptions()) {
		seen.Subscriptions = append(seen.Subscriptions, subscription.Name)
	}
	slices.Sort(seen.Rooms)
	slices.Sort(seen.Subscriptions)

	room := &models.Channel{ID: must(client.GetChannelId(os.Args[2]))}
	heard := make(chan models.Message, 10)
	must(0, client.SubscribeToMessageStream(room, heard))
	fmt.Println("listening")

	message := <-heard
	seen.Heard = message.Msg
	seen.HeardFrom = message.User.UserName
	seen.Sent = must(client.SendMessage(client.NewMessage(room, "yes, chief"))).Msg
	must(0, json.NewEncoder(os.Stdout).Encode(seen))
}
