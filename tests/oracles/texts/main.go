// Makes random versions, constraints, regular expressions and texts, and says what Go makes of them.
//
//	texts semver|regexp COUNT SEED
//
// A line is a question, " = " and the answer. Texts are in hexadecimal behind an "x"; see celldrift/main.cpp, which
// answers the same questions.
package main

import (
	"bufio"
	"encoding/hex"
	"fmt"
	"math/rand"
	"os"
	"strconv"
	"strings"
)

var random *rand.Rand

func main() {
	if len(os.Args) != 4 {
		fmt.Fprintln(os.Stderr, "usage: texts semver|regexp COUNT SEED")
		os.Exit(2)
	}
	count, _ := strconv.Atoi(os.Args[2])
	seed, _ := strconv.ParseInt(os.Args[3], 10, 64)
	random = rand.New(rand.NewSource(seed))
	out := bufio.NewWriter(os.Stdout)
	defer out.Flush()
	ask := map[string]func(*bufio.Writer){"semver": askAboutVersions, "regexp": askAboutPattern}[os.Args[1]]
	for range count {
		ask(out)
	}
}

func oneOf[T any](values []T) T { return values[random.Intn(len(values))] }

func in(n int) bool { return random.Intn(n) == 0 }

func coded(text string) string { return "x" + hex.EncodeToString([]byte(text)) }

func codedList(texts []string) string {
	parts := make([]string, len(texts))
	for i, text := range texts {
		parts[i] = coded(text)
	}
	return "[" + strings.Join(parts, ",") + "]"
}

func failure(err error) string { return "error " + coded(err.Error()) }
