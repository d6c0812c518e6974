// Writes Go's own time zones (GOROOT/lib/time/zoneinfo.zip) as src/sprig/time_zones.txt, a line for each name:
//
//	<name> = <other name>
//	<name> <rule> <zone> <zone>... : <transition> <transition>...
//
// The rule is the POSIX TZ text that holds after the last transition ("-" for none). A zone is its abbreviation, its
// offset from UTC in seconds and "d" for daylight time: EST,-18000 or EDT,-14400,d. A transition is how many seconds
// it is after the one before it (the first: since 1970), in base 36, and the letter of the zone that starts with it.
package main

import (
	"archive/zip"
	"encoding/binary"
	"fmt"
	"io"
	"log"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
)

func main() {
	archive, err := zip.OpenReader(filepath.Join(runtime.GOROOT(), "lib", "time", "zoneinfo.zip"))
	if err != nil {
		log.Fatal(err)
	}
	names := map[string]string{} // by content
	fmt.Printf("# the time zones of %s, recorded by tools/zoneinfo/record\n", runtime.Version())
	slices.SortFunc(archive.File, func(a, b *zip.File) int { return strings.Compare(a.Name, b.Name) })
	for _, file := range archive.File {
		if strings.HasSuffix(file.Name, "/") {
			continue
		}
		reader, err := file.Open()
		if err != nil {
			log.Fatal(err)
		}
		data, err := io.ReadAll(reader)
		if err != nil {
			log.Fatal(err)
		}
		content := describe(data)
		if other, ok := names[content]; ok {
			fmt.Println(file.Name, "=", other)
			continue
		}
		names[content] = file.Name
		fmt.Println(file.Name, content)
	}
}

// The parts of a TZif file (RFC 8536), of its second, 64-bit block.
func describe(data []byte) string {
	if string(data[:4]) != "TZif" || data[4] < '2' {
		log.Fatal("not a TZif file of version 2 or later")
	}
	first := counts(data)
	data = data[44+first.size(4):]
	n := counts(data)
	data = data[44:]
	take := func(size int) []byte {
		taken := data[:size]
		data = data[size:]
		return taken
	}
	times, indexes, zones, abbreviations := take(n.times*8), take(n.times), take(n.zones*6), take(n.chars)
	take(n.leaps*12 + n.standard + n.utc)

	rule := strings.Trim(string(data), "\n")
	if rule == "" {
		rule = "-"
	}
	parts := []string{rule}
	for i := range n.zones {
		zone := zones[i*6:]
		name, _, _ := strings.Cut(string(abbreviations[zone[5]:]), "\x00")
		part := name + "," + strconv.Itoa(int(int32(binary.BigEndian.Uint32(zone))))
		if zone[4] != 0 {
			part += ",d"
		}
		parts = append(parts, part)
	}
	parts = append(parts, ":")
	last := int64(0)
	for i := range n.times {
		when := int64(binary.BigEndian.Uint64(times[i*8:]))
		parts = append(parts, strconv.FormatInt(when-last, 36)+string(rune('A'+indexes[i])))
		last = when
	}
	if n.zones > 26 {
		fmt.Fprintln(os.Stderr, "more zones than letters")
		os.Exit(1)
	}
	return strings.Join(parts, " ")
}

type header struct{ utc, standard, leaps, times, zones, chars int }

func counts(data []byte) header {
	at := func(i int) int { return int(binary.BigEndian.Uint32(data[20+4*i:])) }
	return header{at(0), at(1), at(2), at(3), at(4), at(5)}
}

func (n header) size(timeSize int) int {
	return n.times*timeSize + n.times + n.zones*6 + n.chars + n.leaps*(timeSize+4) + n.standard + n.utc
}
