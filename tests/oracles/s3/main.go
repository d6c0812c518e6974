// Command s3 is an S3 server for tests: objects in memory, signatures checked (gofakes3's own code, which comes from
// MinIO's). It prints its address on one line and serves until its standard input ends.
//
//	s3 ACCESS-KEY SECRET-KEY BUCKET
//
// Before that each line of its standard input is a JSON object {"key": KEY, "file": PATH}: objects to begin with. An
// empty line ends them.
package main

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"

	"github.com/rclone/gofakes3"
	"github.com/rclone/gofakes3/s3mem"
)

type object struct {
	Key  string `json:"key"`
	File string `json:"file"`
}

func must(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func put(backend gofakes3.Backend, bucket string, line []byte) {
	var each object
	must(json.Unmarshal(line, &each))
	file, err := os.Open(each.File)
	must(err)
	defer file.Close()
	info, err := file.Stat()
	must(err)
	_, err = backend.PutObject(context.Background(), bucket, each.Key, map[string]string{}, file, info.Size())
	must(err)
}

func main() {
	if len(os.Args) != 4 {
		fmt.Fprintln(os.Stderr, "usage: s3 ACCESS-KEY SECRET-KEY BUCKET")
		os.Exit(2)
	}
	backend, bucket := s3mem.New(), os.Args[3]
	must(backend.CreateBucket(context.Background(), bucket))
	input := bufio.NewReader(os.Stdin)
	for {
		line, err := input.ReadBytes('\n')
		if err != nil || len(line) == 1 {
			break
		}
		put(backend, bucket, line)
	}
	server := gofakes3.New(backend, gofakes3.WithV4Auth(map[string]string{os.Args[1]: os.Args[2]}))
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	must(err)
	fmt.Printf("http://%s\n", listener.Addr())
	go http.Serve(listener, server.Server())
	io.Copy(io.Discard, input)
}
