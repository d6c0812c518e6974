// Random sync windows, and what Argo CD's own code says of them: one question with its answer on each line.
//
//	oracle COUNT SEED
package main

import (
	"encoding/json"
	"fmt"
	"io"
	"math/rand"
	"os"
	"strconv"
	"time"
	_ "unsafe" // for go:linkname

	"github.com/argoproj/argo-cd/v3/pkg/apis/application/v1alpha1"
	log "github.com/sirupsen/logrus"
)

// What CanSync asks of the present, of any time.
//
//go:linkname canSyncAtTime github.com/argoproj/argo-cd/v3/pkg/apis/application/v1alpha1.(*SyncWindows).canSyncAtTime
func canSyncAtTime(w *v1alpha1.SyncWindows, isManual bool, at time.Time) (bool, error)

type question struct {
	Windows v1alpha1.SyncWindows `json:"windows"`
	Name    string               `json:"name"`
	Server  string               `json:"server"`
	Cluster string               `json:"cluster"`
	NS      string               `json:"ns"`
	Time    string               `json:"time"`
	Auto    bool                 `json:"auto"`
	Manual  bool                 `json:"manual"`
}

// Argo CD takes the offset that a zone has now for any time, so that only those count here that never change.
var zones = []string{"", "UTC", "Asia/Tokyo", "Asia/Kolkata", "America/Phoenix", "Etc/GMT+5", "Mars/Base"}

func pick(r *rand.Rand, texts ...string) string { return texts[r.Intn(len(texts))] }

func number(r *rand.Rand, low, high int) string { return strconv.Itoa(low + r.Intn(high-low+1)) }

func field(r *rand.Rand, low, high int, names ...string) string {
	one := func() string {
		if len(names) > 0 && r.Intn(3) == 0 {
			return pick(r, names...)
		}
		return number(r, low, high)
	}
	switch r.Intn(12) {
	case 0, 1, 2, 3:
		return "*"
	case 4:
		return "?"
	case 5:
		return "*/" + number(r, 1, high)
	case 6:
		return one() + "-" + one()
	case 7:
		return one() + "-" + one() + "/" + number(r, 0, 5)
	case 8:
		return one() + "," + one() + "," + one()
	case 9:
		return one() + "/" + number(r, 1, high)
	case 10:
		return pick(r, ",", "*-3", "", "x", "1-2-3", "1/2/3", "+4", "-1", "007", "*/2,5", "99")
	}
	return one()
}

func schedule(r *rand.Rand) string {
	text := field(r, 0, 59) + " " + field(r, 0, 23) + " " + field(r, 1, 31) + " " +
		field(r, 1, 12, "jan", "FEB", "Mar", "dec") + " " + field(r, 0, 6, "sun", "MON", "Fri", "sat")
	switch r.Intn(40) {
	case 0:
		return pick(r, "TZ=Europe/Berlin ", "CRON_TZ=America/New_York ", "TZ=America/Sao_Paulo ", "TZ=Nowhere ", "TZ=Asia/Tokyo ") + text
	case 1:
		return pick(r, "", "@daily", "* * * *", "* * * * * *", " "+text+" ", "@every 1h")
	}
	return text
}

func texts(r *rand.Rand, some ...string) []string {
	var list []string
	for r.Intn(2) == 0 && len(list) < 3 {
		list = append(list, pick(r, some...))
	}
	return list
}

func window(r *rand.Rand) *v1alpha1.SyncWindow {
	return &v1alpha1.SyncWindow{
		Kind:     pick(r, "allow", "deny", "deny", "allow", "allow", "Deny"),
		Schedule: schedule(r),
		Duration: pick(r, "1h", "30m", "8h", "24h", "90m", "1h30m15.5s", "0s", "-1h", "100000h", "1d", "", "59s",
			number(r, 1, 2000)+"m", number(r, 1, 2000)+"m", number(r, 1, 200)+"h"),
		Applications:   texts(r, "*", "cell-a-*", "cell-?-backend", "other", "{cell-a,cell-b}-backend", "["),
		Namespaces:     texts(r, "*", "backend", "back*", "web"),
		Clusters:       texts(r, "*", "https://cell-a.example.com", "https://*", "cell-a", "in-cluster"),
		ManualSync:     r.Intn(2) == 0,
		TimeZone:       pick(r, zones...),
		UseAndOperator: r.Intn(2) == 0,
	}
}

func ask(r *rand.Rand) question {
	q := question{Name: pick(r, "cell-a-backend", "cell-b-backend", "other"), NS: pick(r, "backend", "web", "")}
	if r.Intn(2) == 0 {
		q.Server = pick(r, "https://cell-a.example.com", "https://kubernetes.default.svc")
	} else {
		q.Cluster = pick(r, "cell-a", "in-cluster")
	}
	for n := 1 + r.Intn(3); n > 0; n-- {
		q.Windows = append(q.Windows, window(r))
	}
	at := time.Unix(1_700_000_000+r.Int63n(150_000_000), 0).UTC()
	if r.Intn(3) == 0 {
		at = at.Truncate(time.Minute)
	}
	if r.Intn(6) == 0 {
		at = at.Truncate(time.Hour)
	}
	q.Time = at.Format(time.RFC3339)
	app := &v1alpha1.Application{}
	app.Name = q.Name
	app.Spec.Destination = v1alpha1.ApplicationDestination{Server: q.Server, Name: q.Cluster, Namespace: q.NS}
	matching := q.Windows.Matches(app)
	q.Auto, _ = canSyncAtTime(matching, false, at)
	q.Manual, _ = canSyncAtTime(matching, true, at)
	return q
}

func main() {
	count, _ := strconv.Atoi(os.Args[1])
	seed, _ := strconv.ParseInt(os.Args[2], 10, 64)
	r := rand.New(rand.NewSource(seed))
	log.SetOutput(io.Discard) // it tells of each unknown zone
	for ; count > 0; count-- {
		line, err := json.Marshal(ask(r))
		if err != nil {
			panic(err)
		}
		fmt.Println(string(line))
	}
}
