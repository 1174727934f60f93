// All calls of go-healthchecksio, the library inside the Terraform provider.
package main

import (
	"fmt"
	"io"
	"log"
	"net/http"
	"os"
	"strings"

	"github.com/kristofferahl/go-healthchecksio/v2"
)

var site = os.Getenv("ROLLCALL_SITE")

func must[T any](value T, err error) T {
	if err != nil {
		fail("%v", err)
	}
	return value
}

func fail(words string, values ...any) {
	fmt.Fprintf(os.Stderr, words+"\n", values...)
	os.Exit(1)
}

func same(what string, found, expected any) {
	if found != expected {
		fail("%s: %v was due, and there came %v", what, expected, found)
	}
}

func refused(what string, err error, words string) {
	if err == nil || !strings.Contains(err.Error(), words) {
		fail("%s: %q was due, and there came %v", what, words, err)
	}
}

func ping(url string) {
	answer := must(http.Post(url, "text/plain", strings.NewReader("from Go")))
	same("ping", string(must(io.ReadAll(answer.Body))), "OK")
	answer.Body.Close()
}

func client(version, key string) *healthchecksio.Client {
	client := healthchecksio.NewClient(key)
	client.BaseURL = site + "/api/" + version
	return client
}

func find(client *healthchecksio.Client, id string) *healthchecksio.HealthcheckResponse {
	for _, check := range must(client.GetAll()) {
		if check.ID() == id {
			return check
		}
	}
	return nil
}

func allCalls(client *healthchecksio.Client) {
	channels := must(client.GetAllChannels())
	same("channels", len(channels), 1)
	same("channel", channels[0].Kind+" "+channels[0].Name, "email Operations")

	made := must(client.Create(healthchecksio.Healthcheck{
		Name: "Backup", Slug: "backup", Tags: "go nightly", Description: "all disks",
		Timeout: 7200, Grace: 600, Channels: channels[0].ID, Unique: []string{"name"},
	}))
	same("name", made.Name, "Backup")
	same("slug", made.Slug, "backup")
	same("description", made.Description, "all disks")
	same("period and grace", fmt.Sprint(made.Timeout, made.Grace), "7200 600")
	same("channels", made.Channels, channels[0].ID)
	same("status", made.Status, "new")
	again := must(client.Create(healthchecksio.Healthcheck{Name: "Backup", Grace: 900, Channels: "*", Unique: []string{"name"}}))
	same("upsert", again.ID(), made.ID())
	same("grace", again.Grace, 900)

	cron := must(client.Create(healthchecksio.Healthcheck{Name: "Cron", Schedule: "15 5 * * *", Timezone: "Europe/Riga", Methods: "POST"}))
	same("schedule", cron.Schedule+" "+cron.Timezone+" "+cron.Methods, "15 5 * * * Europe/Riga POST")

	ping(made.PingURL)
	same("status", find(client, made.ID()).Status, "up")
	same("pings", find(client, made.ID()).Pings, 1)
	same("status", must(client.Pause(made.ID())).Status, "paused")
	changed := must(client.Update(made.ID(), healthchecksio.Healthcheck{Name: "Copies", Schedule: "0 * * * *", Timezone: "UTC"}))
	same("changed", changed.Name+" "+changed.Schedule+" "+changed.Channels, "Copies 0 * * * * ")

	must(client.Delete(cron.ID()))
	same("deleted", find(client, cron.ID()) == nil, true)
	_, err := client.Delete(cron.ID())
	refused("delete again", err, "404 Not Found")
	_, err = client.Create(healthchecksio.Healthcheck{Name: "x", Timeout: 59})
	refused("a short period", err, "timeout is too small")
	must(client.Delete(made.ID()))
}

func main() {
	log.SetOutput(io.Discard) // the library writes each URL there
	for _, version := range []string{"v1", "v2", "v3"} {
		allCalls(client(version, os.Getenv("ROLLCALL_API_KEY")))
		_, err := client(version, os.Getenv("ROLLCALL_READ_KEY")).Create(healthchecksio.Healthcheck{Name: "x"})
		refused("a key that only reads", err, "wrong api key")
		_, err = client(version, strings.Repeat("x", 32)).GetAll()
		refused("a wrong key", err, "wrong api key")
	}
}
